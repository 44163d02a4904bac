/** What kind of memory trouble one crash shows, for comparing several crashes of a program. */
import type { Address } from '../../model/address.ts';
import type { ReasonCategory } from '../../model/event.ts';
import type { BogusPointer } from '../../model/finding.ts';
import type { Frame } from '../../model/goroutine.ts';
import type { SourceRange } from '../../model/source.ts';
import type { RuleContext } from '../rule.ts';
import { firstLegalPointer } from './addresses.ts';
import { failedInAllocator } from './allocator.ts';
import { crashEvent } from './crash.ts';
import { failingFrames } from './death.ts';
import { failedReader } from './frame-pointers.ts';
import { flushFrame } from './heap.ts';
import { badReturns, trampolineOf } from './return-addresses.ts';
import { hasNoAddress } from './wild.ts';
import { isUserFrame } from './view.ts';
import { code, reasonText } from './wording.ts';

/** The classes of MC-01. panic: an ordinary panic, which alone is no memory trouble. */
export type TroubleKind =
  'bad pointer' | 'fault' | 'fault in the allocator' | 'damaged heap record' | 'bad return address' | 'panic' | 'other';

export interface Trouble {
  kind: TroubleKind;
  /** Function that failed: where the crash was seen. */
  site?: string;
  frame?: Frame;
  source?: SourceRange;
  quote: string;
  bogus: BogusPointer[];
  /** Has a cause of its own that does not need damaged memory (a probe, an assembly function, C). */
  explained: boolean;
}

const memory: ReadonlySet<TroubleKind> = new Set([
  'bad pointer',
  'fault',
  'fault in the allocator',
  'damaged heap record',
  'bad return address',
]);

export function isMemoryTrouble(trouble: Trouble): boolean {
  return memory.has(trouble.kind);
}

const faults: ReadonlySet<ReasonCategory> = new Set([
  'unexpected-signal',
  'fault',
  'fault-panic',
  'signal',
  'exception',
  'nil-dereference',
]);

function kindOf(context: RuleContext, frames: readonly Frame[]): TroubleKind {
  const { snapshot } = context;
  const event = crashEvent(context);
  if (snapshot.complaints.some((one) => one.kind === 'bad-heap-pointer' || one.kind === 'zombies')) return 'bad pointer';
  if (badReturns(snapshot).length > 0) return 'bad return address';
  if (event?.category === 'span-corruption') return 'damaged heap record';
  const { crash } = snapshot;
  const memorySignal = crash?.signal === 'SIGSEGV' || crash?.signal === 'SIGBUS';
  if (crash !== undefined && memorySignal && crash.code !== 0 && event?.category !== undefined && faults.has(event.category)) {
    if (failedInAllocator(frames) !== undefined) return 'fault in the allocator';
    const plainNil = crash.faultAddress !== undefined && crash.faultAddress < firstLegalPointer && !hasNoAddress(snapshot);
    if (!plainNil) return 'fault';
  }
  return event?.kind === 'panic' ? 'panic' : 'other';
}

function pointersOf(context: RuleContext, kind: TroubleKind): BogusPointer[] {
  const { snapshot } = context;
  const pointers: BogusPointer[] = [];
  const add = (value: Address, why: string): void => {
    if (value >= firstLegalPointer && !pointers.some((pointer) => pointer.value === value)) pointers.push({ value, why });
  };
  for (const complaint of snapshot.complaints)
    if (complaint.kind === 'bad-heap-pointer') add(complaint.pointer, 'points to heap memory that is not allocated');
  for (const bad of badReturns(snapshot)) add(bad.value, 'in a return slot, but in no function');
  const address = snapshot.crash?.faultAddress;
  if (address !== undefined && (kind === 'fault' || kind === 'fault in the allocator')) add(address, 'the access that failed');
  return pointers;
}

/** Undefined for a snapshot without a crash. */
export function troubleOf(context: RuleContext): Trouble | undefined {
  const { snapshot } = context;
  if (snapshot.crash === undefined || snapshot.crash.kind === 'dump' || snapshot.crash.kind === 'race') return undefined;
  const event = crashEvent(context);
  const frames = failingFrames(context);
  const failed = frames[0];
  const site = failed?.function ?? frames.find(isUserFrame)?.function;
  const kind = kindOf(context, frames);
  const explained =
    failedReader(context) !== undefined ||
    flushFrame(context) !== undefined ||
    event?.signal?.duringCgo === true ||
    badReturns(snapshot).some((bad) => trampolineOf(snapshot, bad.value) !== undefined);
  const trouble: Trouble = {
    kind,
    quote: event === undefined ? code(snapshot.crash.kind) : reasonText(event),
    bogus: pointersOf(context, kind),
    explained,
  };
  if (site !== undefined) trouble.site = site;
  if (failed !== undefined) trouble.frame = failed;
  if (event !== undefined) trouble.source = event.source;
  return trouble;
}
