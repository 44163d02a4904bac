/**
 * Where a trail runs: the stack that runtime, C and Go frames share, the write-barrier buffer, the span that the value leads to. Each
 * region holds what is known to lie in it, in ascending order, so that a picture can say how far apart things are.
 */
import { offsetBy, type Address } from '../model/address.ts';
import { shortFunctionName } from '../model/function-name.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Trail, TrailPlace, TrailRegion } from '../model/trail.ts';
import { byAddress, wordPlace } from './region-places.ts';
import { stackRegion } from './stack-region.ts';
import { bufferSlot } from './write-barrier.ts';

/** Words shown on each side of the one in question. */
const wordsBeside = 2;

/** Addresses that the cards of a trail speak of, with the cards that do. */
export function anchorsOf(snapshot: Snapshot, trail: Trail): Map<Address, number[]> {
  const anchors = new Map<Address, number[]>();
  const add = (at: Address, card: number) => {
    const cards = anchors.get(at);
    if (cards === undefined) anchors.set(at, [card]);
    else if (!cards.includes(card)) cards.push(card);
  };
  for (const [index, card] of trail.cards.entries()) {
    if (typeof card.at === 'bigint') add(card.at, index);
    if (card.kind !== 'found') continue;
    const search = snapshot.searches.find((one) => one.value === trail.value && one.source.start === card.source.start);
    for (const hit of search?.hits ?? []) add(hit.address, index);
  }
  return anchors;
}

function bufferRegions(snapshot: Snapshot, trail: Trail, anchors: ReadonlyMap<Address, number[]>): TrailRegion[] {
  return [...anchors].flatMap(([at, cards]): TrailRegion[] => {
    const slot = bufferSlot(snapshot, at);
    if (slot === undefined) return [];
    const places: TrailPlace[] = [];
    for (let step = -wordsBeside - 1; step <= wordsBeside; step++) {
      const address = offsetBy(at, step * 8);
      const number = slot.slot === undefined ? '' : ` ${(slot.slot + step).toString()}`;
      const place = wordPlace(snapshot, address, `slot${number}`, step === 0 ? cards : []);
      if (step !== 0 && place.value === undefined) continue;
      if (step === 0) place.value ??= trail.value;
      if (slot.old !== undefined) place.detail = (step % 2 === 0) === slot.old ? 'old contents' : 'new value';
      places.push(place);
    }
    const version = slot.version === undefined ? '' : `, laid out as in Go ${slot.version}`;
    return [{ kind: 'buffer', title: `Write-barrier buffer of the P at 0x${slot.p.toString(16)}${version}`, places }];
  });
}

const spanStates = { dead: 'freed span', free: 'free span', manual: 'stack span', 'in-use': 'span', unknown: 'span' } as const;

function spanRegion(snapshot: Snapshot, trail: Trail, anchors: ReadonlyMap<Address, number[]>): TrailRegion[] {
  const complaint = snapshot.complaints.find((one) => one.kind === 'bad-heap-pointer' && one.pointer === trail.value);
  if (complaint?.kind !== 'bad-heap-pointer' || complaint.span === undefined) return [];
  const { base, limit } = complaint.span;
  const card = trail.cards.findIndex((one) => one.kind === 'complaint');
  const places: TrailPlace[] = [
    {
      kind: 'value',
      start: trail.value,
      label: 'the pointer leads here',
      inferred: false,
      cards: card < 0 ? [] : [card],
      source: complaint.source,
    },
  ];
  for (const [at, cards] of anchors) {
    if (limit === undefined || at < base || at >= limit) continue;
    places.push({ ...wordPlace(snapshot, at, 'holds the same value', cards), value: trail.value });
  }
  places.sort(byAddress);
  const state = spanStates[complaint.state ?? complaint.span.state ?? 'unknown'];
  const title = `${state.charAt(0).toUpperCase()}${state.slice(1)} that it leads to`;
  return [{ kind: 'span', title, start: base, ...(limit !== undefined && { end: limit }), places }];
}

/** Regions in the order of the cards that happened in them. */
export function regionsOfTrail(snapshot: Snapshot, trail: Trail): TrailRegion[] {
  const anchors = anchorsOf(snapshot, trail);
  const buffers = bufferRegions(snapshot, trail, anchors);
  const spans = spanRegion(snapshot, trail, anchors);
  const taken = new Set([...buffers, ...spans].flatMap((region) => region.places.map((place) => place.start)));
  const rest = new Map([...anchors].filter(([at]) => !taken.has(at)));
  const stacks: TrailRegion[] = [];
  const loose: TrailPlace[] = [];
  for (const [at, cards] of [...rest].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (stacks.some((region) => region.places.some((place) => place.start === at))) continue;
    const region = stackRegion(snapshot, trail, at, rest);
    if (region !== undefined) stacks.push(region);
    else {
      const holder = snapshot.threads.find((thread) => thread.frames[0]?.sp === at)?.frames[0]?.function;
      const label = holder === undefined ? 'watched word' : shortFunctionName(holder);
      loose.push(wordPlace(snapshot, at, label, cards));
    }
  }
  const others: TrailRegion[] = loose.length === 0 ? [] : [{ kind: 'memory', title: 'Elsewhere in memory', places: loose }];
  const first = (region: TrailRegion) => Math.min(...region.places.flatMap((place) => place.cards), trail.cards.length);
  return [...stacks, ...buffers, ...others, ...spans].sort((a, b) => first(a) - first(b));
}
