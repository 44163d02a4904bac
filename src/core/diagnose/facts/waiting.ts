/** What a goroutine waits for: in words, and the object's address where a frame names it. */
import { isUserFunction } from '../../model/function-name.ts';
import type { Frame } from '../../model/goroutine.ts';
import type { RuleContext } from '../rule.ts';
import { argumentWords } from './arguments.ts';
import { goroutineId, goroutineRows } from './goroutines.ts';
import { frameOf, frameRowsOf, functionAt } from './view.ts';

export type WaitKind = 'lock' | 'channel' | 'other';

export interface Wait {
  row: number;
  goroutine: string;
  /** Wait reason as printed. */
  status: string;
  kind: WaitKind;
  /** 'a lock', 'a value on a channel'. */
  thing: string;
  /** First user frame under the wait. */
  user: Frame;
  /** The object waited for, when an argument word names it and is not marked as stale. */
  object?: { address: bigint; frame: Frame };
}

interface Thing {
  kind: WaitKind;
  words: string;
}
const lock = (words: string): Thing => ({ kind: 'lock', words });
const channel = (words: string): Thing => ({ kind: 'channel', words });
const other = (words: string): Thing => ({ kind: 'other', words });

/** Wait reasons of runtime/runtime2.go (Go 1.11–1.27) that a program's own code can be in. */
const things: Record<string, Thing> = {
  'chan receive': channel('a value on a channel'),
  'chan send': channel('a receiver on a channel'),
  'chan receive (nil chan)': channel('a value on a nil channel'),
  'chan send (nil chan)': channel('a receiver on a nil channel'),
  select: channel('one of several channels'),
  'select (no cases)': other('nothing (an empty select)'),
  semacquire: lock('a lock or a WaitGroup'),
  'sync.Mutex.Lock': lock('a lock'),
  'sync.RWMutex.Lock': lock('a write lock'),
  'sync.RWMutex.RLock': lock('a read lock'),
  'sync.WaitGroup.Wait': other('a WaitGroup'),
  'sync.Cond.Wait': other('a condition'),
  sleep: other('a timer'),
  'IO wait': other('the network or a file'),
};

/** Functions whose first argument is the object waited for, with the object in words. */
const waiters: Record<string, Thing> = {
  'sync.(*Mutex).Lock': lock('a lock'),
  'sync.(*Mutex).lockSlow': lock('a lock'),
  'internal/sync.(*Mutex).Lock': lock('a lock'),
  'internal/sync.(*Mutex).lockSlow': lock('a lock'),
  'sync.(*RWMutex).Lock': lock('a write lock'),
  'sync.(*RWMutex).RLock': lock('a read lock'),
  'sync.(*WaitGroup).Wait': other('a WaitGroup'),
  'sync.(*Cond).Wait': other('a condition'),
  'sync.(*Once).Do': other('a `sync.Once` that is running'),
  'runtime.chanrecv': channel('a value on a channel'),
  'runtime.chanrecv1': channel('a value on a channel'),
  'runtime.chanrecv2': channel('a value on a channel'),
  'runtime.chansend': channel('a receiver on a channel'),
  'runtime.chansend1': channel('a receiver on a channel'),
};

/** Below it no object can lie (runtime minLegalPointer). */
const lowestObject = 4096n;

function withoutNotes(status: string): string {
  return status.replace(/ \((?:durable|synctest|leaked|scan)\)/g, '');
}

function waitedFor(status: string): Thing | undefined {
  return things[withoutNotes(status)];
}

export function thingOf(status: string): string | undefined {
  return waitedFor(status)?.words;
}

/** Waits that may last: system calls, the network, timers and channels; a holder of a lock should be in none. */
export function isSlow(status: string): boolean {
  return /^(?:syscall|IO wait|sleep|chan receive|chan send|select)\b/.test(status);
}

/** True for waits that nothing can end. */
export function waitsForEver(status: string): boolean {
  return /\(nil chan\)|\(no cases\)/.test(status);
}

/** Undefined for goroutines without a frame of the user's own, and for statuses that are no wait. */
function waitOf(context: RuleContext, row: number, status: string): Wait | undefined {
  let thing = waitedFor(status);
  if (thing === undefined) return undefined;
  const userRow = userRowOf(context, row);
  const user = frameOf(context, userRow);
  if (user === undefined) return undefined;
  let object: Wait['object'];
  for (let at = frameRowsOf(context, row).start; at < userRow; at++) {
    const waiter = waiters[functionAt(context, at)];
    const frame = waiter && frameOf(context, at);
    if (waiter === undefined || frame === undefined) continue;
    // Up to Go 1.19 locks, conditions and WaitGroups all wait as `semacquire`.
    if (status.startsWith('semacquire')) thing = waiter;
    const word = argumentWords(frame.arguments)[0];
    if (word !== undefined && !word.stale && word.value >= lowestObject) object = { address: word.value, frame };
  }
  const wait: Wait = { row, goroutine: goroutineId(context, row), status, kind: thing.kind, thing: thing.words, user };
  if (object !== undefined) wait.object = object;
  return wait;
}

/** First row of goroutine `row` in which the user's own code stands, or -1. Frames are made of no other row. */
function userRowOf(context: RuleContext, row: number): number {
  const { frames, strings } = context.snapshot;
  const { start, end } = frameRowsOf(context, row);
  let known = userCode.get(context.snapshot);
  if (known === undefined) userCode.set(context.snapshot, (known = new Map<number, boolean>()));
  for (let at = start; at < end; at++) {
    const name = frames.functionName[at] ?? 0;
    const file = frames.file[at] ?? 0;
    const key = name * strings.length + file;
    let isUser = known.get(key);
    if (isUser === undefined) known.set(key, (isUser = isUserFunction(strings[name], strings[file] || undefined)));
    if (isUser) return at;
  }
  return -1;
}

/** Whether a function in a file is the user's own: a dump repeats a few hundred of both. */
const userCode = new WeakMap<RuleContext['snapshot'], Map<number, boolean>>();

/** Goroutines looked for. */
const mostWaits = 2000;
const known = new WeakMap<RuleContext['snapshot'], Wait[]>();

/** Goroutines that wait in code of the program, as printed; the first two thousand. Several rules ask. */
export function waitsOf(context: RuleContext): Wait[] {
  let waits = known.get(context.snapshot);
  if (waits === undefined) known.set(context.snapshot, (waits = findWaits(context)));
  return waits;
}

function findWaits(context: RuleContext): Wait[] {
  const { goroutines, strings } = context.snapshot;
  const waits: Wait[] = [];
  for (const row of goroutineRows(context.snapshot)) {
    if (waits.length >= mostWaits) break;
    const status = strings[goroutines.status[row] ?? 0] ?? '';
    if (thingOf(status) === undefined) continue;
    const wait = waitOf(context, row, status);
    if (wait !== undefined) waits.push(wait);
  }
  return waits;
}

/** Waits by object, those with several waiters first. */
export function waitsByObject(waits: readonly Wait[]): Wait[][] {
  const objects = new Map<bigint, Wait[]>();
  for (const wait of waits) {
    if (wait.object === undefined) continue;
    const known = objects.get(wait.object.address);
    if (known === undefined) objects.set(wait.object.address, [wait]);
    else known.push(wait);
  }
  return [...objects.values()].sort((a, b) => b.length - a.length);
}
