/** Reading Go's linker symbol names: package, receiver, and whether a function is the runtime's, the library's or the user's. */
import type { FrameKind } from './goroutine.ts';

/** `net/http.(*conn).serve` → `net/http`: everything up to the first dot after the last slash outside brackets. */
export function packageOf(name: string): string {
  const bracket = name.indexOf('[');
  const head = bracket < 0 ? name : name.slice(0, bracket);
  const slash = head.lastIndexOf('/');
  const dot = head.indexOf('.', slash + 1);
  return dot < 0 ? '' : head.slice(0, dot);
}

/** The name without its import path: `metro.Hash64`, `http.(*conn).serve`. */
export function shortFunctionName(name: string): string {
  const bracket = name.indexOf('[');
  const head = bracket < 0 ? name : name.slice(0, bracket);
  return name.slice(head.lastIndexOf('/') + 1);
}

/** The name without package: `Hash64`, `(*conn).serve`. */
export function bareFunctionName(name: string): string {
  const path = packageOf(name);
  return path === '' ? name : name.slice(path.length + 1);
}

/** `.abi0` and `.abiinternal` name the ABI, not another function (cmd/link). */
export function withoutAbi(name: string): string {
  return name.replace(/\.abi(?:0|internal)$/, '');
}

const libraryRoots = new Set(
  (
    'archive bufio builtin bytes cmp compress container context crypto database debug embed encoding errors expvar flag fmt go hash ' +
    'html image index internal io iter log maps math mime net os path plugin reflect regexp runtime slices sort strconv strings ' +
    'structs sync syscall testing text time unicode unique unsafe vendor weak cmd'
  ).split(' '),
);

/** `runtime` itself, its internal packages and the panic built-in; `example.com/x/runtime/vm` is not. */
export function isRuntimeFunction(name: string): boolean {
  const path = packageOf(name);
  if (path === '') return name === 'panic' || name === 'gogo' || name === 'callRet' || name.startsWith('_rt0_');
  return path === 'runtime' || path.startsWith('runtime/') || path.startsWith('internal/runtime/');
}

/** Standard library by import path and, when known, by a file that lies under that path. */
export function isLibraryFunction(name: string, file?: string): boolean {
  if (isRuntimeFunction(name)) return true;
  const path = packageOf(name).replace(/^vendor\//, '');
  if (path === '' || path === 'main') return false;
  const root = path.split('/')[0] ?? '';
  if (!libraryRoots.has(root) && !file?.includes('/src/vendor/')) return false;
  if (file === undefined || file === '' || file.startsWith('<') || file.startsWith('_')) return true;
  // Linknames: sync.runtime_Semacquire is in runtime/sema.go, testing/synctest.testingSynctestTest in testing/testing.go.
  if (/(?:^|\/src\/)(?:(?:internal\/)?runtime|testing)\//.test(file)) return true;
  // A user module may share a root name ("log", "image"): its files then do not lie under <root of Go>/src/<path>.
  const base = path.replace(/_test$/, '');
  return file.startsWith(`${base}/`) || file.includes(`/src/${base}/`) || file.includes('/src/vendor/') || file.startsWith('./');
}

/** cgo's glue: wrappers that belong to no one's reasoning. */
export function isCgoGlue(name: string): boolean {
  return /(?:^|\.)_C(?:func|go)|^_cgoexp_|^_cgo_|^x_cgo_|^runtime\.cgo/.test(name);
}

export function isUserFunction(name: string | undefined, file?: string): boolean {
  if (name === undefined || name === '') return false;
  if (packageOf(name) === '') return false;
  return !isLibraryFunction(name, file) && !isCgoGlue(name) && !name.startsWith('type:') && !name.startsWith('go:');
}

export function frameKindOf(name: string, file: string): FrameKind {
  if (name === '') return 'unknown';
  if (name === 'runtime.sigpanic' || name.startsWith('runtime.asyncPreempt') || name.startsWith('runtime.sigtramp'))
    return 'signal';
  if (isRuntimeFunction(name)) return 'runtime';
  if (isCgoGlue(name) || file === '_cgo_gotypes.go' || (packageOf(name) === '' && file !== '' && /\.(?:c|cc|cpp|h)$/.test(file)))
    return 'cgo';
  if (file.endsWith('.s')) return 'assembly';
  return packageOf(name) === '' ? 'unknown' : 'go';
}
