/** What reasons mean: one line per text of the runtime. */
import { describe, expect, it } from 'vitest';
import { fatalCategory } from '../../../src/core/text/reasons/fatal-categories.ts';
import { panicCategory, valueHint, valueTypeOf } from '../../../src/core/text/reasons/panic-categories.ts';

describe('panics', () => {
  it.each([
    ['runtime error: invalid memory address or nil pointer dereference', 'nil-dereference'],
    ['runtime error: index out of range [9] with length 5', 'index'],
    ['runtime error: index out of range', 'index'],
    ['runtime error: slice bounds out of range [:9] with capacity 5', 'slice-bounds'],
    ['runtime error: cannot convert slice with length 2 to array or pointer to array with length 4', 'slice-bounds'],
    ['interface conversion: interface {} is string, not int', 'type-assertion'],
    ['assignment to entry in nil map', 'nil-map'],
    ['close of closed channel', 'channel'],
    ['close of nil channel', 'channel'],
    ['send on closed channel', 'channel'],
    ['runtime error: integer divide by zero', 'divide'],
    ['runtime error: integer overflow', 'divide'],
    ['runtime error: makeslice: len out of range', 'make-size'],
    ['runtime error: growslice: cap out of range', 'make-size'],
    ['runtime error: hash of unhashable type []int', 'unhashable'],
    ['runtime error: comparing uncomparable type main.T', 'unhashable'],
    ['runtime error: negative shift amount', 'shift'],
    ['runtime error: unsafe.Slice: len out of range', 'unsafe-size'],
    ['runtime error: cgo argument has Go pointer to unpinned Go pointer', 'cgo-pointer'],
    ['runtime error: argument of cgo function has Go pointer to unpinned Go string', 'cgo-pointer'],
    ['runtime error: /a/x.go:3: result of Go function f called from cgo is unpinned Go pointer', 'cgo-pointer'],
    ['panic called with nil argument (use GODEBUG=panicnil=1 to disable)', 'nil-panic'],
    ['runtime error: panic called with nil argument', 'nil-panic'],
    ['nil', 'nil-panic'],
    ['value method main.T.M called using nil *T pointer', 'nil-dereference'],
    ['sync: negative WaitGroup counter', 'waitgroup'],
    ['sync: WaitGroup is reused before previous Wait has returned', 'waitgroup'],
    ['test timed out after 1s\nrunning tests:\n\tTestX (1s)', 'test-timeout'],
    ['test executed panic(nil) or runtime.Goexit', 'test-panic'],
    ['Log in goroutine after TestX has completed: x', 'test-panic'],
    ['deadlock: all goroutines in bubble are blocked', 'deadlock'],
    ['wrapped: runtime error: index out of range [1] with length 1', 'user-value'],
    ['index out of range, said the clerk', 'user-value'],
    ['boom', 'user-value'],
  ])('%s', (text, category) => expect(panicCategory(text)).toBe(category));

  it('reads types of values, also of generic and anonymous types', () => {
    expect(valueTypeOf('(main.Pair[int,string]) 0xc000010000')).toBe('main.Pair[int,string]');
    expect(valueTypeOf('(struct { x int }) 0xc000010000')).toBe('struct { x int }');
    expect(valueTypeOf('main.Code(7)')).toBe('main.Code');
    expect(valueTypeOf('see main.Code(7) there')).toBeUndefined();
  });

  it('dates values by how they are printed', () => {
    expect(valueHint('(main.T) (0x4fa700,0x54deb8)')).toMatchObject({ to: 14 });
    expect(valueHint('(main.T) 0x4fa700')).toMatchObject({ from: 15 });
    expect(valueHint('main.T(3)')).toBeUndefined();
  });
});

describe('fatal errors', () => {
  it.each([
    ['all goroutines are asleep - deadlock!', 'deadlock'],
    ['no goroutines (main called runtime.Goexit) - deadlock!', 'deadlock'],
    ['concurrent map read and map write', 'concurrent-map'],
    ['small map with no empty slot (concurrent map writes?)', 'concurrent-map'],
    ['sync: unlock of unlocked mutex', 'mutex'],
    ['stack overflow', 'stack-overflow'],
    ['runtime: out of memory', 'out-of-memory'],
    ['runtime: cannot allocate memory', 'out-of-memory'],
    ['memory reservation exceeds address space limit', 'out-of-memory'],
    ['thread exhaustion', 'thread-limit'],
    ['runtime.newosproc', 'thread-limit'],
    ['fault', 'fault'],
    ['unexpected signal during runtime execution', 'unexpected-signal'],
    ['found bad pointer in Go heap (incorrect use of unsafe or cgo?)', 'bad-heap-pointer'],
    ['invalid heap pointer', 'bad-heap-pointer'],
    ['invalid pointer found on stack', 'bad-stack-pointer'],
    ['bad frame pointer', 'bad-stack-pointer'],
    ['unknown caller pc', 'unknown-caller-pc'],
    ['unknown pc', 'unknown-caller-pc'],
    ['traceback did not unwind completely', 'traceback'],
    ['missing stackmap', 'traceback'],
    ['found pointer to free object', 'free-object'],
    ['sweep increased allocation count', 'span-corruption'],
    ['mspan.sweep: bad span state', 'span-corruption'],
    ['non in-use span in unswept list', 'span-corruption'],
    ['s.allocCount != s.nelems && freeIndex == s.nelems', 'span-corruption'],
    ['bad sweepgen in refill', 'span-corruption'],
    ['lfstack.push', 'span-corruption'],
    ['workbuf is not empty', 'span-corruption'],
    ['p mcache not flushed', 'span-corruption'],
    ['checkptr: misaligned pointer conversion', 'checkptr'],
    ['unpinned Go pointer stored into non-Go memory', 'cgo-check'],
    ['runtime: stack split at bad time', 'morestack'],
    ['attempt to execute system stack code on user stack', 'morestack'],
    ['non-Go code set up signal handler without SA_ONSTACK flag', 'signal-stack'],
    ['signal received during fork', 'signal-stack'],
    ['go of nil func value', 'nil-dereference'],
    ['panic on system stack', 'runtime-internal'],
    ['schedule: holding locks', 'runtime-internal'],
  ])('%s', (text, category) => expect(fatalCategory(text)).toBe(category));
});
