/** Functions by what they do, told by their names in the runtime and the packages around it (Go 1.9–1.27). */
import type { Frame } from '../../model/goroutine.ts';

const roles = {
  /** Outermost frames: a stack that reaches one is whole. */
  'stack-start': /^runtime\.(?:goexit|rt0_go|mstart)/,
  /** Replacing the program, or starting threads and signals (exec, runtime/os_darwin.go). */
  'program-start':
    /^(?:syscall\.(?:runtime_BeforeExec|Exec|execve|execveDarwin)|runtime\.(?:rt0_go|schedinit|args|osinit)|_rt0_\w+)$/,
  /** Copy or clear large values and move the frame pointer meanwhile (runtime/duff_amd64.s). */
  'block-copy': /^runtime\.(?:duffcopy|duffzero)(?:\.abi0)?$/,
  /** In the child between fork and exec (syscall/exec_libc2.go). */
  'forked-child': /^syscall\.(?:forkAndExecInChild1?|runtime_AfterForkInChild)$/,
  /** Raises the panic for nil pointers (runtime/panic.go). */
  'nil-panic': /^runtime\.panicmem(?:Addr)?$/,
  /** Why the unwinder runs (runtime/stack.go, mgcmark.go, tracestack.go). */
  'stack-walk': /^runtime\.(?:scanstack|copystack|shrinkstack|adjustframe|markroot|newstack|callers|tracebackPCs)/,
  /** The unwinder's steps from frame to frame (runtime/traceback.go; gentraceback until Go 1.20). */
  unwinder: /^runtime\.(?:\(\*unwinder\)\.(?:next|resolveInternal)|gentraceback)$/,
  /** Maps of all versions (runtime/map*.go, internal/runtime/maps). */
  map: /^(?:runtime\.map|internal\/runtime\/maps\.|runtime\.\(\*hmap\))/,
  /** Walk the bytes of a string or slice. */
  'byte-walk': /^(?:runtime\.(?:memmove|memequal|memhash\w*|cmpstring|strhash\w*)|internal\/bytealg\.|memeqbody|indexbody)/,
  /** Check conversions of unsafe.Pointer (runtime/checkptr.go). */
  checkptr: /^runtime\.checkptr/,
  /** System calls of Windows. */
  'windows-call': /^(?:internal\/runtime\/)?syscall(?:\/windows)?\.Syscall(?:N|\d{0,2})$/,
  /** Closures and the wrappers of go and defer statements. */
  closure: /\.(?:func|gowrap|deferwrap)\d[\w.-]*$/,
} as const satisfies Record<string, RegExp>;

export type FunctionRole = keyof typeof roles;

export function hasRole(name: string | undefined, role: FunctionRole): boolean {
  return name !== undefined && roles[role].test(name);
}

export function anyHasRole(frames: readonly Frame[], role: FunctionRole): boolean {
  return frames.some((frame) => hasRole(frame.function, role));
}

/** `main.(*Stock)` of `main.(*Stock).get`, `main.fill` of its closure `main.fill.func1`; '' for names without a part before the last. */
export function namedOwner(name: string | undefined): string {
  return /^(.*\.(?:\(\*[^)]+\)|[A-Z_a-z]\w*))\.[^.]+$/.exec(name ?? '')?.[1] ?? '';
}

/** A TEXT directive names the function alone, `·pack`: the package is that of the file. */
export function isNamed(full: string, name: string): boolean {
  return full === name || (!name.includes('.') && full.endsWith(`.${name}`));
}
