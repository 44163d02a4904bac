/**
 * The values and variants inside a reason's text, by its category: what rules would otherwise have to read out of the sentence
 * (runtime/error.go, runtime/chan.go, runtime/proc.go, runtime/stack.go, sync, testing; Go 1.9–1.27).
 */
import type { CrashEvent } from '../../model/event.ts';
import type { Assertion, LockMisuse, ReasonDetail, TestTimeout } from '../../model/reason.ts';
import { boundsOf } from './bounds.ts';

/** Bytes of a reason that are looked at for types. */
const longestType = 2000;

function timeoutOf(text: string): TestTimeout {
  const lines = text.split('\n', 200);
  const after = /timed out after (\S{1,40})/.exec(lines[0] ?? '')?.[1];
  const running: string[] = [];
  for (const line of lines.slice(1)) {
    const test = /^\s+(\S{1,400}) \([^)]{1,40}\)\s*$/.exec(line)?.[1];
    if (test !== undefined) running.push(test);
  }
  return after === undefined ? { running } : { after, running };
}

function assertionOf(text: string): Assertion | undefined {
  const body = text.slice(0, longestType);
  const method = /interface conversion: (.+?) is not (.+): missing method (\S+)/.exec(body);
  if (method !== null) return { found: method[1] ?? '', wanted: method[2] ?? '', missing: method[3] ?? '' };
  const other = /interface conversion: (.+?) is (.+), not (.+?)(?: \(types from different .+\))?$/m.exec(body);
  if (other !== null) {
    const type = other[1] ?? '';
    // `interface conversion: interface is nil, not T` names no type.
    const assertion: Assertion = { found: other[2] ?? '', wanted: other[3] ?? '' };
    return type === 'interface' ? assertion : { ...assertion, interfaceType: type };
  }
  return undefined;
}

const channelUses = [
  ['close of closed channel', 'close-closed'],
  ['close of nil channel', 'close-nil'],
  ['send on closed channel', 'send-closed'],
] as const;

/** `concurrent map iteration and map write`: the first names what the goroutine itself did. */
const mapUses = [
  ['iteration', 'iterate'],
  ['clone', 'clone'],
  ['read', 'read'],
] as const;

/** In this order: the first text is part of none behind it. */
const lockMisuses: readonly (readonly [string, LockMisuse])[] = [
  ['negative WaitGroup counter', 'negative-counter'],
  ['WaitGroup is reused before previous Wait has returned', 'reused-waitgroup'],
  ['WaitGroup misuse', 'waitgroup-misuse'],
  ['RUnlock of unlocked', 'read-unlock'],
  ['Unlock of unlocked', 'write-unlock'],
  ['unlock of unlocked mutex', 'unlock-of-unlocked'],
];

function ofMorestack(text: string): ReasonDetail | undefined {
  const stack = /morestack on (g0|gsignal)/.exec(text)?.[1];
  if (stack !== undefined) return { kind: 'morestack', stack: stack === 'g0' ? 'g0' : 'gsignal' };
  if (text.includes('split stack overflow')) return { kind: 'stack-split', why: 'outside' };
  return text.includes('stack split at bad time') ? { kind: 'stack-split', why: 'bad-time' } : undefined;
}

type Reason = Pick<CrashEvent, 'category' | 'text' | 'valueType'>;

/** Undefined where the text has nothing beyond its category. */
export function detailOf({ category, text, valueType }: Reason): ReasonDetail | undefined {
  switch (category) {
    case 'index':
    case 'slice-bounds': {
      const bounds = boundsOf(text);
      return bounds === undefined ? undefined : { kind: 'bounds', ...bounds };
    }
    case 'type-assertion': {
      const assertion = assertionOf(text);
      return assertion === undefined ? undefined : { kind: 'assertion', ...assertion };
    }
    case 'test-timeout':
      return { kind: 'test-timeout', ...timeoutOf(text) };
    case 'unhashable': {
      const type = /(?:unhashable|uncomparable) type (.{1,200})/.exec(text)?.[1]?.trim();
      return type === undefined ? undefined : { kind: 'unhashable', type };
    }
    case 'channel': {
      const use = channelUses.find(([words]) => text.includes(words))?.[1];
      return use === undefined ? undefined : { kind: 'channel', use };
    }
    case 'concurrent-map': {
      const use = mapUses.find(([word]) => text.includes(word))?.[1];
      return { kind: 'map', use: use ?? 'write' };
    }
    case 'mutex':
    case 'waitgroup': {
      const misuse = lockMisuses.find(([words]) => text.includes(words))?.[1];
      return misuse === undefined ? undefined : { kind: 'lock', misuse };
    }
    case 'deadlock':
      return text.includes('Goexit') || text.startsWith('no goroutines') ? { kind: 'goexit' } : undefined;
    case 'signal-stack':
      return text.includes('SA_ONSTACK') ? { kind: 'handler-flag', flag: 'SA_ONSTACK' } : undefined;
    case 'morestack':
      return ofMorestack(text);
    case 'checkptr':
      return { kind: 'checkptr', rule: text.replace(/^checkptr: /, '').slice(0, 100) };
    case 'user-value':
      if (text.startsWith('runtime error: ')) return { kind: 'runtime-error' };
      return valueType !== undefined && text.startsWith(`(${valueType})`) ? { kind: 'address-only' } : undefined;
    default:
      return undefined;
  }
}

/** Gives the event its detail, unless its own reader did. */
export function withDetail(event: CrashEvent): CrashEvent {
  const detail = event.detail ?? detailOf(event);
  if (detail !== undefined) event.detail = detail;
  return event;
}
