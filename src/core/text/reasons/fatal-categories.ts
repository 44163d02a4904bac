/** What the text of a fatal error means (all throw and fatal calls worth telling apart; runtime, Go 1.9–1.27). */
import type { ReasonCategory } from '../../model/event.ts';

type Test = readonly [RegExp, ReasonCategory];

const tests: readonly Test[] = [
  [/all goroutines are asleep|no goroutines \(main called|all goroutines in bubble/, 'deadlock'],
  [/^concurrent map |concurrent map writes\?/, 'concurrent-map'],
  [/^sync: |unlock of unlocked (?:mutex|lock)/, 'mutex'],
  [/^stack overflow/, 'stack-overflow'],
  [
    /out of memory|cannot allocate|cannot map pages|cannot reserve|exceeds address space limit|failed to reserve/,
    'out-of-memory',
  ],
  [/^thread exhaustion|newosproc|failed to create new OS thread/, 'thread-limit'],
  [/^fault$/, 'fault'],
  [/unexpected signal during runtime execution/, 'unexpected-signal'],
  [/^found bad pointer in Go heap|^invalid heap pointer/, 'bad-heap-pointer'],
  [
    /^invalid (?:pointer found on stack|stack pointer)|^bad (?:frame pointer|top frame pointer|frame layout)/,
    'bad-stack-pointer',
  ],
  [/^unknown (?:caller )?pc/, 'unknown-caller-pc'],
  [/^traceback|^missing stackmap|^bad symbol table|^invalid runtime symbol table|^gentraceback/, 'traceback'],
  [/^found pointer to free object|^marking free object|^checkmark found unmarked object/, 'free-object'],
  [/^checkptr: /, 'checkptr'],
  [/^unsafe\.(?:Slice|String)/, 'unsafe-size'],
  [/Go pointer stored into non-Go memory|^cgo(?: |:)/, 'cgo-check'],
  [/morestack on g|stack split at bad time|split stack overflow|system stack code on user stack/, 'morestack'],
  [/unexpected goroutine$|wrong goroutine in newstack|CrashStack/, 'morestack'],
  [/sigaltstack|SA_ONSTACK|signal received during fork|bad g in signal handler|no signal stack|signal handler/, 'signal-stack'],
  [/^go of nil func value/, 'nil-dereference'],
  [/^sweep increased allocation count|^mspan\.|^mheap\.|mSpanList|bad span|span in unswept list/, 'span-corruption'],
  [/^s\.allocCount|^refill of span|sweepgen|flushGen|mcache not flushed|bad mSpan|span\.|^free list/, 'span-corruption'],
  [
    /^lfstack|^taggedPointerPack|^workbuf|cached GC work|^work\.|write barrier buffer|^bulkBarrier|^bad use of/,
    'span-corruption',
  ],
  [
    /non-base-address for object|^invalid free|^mcentral|^mCentral|^corrupted|^bad summary data|^allocated pages/,
    'span-corruption',
  ],
];

export function fatalCategory(text: string): ReasonCategory {
  for (const [test, category] of tests) if (test.test(text)) return category;
  return 'runtime-internal';
}
