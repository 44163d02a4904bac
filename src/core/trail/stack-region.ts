/** One drawn stack: frames of every kind, printed structs, stack pointers of other moments, whatever lies close together. */
import { architectureOf } from '../arch/index.ts';
import { toAddress, type Address } from '../model/address.ts';
import { shortFunctionName } from '../model/function-name.ts';
import type { Frame } from '../model/goroutine.ts';
import { FrameFlag } from '../model/goroutine.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { SourceRange } from '../model/source.ts';
import type { Trail, TrailPlace, TrailRegion } from '../model/trail.ts';
import { classifyWord, placedFields, regionsOf } from '../words/index.ts';
import { byAddress, wordPlace } from './region-places.ts';
import { stepOfSource } from './steps.ts';

/** Frames and stack pointers this far away are taken for the same stack. */
const reach = 1n << 16n;
/** Frames drawn: those nearest to the address in question. */
const mostFrames = 12;

interface Placed {
  name: string;
  start: Address;
  end: Address;
  source?: SourceRange;
}

function placed(frame: Frame): Placed[] {
  const { function: name, sp, fp, source } = frame;
  return sp === undefined || fp === undefined || fp <= sp ? [] : [{ name: name ?? '', start: sp, end: fp, source }];
}

/** Frames of the goroutine whose stack holds `at`; the frame table has no source of its own here. */
function goroutineFrames(snapshot: Snapshot, at: Address): Placed[] {
  const owner = regionsOf(snapshot).stackAt(at)?.owner;
  const { goroutines, frames, strings } = snapshot;
  const both = FrameFlag.hasSp | FrameFlag.hasFp;
  for (let row = 0; owner !== undefined && row < goroutines.length; row++) {
    if ((goroutines.id[row] ?? 0n).toString() !== owner) continue;
    const found: Placed[] = [];
    for (let frame = goroutines.frameStart[row] ?? 0; frame < (goroutines.frameEnd[row] ?? 0); frame++) {
      if (((frames.flags[frame] ?? 0) & both) !== both) continue;
      const start = toAddress(frames.sp[frame] ?? 0n);
      const end = toAddress(frames.fp[frame] ?? 0n);
      if (end > start) found.push({ name: strings[frames.functionName[frame] ?? 0] ?? '', start, end });
    }
    return found;
  }
  return [];
}

const away = (frame: Placed, at: bigint): bigint => (at < frame.start ? frame.start - at : at >= frame.end ? at - frame.end : 0n);

function framesNear(snapshot: Snapshot, at: Address): Placed[] {
  const all = [...snapshot.threads.flatMap((thread) => thread.frames.flatMap(placed)), ...goroutineFrames(snapshot, at)];
  const seen = new Set<Address>();
  return all
    .filter((frame) => away(frame, at) < reach && !seen.has(frame.start) && seen.add(frame.start))
    .sort((a, b) => Number(away(a, at) - away(b, at)))
    .slice(0, mostFrames);
}

/** The function that the program stood in when something was printed at `source`. */
function standingIn(snapshot: Snapshot, source: SourceRange): string | undefined {
  let best: { start: number; name: string } | undefined;
  const consider = (name: string | undefined, at: SourceRange) => {
    if (name === undefined || name === '' || at.document !== source.document || at.start > source.start) return;
    if (best === undefined || at.start > best.start) best = { start: at.start, name };
  };
  for (const event of snapshot.events) if (event.stop !== undefined) consider(event.stop.function, event.source);
  for (const thread of snapshot.threads)
    if (thread.kind === 'debugger') consider(thread.frames[0]?.function, thread.frames[0]?.source ?? thread.source);
  return best === undefined ? undefined : shortFunctionName(best.name);
}

function stackPointers(snapshot: Snapshot, at: Address): TrailPlace[] {
  const name = architectureOf(snapshot.process.arch)?.stackPointer;
  const seen = new Set<Address>();
  return snapshot.registers.flatMap((set): TrailPlace[] => {
    const register = set.values.find((one) => one.name === name);
    if (register === undefined || seen.has(register.value)) return [];
    const { value, source } = register;
    if (value > at + reach || value + reach < at) return [];
    seen.add(value);
    const where = standingIn(snapshot, source);
    const step = stepOfSource(snapshot, source);
    const when = [where === undefined ? '' : `in ${where}`, step === undefined ? '' : `at step ${step.toString()}`];
    return [
      {
        kind: 'stack-pointer',
        start: value,
        label: register.name.toUpperCase(),
        detail: when.filter((part) => part !== '').join(', '),
        inferred: false,
        cards: [],
        source,
      },
    ];
  });
}

function structPlaces(snapshot: Snapshot, trail: Trail, at: Address, anchors: ReadonlyMap<Address, number[]>): TrailPlace[] {
  const places = new Map<Address, TrailPlace>();
  for (const struct of snapshot.structs ?? []) {
    const { address } = struct;
    if (address === undefined || address > at + reach || address + reach < at) continue;
    if (!struct.fields.some((field) => field.value === trail.value)) continue;
    for (const { field, address: start, inferred } of placedFields(snapshot, struct)) {
      if (places.has(start)) continue;
      const meaning = field.value === undefined ? undefined : classifyWord(snapshot, field.value);
      places.set(start, {
        kind: 'field',
        start,
        end: toAddress(start + 8n),
        label: field.name,
        detail: struct.expression,
        inferred,
        cards: anchors.get(start) ?? [],
        source: field.source,
        ...(field.value !== undefined && { value: field.value }),
        ...(meaning !== undefined && meaning.kind !== 'unknown' && { meaning: meaning.text }),
      });
    }
  }
  return [...places.values()];
}

function distanceTo(pointer: Address, place: TrailPlace): string {
  const bytes = place.start - pointer;
  const of = place.detail === undefined ? place.label : place.detail;
  return bytes < 0n ? `${(-bytes).toString()} bytes above ${of}` : `${bytes.toString()} bytes below ${of}`;
}

/** Thread or goroutine whose frames these are. */
function ownerOf(snapshot: Snapshot, at: Address, frames: readonly TrailPlace[]): string | undefined {
  const starts = new Set(frames.map((place) => place.start));
  const thread = snapshot.threads.find((one) => one.frames.some((frame) => frame.sp !== undefined && starts.has(frame.sp)));
  return thread?.goroutine ?? thread?.name ?? regionsOf(snapshot).stackAt(at)?.owner;
}

/** The stack around `at`; undefined where nothing says that a stack is there. */
export function stackRegion(
  snapshot: Snapshot,
  trail: Trail,
  at: Address,
  anchors: ReadonlyMap<Address, number[]>,
): TrailRegion | undefined {
  const frames = framesNear(snapshot, at).map(({ name, start, end, source }): TrailPlace => ({
    kind: 'frame',
    start,
    end,
    label: name === '' ? 'unknown function' : shortFunctionName(name),
    inferred: false,
    cards: [],
    ...(source !== undefined && { source }),
  }));
  const pointers = stackPointers(snapshot, at);
  if (frames.length + pointers.length === 0) return undefined;
  const fields = structPlaces(snapshot, trail, at, anchors);
  const held = new Set(fields.map((place) => place.start));
  const words = [...anchors].flatMap(([address, cards]) =>
    held.has(address) || address > at + reach || address + reach < at
      ? []
      : [wordPlace(snapshot, address, address === at ? 'watched word' : 'word', cards)],
  );
  const [first] = [...fields, ...words].sort(byAddress);
  for (const pointer of pointers)
    if (first !== undefined) pointer.detail = [pointer.detail, distanceTo(pointer.start, first)].join(', ').replace(/^, /, '');
  const places = [...frames, ...pointers, ...fields, ...words].sort(byAddress);
  const system = snapshot.threads.some(
    (thread) =>
      thread.kind !== 'debugger' && thread.frames.some((frame) => frame.sp !== undefined && places[0]?.start === frame.sp),
  );
  const title = system ? 'One stack: the runtime’s system stack lies on C’s' : 'The stack';
  const owner = ownerOf(snapshot, at, frames);
  return { kind: 'stack', title, ...(owner !== undefined && { owner }), places };
}
