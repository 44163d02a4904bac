/** Values and variants inside reasons: what rules get instead of text. */
import { describe, expect, it } from 'vitest';
import type { ReasonCategory } from '../../../src/core/model/event.ts';
import type { ReasonDetail } from '../../../src/core/model/reason.ts';
import { detailOf } from '../../../src/core/text/reasons/detail.ts';
import { fatalCategory } from '../../../src/core/text/reasons/fatal-categories.ts';
import { panicCategory, valueTypeOf } from '../../../src/core/text/reasons/panic-categories.ts';
import { read } from './render.ts';
import { facts } from './support.ts';

function ofPanic(text: string): ReasonDetail | undefined {
  const valueType = valueTypeOf(text);
  return detailOf({ category: panicCategory(text), text, ...(valueType === undefined ? {} : { valueType }) });
}

describe('details of panics', () => {
  it.each<[string, ReasonDetail | undefined]>([
    [
      'runtime error: index out of range [9] with length 5',
      { kind: 'bounds', form: 'index', index: '9', limit: { of: 'length', value: '5' } },
    ],
    ['runtime error: index out of range [-1]', { kind: 'bounds', form: 'index', index: '-1' }],
    ['runtime error: index out of range', undefined],
    [
      'runtime error: slice bounds out of range [:7] with capacity 4',
      { kind: 'bounds', form: 'high', index: '7', limit: { of: 'capacity', value: '4' } },
    ],
    ['runtime error: slice bounds out of range [6:2]', { kind: 'bounds', form: 'low-high', index: '6', other: '2' }],
    [
      'interface conversion: interface {} is string, not int',
      { kind: 'assertion', found: 'string', wanted: 'int', interfaceType: 'interface {}' },
    ],
    ['interface conversion: interface is nil, not a.T', { kind: 'assertion', found: 'nil', wanted: 'a.T' }],
    ['runtime error: hash of unhashable type []int', { kind: 'unhashable', type: '[]int' }],
    ['close of closed channel', { kind: 'channel', use: 'close-closed' }],
    ['close of nil channel', { kind: 'channel', use: 'close-nil' }],
    ['send on closed channel', { kind: 'channel', use: 'send-closed' }],
    ['sync: negative WaitGroup counter', { kind: 'lock', misuse: 'negative-counter' }],
    ['runtime error: something of a later release', { kind: 'runtime-error' }],
    ['(a.Config) 0xc000012345', { kind: 'address-only' }],
    ['a.Code(7)', undefined],
  ])('%s', (text, detail) => {
    expect(ofPanic(text)).toEqual(detail);
  });

  it('reads the running tests of a time-out', () => {
    expect(ofPanic('test timed out after 3s\n\trunning tests:\n\t\tTestA (3s)\n\t\tTestA/sub (1s)')).toEqual({
      kind: 'test-timeout',
      after: '3s',
      running: ['TestA', 'TestA/sub'],
    });
  });
});

describe('details of fatal errors', () => {
  it.each<[string, ReasonDetail | undefined]>([
    ['all goroutines are asleep - deadlock!', undefined],
    ['no goroutines (main called runtime.Goexit) - deadlock!', { kind: 'goexit' }],
    ['concurrent map iteration and map write', { kind: 'map', use: 'iterate' }],
    ['concurrent map read and map write', { kind: 'map', use: 'read' }],
    ['concurrent map writes', { kind: 'map', use: 'write' }],
    ['sync: RUnlock of unlocked RWMutex', { kind: 'lock', misuse: 'read-unlock' }],
    ['sync: Unlock of unlocked RWMutex', { kind: 'lock', misuse: 'write-unlock' }],
    ['sync: unlock of unlocked mutex', { kind: 'lock', misuse: 'unlock-of-unlocked' }],
    ['morestack on g0', { kind: 'morestack', stack: 'g0' }],
    ['morestack on gsignal', { kind: 'morestack', stack: 'gsignal' }],
    ['runtime: split stack overflow', { kind: 'stack-split', why: 'outside' }],
    ['runtime: stack split at bad time', { kind: 'stack-split', why: 'bad-time' }],
    ['non-Go code set up signal handler without SA_ONSTACK flag', { kind: 'handler-flag', flag: 'SA_ONSTACK' }],
    ['bad g in signal handler', undefined],
    ['checkptr: misaligned pointer conversion', { kind: 'checkptr', rule: 'misaligned pointer conversion' }],
  ])('%s', (text, detail) => {
    const category: ReasonCategory = fatalCategory(text);
    expect(detailOf({ category, text })).toEqual(detail);
  });
});

describe('details of what readers find', () => {
  it.each([
    [
      'a panic',
      'panic: runtime error: index out of range [4] with length 2\n\ngoroutine 1 [running]:\nmain.f()\n\t/a.go:1 +0x1\n',
    ],
    [
      'a panic behind other output',
      'app> panic: runtime error: index out of range [4] with length 2\n\ngoroutine 1 [running]:\nmain.f()\n\t/a.go:1 +0x1\n',
    ],
    [
      'a served panic',
      '2026/01/01 00:00:00 http: panic serving 1.2.3.4:5: runtime error: index out of range [4] with length 2\ngoroutine 9 [running]:\nmain.f()\n\t/a.go:1 +0x1\n',
    ],
  ])('stand in the event of %s', (_name, text) => {
    const [fact] = facts(read(new TextEncoder().encode(text)), 'event');
    expect(fact?.event.detail).toMatchObject({ kind: 'bounds', index: '4' });
  });
});
