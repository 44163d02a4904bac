/** The stack of one goroutine or thread as it is drawn: bands, rows, gaps, bounds and callouts. */
import { formatAddress, offsetBy, toAddress, type Address } from '../model/address.ts';
import type { SourceDocument } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import { isUserFunction, shortFunctionName } from '../model/function-name.ts';
import type { StackKind } from '../model/memory.ts';
import { lowerBound } from '../model/memory-lookup.ts';
import type { StackBand, StackBounds, StackCallout, StackPicture } from '../model/picture.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { frameAt, type TableView } from '../model/tables.ts';
import type { PlacedFrame } from '../unwind/index.ts';
import { regionsOf } from '../words/index.ts';
import { argumentWords } from './arguments.ts';
import { calloutsOf, overwriteTitle } from './callouts.ts';
import { linksOf, stackOwnedBy, type OwnedStack } from './owner.ts';
import { pillsOf } from './pills.ts';
import { bandRows, type BandFacts } from './rows.ts';
import { withStructs } from './structs.ts';

/** runtime/stack.go stackGuard on 64-bit, without -race. */
const guardBytes = 928;
/** Words drawn past the last printed frame. */
const mostTrailing = 512;

const stackTitles: Record<StackKind, string> = {
  goroutine: 'the goroutine’s stack',
  g0: 'system stack (g0)',
  gsignal: 'signal stack',
  thread: 'stack of the thread',
};

/** Draws the stack of goroutine id or thread name `owner`; undefined when the snapshot has no such stack. */
export function pictureOf(
  snapshot: Snapshot,
  documents: readonly SourceDocument[],
  owner: string,
  findings: readonly Finding[],
): StackPicture | undefined {
  const owned = stackOwnedBy(snapshot, owner);
  if (owned === undefined) return undefined;
  const { chain, links } = linksOf(snapshot, owned);
  const callouts = calloutsOf(snapshot, owned, links, findings);
  const picture: StackPicture = {
    owner,
    arch: snapshot.process.arch ?? '',
    wordSize: snapshot.memory.wordSize,
    chain,
    links,
    bands: [],
    callouts,
    wordsKnown: 0,
  };
  const bounds = boundsOf(snapshot, owned);
  if (bounds !== undefined) picture.bounds = bounds;
  picture.bands = bandsOf(snapshot, documents, owned, links, callouts);
  for (const band of picture.bands) for (const row of band.rows) if (row.value !== undefined) picture.wordsKnown++;
  const missing = missingOf(owned, picture);
  if (missing !== undefined) picture.missing = missing;
  picture.bands = withStructs(snapshot, owner, picture.bands);
  return picture;
}

function missingOf(owned: OwnedStack, picture: StackPicture): StackPicture['missing'] {
  const first = owned.frames[0];
  const last = owned.frames.at(-1);
  if (first === undefined || last === undefined) {
    return { why: 'The frames carry no sp= and fp=. Run with more detail to get them', command: 'GOTRACEBACK=system' };
  }
  if (picture.wordsKnown > 0) return undefined;
  const words = Math.min(512, Math.max(1, Number((last.fp - first.sp) / 8n)));
  return { why: 'Add stack words to see the chain', command: `x/${words.toString()}xg ${formatAddress(first.sp)}` };
}

function boundsOf(snapshot: Snapshot, owned: OwnedStack): StackBounds | undefined {
  // A debugger's listing may begin on other stacks.
  const first = owned.frames.find((frame) => frame.stack === 'goroutine') ?? owned.frames[0];
  if (first === undefined) return undefined;
  const stack = regionsOf(snapshot).stackOf(owned.owner) ?? regionsOf(snapshot).stackAt(first.sp);
  if (stack === undefined) return undefined;
  const bounds: StackBounds = { lo: stack.start, hi: stack.end, known: stack.known, unused: Number(first.sp - stack.start) };
  if (snapshot.memory.wordSize === 8 && stack.kind === 'goroutine') bounds.guard = offsetBy(stack.start, guardBytes);
  return bounds;
}

function bandsOf(
  snapshot: Snapshot,
  documents: readonly SourceDocument[],
  owned: OwnedStack,
  links: StackPicture['links'],
  callouts: readonly StackCallout[],
): StackBand[] {
  const view: TableView = { ...snapshot, documents };
  const { frames } = owned;
  const returnSlots = new Map<bigint, { frame: PlacedFrame; caller: PlacedFrame | undefined }>();
  const slotOwners = new Map<bigint, PlacedFrame>();
  for (const [index, frame] of frames.entries()) {
    const caller = frames[index + 1];
    if (frame.returnSlot !== undefined && frame.name !== 'runtime.goexit')
      returnSlots.set(frame.returnSlot, { frame, caller: caller?.joined === false ? undefined : caller });
    if (frame.framePointerSlot !== undefined) slotOwners.set(frame.framePointerSlot, frame);
  }
  const linkSlots = new Map(links.map((link, index) => [link.slot as bigint, { link, index }]));
  const badWords = new Map(
    callouts.flatMap(({ address, title }) => (title === overwriteTitle ? [] : [[address as bigint, title] as const])),
  );
  const pills = pillsOf(snapshot, owned);
  const common = { snapshot, owner: owned.owner, returnSlots, linkSlots, slotOwners, badWords, pills };
  const bands: StackBand[] = [];
  for (const [index, place] of frames.entries()) {
    const callee = frames[index - 1];
    const facts: BandFacts = {
      ...common,
      frame: place,
      start: place.sp,
      end: place.fp,
      calleeArguments: callee === undefined ? [] : argumentsOf(snapshot, view, callee),
      calleeName: callee?.name ?? '',
    };
    if (place.name === 'runtime.goexit' && place.fp - place.sp <= 8n) continue;
    const band = bandOf(view, owned, place, facts);
    if (place.stack !== undefined && place.stack !== callee?.stack) band.stack = stackTitles[place.stack];
    bands.push(band);
  }
  const trailing = trailingBand(snapshot, owned, common);
  if (trailing !== undefined) bands.push(trailing);
  return bands;
}

/** gdb names parameters, the runtime does not: the debugger's copy of a frame is preferred. */
function argumentsOf(snapshot: Snapshot, view: TableView, place: PlacedFrame) {
  const frame = frameAt(view, place.row);
  for (const thread of snapshot.threads) {
    if (thread.kind !== 'debugger') continue;
    const twin = thread.frames.find((one) => one.pc !== undefined && one.pc === frame.pc && one.function === frame.function);
    if (twin?.arguments !== undefined) {
      const named = argumentWords(twin.arguments);
      const printed = argumentWords(frame.arguments);
      return printed.length === 0
        ? named
        : printed.map((word, index) => (word !== undefined && named[index]?.value === word.value ? named[index] : word));
    }
  }
  return argumentWords(frame.arguments);
}

function bandOf(view: TableView, owned: OwnedStack, place: PlacedFrame, facts: BandFacts): StackBand {
  const frame = frameAt(view, place.row);
  const inlined: string[] = [];
  for (let row = place.row - 1; row >= owned.start; row--) {
    const inner = frameAt(view, row);
    if (!inner.inlined) break;
    if (inner.function !== undefined) inlined.unshift(inner.function);
  }
  const band: StackBand = {
    frameRow: place.row,
    function: frame.function ?? 'function unknown',
    inlined,
    kind: frame.kind,
    user: isUserFunction(frame.function, frame.file),
    start: place.sp,
    end: place.fp,
    placed: frame.placed ? 'return-address' : 'printed',
    ...bandRows(facts),
    source: frame.source,
  };
  if (frame.file !== undefined) band.file = frame.file;
  if (frame.line !== undefined) band.line = frame.line;
  if (place.partial === true) band.partial = true;
  return band;
}

/** Words past the outermost printed frame, as far as they go on without a hole. */
function trailingBand(
  snapshot: Snapshot,
  owned: OwnedStack,
  common: Omit<BandFacts, 'frame' | 'start' | 'end' | 'calleeArguments' | 'calleeName'>,
): StackBand | undefined {
  const last = owned.frames.at(-1);
  // goexit is the root: what lies above it belongs to no frame.
  if (last === undefined || last.name === 'runtime.goexit') return undefined;
  const rest = snapshot.frames.functionName.subarray(last.row + 1, owned.end);
  if (rest.some((name) => snapshot.strings[name] === 'runtime.goexit')) return undefined;
  const { memory } = snapshot;
  const step = BigInt(memory.wordSize);
  const stack = regionsOf(snapshot).stackAt(last.sp);
  let end: bigint = last.fp;
  for (let index = lowerBound(memory, last.fp), words = 0; words < mostTrailing; index++, words++) {
    if (memory.addresses[index] !== end || (stack !== undefined && end >= stack.end)) break;
    end += step;
  }
  if (end === last.fp) return undefined;
  const start: Address = last.fp;
  const facts: BandFacts = {
    ...common,
    frame: undefined,
    start,
    end,
    calleeArguments: [],
    calleeName: shortFunctionName(last.name),
  };
  return {
    frameRow: -1,
    function: 'not described by the traceback',
    inlined: [],
    kind: 'unknown',
    user: false,
    start,
    end: toAddress(end),
    placed: 'frame-pointer',
    ...bandRows(facts),
  };
}
