/** Trails of values: every card with its evidence, oldest first in the program's own time. */
import { formatAddress, toAddress, type Address } from '../model/address.ts';
import { shortFunctionName } from '../model/function-name.ts';
import { halvesOf, highHalf, lowHalf } from '../model/halves.ts';
import { wordSource } from '../model/memory-lookup.ts';
import { registersHolding } from '../model/register-sets.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { TypedStruct } from '../model/struct.ts';
import { threadsWith } from '../model/thread-frames.ts';
import type { Trail, TrailCard } from '../model/trail.ts';
import { staleSigns } from '../words/index.ts';
import { momentOfSource, momentOfStep } from './moments.ts';
import { addressOf, placeWords } from './places.ts';
import { isBarrier, watchStops, type WatchStop } from './watch.ts';
import { bufferSlot } from './write-barrier.ts';

export { bufferSlot, knownPs, type BufferSlot } from './write-barrier.ts';
export { watchStops, type WatchStop } from './watch.ts';
export { momentOfSource, momentOfStep } from './moments.ts';
export { structViews } from './struct-rows.ts';
export { trailViews } from './view.ts';

/** Values followed, and cards of one kind for one value. */
const mostTrails = 8;
const mostOfKind = 8;
const mostWrites = 64;
/** Stops of one writer at one address this close together are one write, seen forwards and backwards. */
const oneWrite = 0.01;
/** A write seen from behind happens just after the moment at which the program stands. */
const justAfter = 5e-5;
const smallestValue = 1n << 32n;

interface Dated {
  at: number;
  card: TrailCard;
}

const named = (value: bigint, place: string): string =>
  place === '' ? formatAddress(value) : `${formatAddress(value)}, ${place}`;

function writeCard(snapshot: Snapshot, watch: WatchStop, value: Address): Dated {
  const overwrite = watch.later !== value;
  const place = watch.address === undefined ? '' : placeWords(snapshot, watch.address);
  const where = watch.address === undefined ? 'the watched place' : named(watch.address, place);
  const recorded = isBarrier(watch.writer) || (watch.address !== undefined && bufferSlot(snapshot, watch.address) !== undefined);
  const writer = watch.writer ?? 'the program';
  const by = watch.caller?.function === undefined ? writer : `${writer}, called by ${shortFunctionName(watch.caller.function)}`;
  const before = watch.earlier === undefined ? '' : `; before, it held ${formatAddress(watch.earlier)}`;
  const what = overwrite
    ? `${by} overwrote ${formatAddress(value)} at ${where} with ${formatAddress(watch.later ?? 0n)}`
    : recorded
      ? `the write barrier recorded ${formatAddress(value)} at ${where}: ${by}`
      : `${by} wrote ${formatAddress(value)} to ${where}${before}`;
  const card: TrailCard = { kind: overwrite ? 'overwrite' : 'write', inferred: false, text: what, source: watch.event.source };
  if (watch.address !== undefined) card.at = watch.address;
  if (watch.writer !== undefined) card.writer = by;
  if (watch.stop.file !== undefined) card.file = watch.stop.file;
  if (watch.stop.line !== undefined) card.line = watch.stop.line;
  if (watch.earlier !== undefined) card.before = watch.earlier;
  if (watch.later !== undefined) card.after = watch.later;
  return { at: watch.moment + (watch.reverse ? justAfter : 0), card };
}

function writes(snapshot: Snapshot, stops: readonly WatchStop[], value: Address): Dated[] {
  const dated: (Dated & { writer: string | undefined })[] = [];
  for (const watch of stops) {
    if (watch.later !== value && watch.earlier !== value) continue;
    if (dated.length >= mostWrites) break;
    const one = writeCard(snapshot, watch, value);
    const twin = dated.find(
      (other) =>
        other.card.at === one.card.at &&
        other.card.kind === one.card.kind &&
        other.writer === watch.writer &&
        Math.abs(other.at - one.at) < oneWrite,
    );
    if (twin === undefined) dated.push({ ...one, writer: watch.writer });
  }
  return dated;
}

/** Printed structs that have one of `values` in a field, by that value, in printed order: one pass over all fields. */
function structsHolding(snapshot: Snapshot, values: readonly Address[]): ReadonlyMap<Address, readonly TypedStruct[]> {
  const holding = new Map<Address, TypedStruct[]>(values.map((value) => [value, []]));
  for (const struct of holding.size === 0 ? [] : (snapshot.structs ?? []))
    for (const { value } of struct.fields) {
      const list = value === undefined ? undefined : holding.get(value);
      if (list !== undefined && list.at(-1) !== struct) list.push(struct);
    }
  return holding;
}

/** `structs`: those that hold `value`. */
function fields(snapshot: Snapshot, value: Address, structs: readonly TypedStruct[]): Dated[] {
  const dated: Dated[] = [];
  for (const struct of structs) {
    if (dated.length >= mostOfKind) break;
    const holding = struct.fields.filter((field) => field.value === value && field.name !== '');
    const [field] = holding;
    if (field === undefined) continue;
    const names = holding.map((one) => one.name);
    const stale = staleSigns(snapshot, struct).length > 0;
    const at = addressOf({ struct, field });
    const where = at === undefined ? '' : ` at ${formatAddress(at)}`;
    const shown =
      names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${(names.length - 3).toString()} more` : names.join(', ');
    const card: TrailCard = {
      kind: 'field',
      inferred: stale,
      text: `${struct.expression}${where} held ${formatAddress(value)} in ${names.length > 1 ? 'its fields' : 'its field'} ${shown}${stale ? ': the struct was not cleared' : ''}`,
      source: field.source,
    };
    if (at !== undefined) card.at = at;
    dated.push({ at: momentOfStep(snapshot, struct.step), card });
  }
  return dated;
}

function found(snapshot: Snapshot, value: Address): Dated[] {
  return snapshot.searches
    .filter((search) => search.value === value && search.hits.length > 0)
    .slice(0, mostOfKind)
    .map((search) => {
      const hits = search.hits.slice(0, mostOfKind);
      const more = search.hits.length > hits.length ? ` and ${(search.hits.length - hits.length).toString()} more` : '';
      const placed = hits.find((hit) => bufferSlot(snapshot, hit.address) !== undefined) ?? hits[0];
      const card: TrailCard = {
        kind: 'found',
        inferred: false,
        text: `a search found ${formatAddress(value)} at ${hits.map((hit) => named(hit.address, placeWords(snapshot, hit.address))).join('; ')}${more}`,
        source: search.source,
      };
      if (placed !== undefined) card.at = placed.address;
      return { at: momentOfSource(snapshot, search.source), card };
    });
}

function words(snapshot: Snapshot, value: Address, taken: ReadonlySet<unknown>): Dated[] {
  const dated: Dated[] = [];
  const { memory } = snapshot;
  const halves = halvesOf(memory.values);
  const high = Number(value >> 32n);
  const low = Number(value & 0xffffffffn);
  for (let index = 0; index < memory.values.length && dated.length < mostOfKind; index++) {
    if (halves[2 * index + lowHalf] !== low || halves[2 * index + highHalf] !== high) continue;
    const at = toAddress(memory.addresses[index] ?? 0n);
    if (taken.has(at)) continue;
    const source = wordSource(memory, index);
    dated.push({
      at: momentOfSource(snapshot, source),
      card: {
        kind: 'word',
        at,
        inferred: false,
        text: `the word at ${named(at, placeWords(snapshot, at))} was ${formatAddress(value)}`,
        source,
      },
    });
  }
  return dated;
}

function registers(snapshot: Snapshot, value: Address): Dated[] {
  const seen = new Set<string>();
  const dated: Dated[] = [];
  for (const { register, set } of registersHolding(snapshot.registers, value)) {
    if (dated.length >= mostOfKind) break;
    if (seen.has(register.name) || register.name.includes('.')) continue;
    seen.add(register.name);
    dated.push({
      at: momentOfStep(snapshot, set.step),
      card: {
        kind: 'register',
        at: register.name,
        inferred: false,
        text: `the register ${register.name} held ${formatAddress(value)}`,
        source: register.source,
      },
    });
  }
  return dated;
}

function complaints(snapshot: Snapshot, value: Address): Dated[] {
  const complaint = snapshot.complaints.find((one) => one.kind === 'bad-heap-pointer' && one.pointer === value);
  if (complaint?.kind !== 'bad-heap-pointer') return [];
  const flushes = (name: string | undefined): boolean => name === 'runtime.wbBufFlush1';
  const flush = threadsWith(snapshot, flushes)[0]?.frames.find((frame) => flushes(frame.function));
  const where =
    complaint.where === 'unused-region'
      ? 'an unused region of a span'
      : complaint.where === undefined
        ? 'no object'
        : 'a span that is not allocated';
  const card: TrailCard = {
    kind: 'complaint',
    inferred: false,
    text: `${flush === undefined ? 'the collector' : 'runtime.wbBufFlush1'} met ${formatAddress(value)}: it points to ${where}`,
    source: complaint.source,
  };
  if (flush?.function !== undefined) card.writer = flush.function;
  return [{ at: Infinity, card }];
}

/** Values whose life a session looked into: written under a watchpoint, searched for, or complained about. */
function valuesOf(snapshot: Snapshot, stops: readonly WatchStop[]): Address[] {
  const values = new Set<Address>();
  const add = (value: Address | undefined): void => {
    if (value !== undefined && value >= smallestValue && values.size < mostTrails) values.add(value);
  };
  for (const complaint of snapshot.complaints) if (complaint.kind === 'bad-heap-pointer') add(complaint.pointer);
  for (const watch of stops) add(watch.later);
  for (const search of snapshot.searches) add(search.value);
  return [...values];
}

const kept = new WeakMap<Snapshot, Trail[]>();

/** A trail needs a stop or a search, and two cards: what the case merely holds twice is no story. Worked out once. */
export function trailsOf(snapshot: Snapshot): Trail[] {
  let trails = kept.get(snapshot);
  if (trails === undefined) kept.set(snapshot, (trails = findTrails(snapshot)));
  return trails;
}

function findTrails(snapshot: Snapshot): Trail[] {
  const stops = watchStops(snapshot);
  const values = valuesOf(snapshot, stops);
  const holding = structsHolding(snapshot, values);
  return values.flatMap((value) => {
    const structs = holding.get(value) ?? [];
    const dated = [...writes(snapshot, stops, value), ...fields(snapshot, value, structs), ...found(snapshot, value)];
    if (!dated.some(({ card }) => card.kind === 'write' || card.kind === 'found')) return [];
    const taken = new Set<unknown>(dated.flatMap(({ card }) => (card.at === undefined ? [] : [card.at])));
    for (const struct of structs) {
      if (struct.address === undefined) continue;
      // Its words stand in the struct's own card; a field takes eight bytes at most in such structs.
      for (let word = 0; word < struct.fields.length; word++) taken.add(struct.address + BigInt(word * 8));
    }
    for (const search of snapshot.searches) if (search.value === value) for (const hit of search.hits) taken.add(hit.address);
    dated.push(...words(snapshot, value, taken), ...registers(snapshot, value), ...complaints(snapshot, value));
    if (dated.length < 2) return [];
    const cards = dated
      .map((one, index) => ({ ...one, index }))
      .sort((a, b) => (a.at === b.at ? a.index - b.index : a.at - b.at));
    return [{ value, cards: cards.map(({ card }) => card) }];
  });
}
