/** What the text of a panic means (runtime/error.go, panic.go, cgocall.go, sync, testing; Go 1.9–1.27). */
import type { ReasonCategory } from '../../model/event.ts';

type Test = readonly [RegExp, ReasonCategory];

/** Texts of runtime.Error, after `runtime error: `. */
const runtimeErrors: readonly Test[] = [
  [/^invalid memory address or nil pointer dereference/, 'nil-dereference'],
  [/^index out of range/, 'index'],
  [/^slice bounds out of range/, 'slice-bounds'],
  [/^cannot convert slice with length/, 'slice-bounds'],
  [/^interface conversion: /, 'type-assertion'],
  [/^assignment to entry in nil map/, 'nil-map'],
  [/^(?:close of|send on) (?:closed|nil) channel/, 'channel'],
  [/^(?:integer divide by zero|integer overflow|floating point error|division by zero)/, 'divide'],
  [/^(?:makeslice|growslice|makechan|makemap|makeslicecopy)\b/, 'make-size'],
  [/^(?:hash of unhashable type|comparing uncomparable type)/, 'unhashable'],
  [/^negative shift amount/, 'shift'],
  [/^unsafe\.(?:Slice|String|SliceData|StringData)\b/, 'unsafe-size'],
  [/^cgo argument has Go pointer/, 'cgo-pointer'],
  [/^cgo result (?:has|is)/, 'cgo-pointer'],
  [/^argument of cgo function has Go pointer/, 'cgo-pointer'],
  [/(?:^|: )result of Go function .* called from cgo/, 'cgo-pointer'],
  [/^panic called with nil argument/, 'nil-panic'],
  [/^(?:makechan: )?size out of range/, 'make-size'],
];

/** Panics whose values are plain strings or errors of the standard library and the runtime. */
const plain: readonly Test[] = [
  [/^interface conversion: /, 'type-assertion'],
  [/^assignment to entry in nil map/, 'nil-map'],
  [/^(?:close of|send on) (?:closed|nil) channel/, 'channel'],
  [/^makechan: size out of range/, 'make-size'],
  [/^(?:panic called with nil argument|nil$)/, 'nil-panic'],
  [/^value method \S+ called using nil \S+ pointer/, 'nil-dereference'],
  [/^sync: (?:negative WaitGroup counter|WaitGroup )/, 'waitgroup'],
  [/^sync: /, 'mutex'],
  [/^test timed out after /, 'test-timeout'],
  [/^(?:test executed panic\(nil\) or runtime\.Goexit|Log in goroutine after |Fail in goroutine after )/, 'test-panic'],
  [/^subtest may have called FailNow on a parent test/, 'test-panic'],
  [/^deadlock: /, 'deadlock'],
  [/^arena: /, 'arena'],
];

const runtimePrefix = 'runtime error: ';

/** Category of a panic value as printed, without its marks. */
export function panicCategory(text: string): ReasonCategory {
  // Errors of the runtime may be wrapped: `render: runtime error: index out of range …` is still the user's own value.
  const inner = text.startsWith(runtimePrefix) ? text.slice(runtimePrefix.length) : text;
  const tests = text.startsWith(runtimePrefix) ? runtimeErrors : plain;
  for (const [test, category] of tests) if (test.test(inner)) return category;
  return 'user-value';
}

const boxed = /^\(((?:[^()\s]|\([^()]{0,256}\)|\s){1,512})\) (?:0x[0-9a-f]{1,16}|\(0x[0-9a-f]{1,16}, ?0x[0-9a-f]{1,16}\))$/;
const namedBasic = /^([A-Za-z_][\w./%*~-]*\.[A-Za-z_]\w*)\(.*\)$/s;

/** Go type of a printed value: `main.T(42)`, `(main.T) 0x…`, `(main.T) (0x…,0x…)`. */
export function valueTypeOf(text: string): string | undefined {
  return boxed.exec(text)?.[1] ?? namedBasic.exec(text)?.[1];
}

/** `from` and `to` minor versions that print a value in this way (runtime/panic.go printpanicval), if only some do. */
export function valueHint(text: string): { from: number | null; to: number | null; why: string } | undefined {
  if (!text.startsWith('(')) return undefined;
  const match = boxed.exec(text);
  if (match === null) return undefined;
  return text.endsWith(')')
    ? { from: null, to: 14, why: 'panic value printed as type and data words' }
    : { from: 15, to: null, why: 'panic value printed as type and address' };
}
