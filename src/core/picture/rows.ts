/** The rows of one band: every known word, and the predicted slots whose words are not in the case. */
import { architectureOf } from '../arch/index.ts';
import { formatAddress, toAddress, type Address } from '../model/address.ts';
import type { ChainLink } from '../model/chain.ts';
import { shortFunctionName } from '../model/function-name.ts';
import { FrameFlag } from '../model/goroutine.ts';
import { lowerBound, wordSource } from '../model/memory-lookup.ts';
import type { StackGap, StackRow } from '../model/picture.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { PlacedFrame } from '../unwind/index.ts';
import { classifyWord } from '../words/index.ts';
import type { ArgumentWord } from './arguments.ts';

/** Rows of one band: the words of a 2 MB frame. Further words of a larger frame are in the Memory view only. */
const mostRows = 1 << 18;

export interface BandFacts {
  snapshot: Snapshot;
  owner: string;
  /** undefined: words that no frame describes. */
  frame: PlacedFrame | undefined;
  start: bigint;
  end: bigint;
  /** Return and frame-pointer slots of all frames: slot address → the frame that owns it. */
  returnSlots: ReadonlyMap<bigint, { frame: PlacedFrame; caller: PlacedFrame | undefined }>;
  linkSlots: ReadonlyMap<bigint, { link: ChainLink; index: number }>;
  /** Slots of frames by address, to say whose frame a saved frame pointer names. */
  slotOwners: ReadonlyMap<bigint, PlacedFrame>;
  /** Argument words of the frame called from here, which spills them at the bottom of this band. */
  calleeArguments: readonly (ArgumentWord | undefined)[];
  calleeName: string;
  /** Addresses that findings or complaints call bad, with the reason. */
  badWords: ReadonlyMap<bigint, string>;
  pills: ReadonlyMap<bigint, string[]>;
}

export function bandRows(facts: BandFacts): { rows: StackRow[]; gaps: StackGap[] } {
  const { memory } = facts.snapshot;
  const step = BigInt(memory.wordSize);
  const rows: StackRow[] = [];
  const gaps: StackGap[] = [];
  let expectedNext = facts.start;
  const gapTo = (address: bigint): void => {
    const words = (address - expectedNext) / step;
    if (words > 0n) gaps.push(gapOf(expectedNext, words, memory.wordSize));
  };
  for (const address of addressesIn(facts)) {
    if (rows.length >= mostRows) break;
    if (address > expectedNext) gapTo(address);
    rows.push(rowAt(facts, toAddress(address)));
    expectedNext = address + step;
  }
  if (rows.length < mostRows && facts.end > expectedNext && facts.frame !== undefined) gapTo(facts.end);
  return { rows, gaps };
}

function gapOf(start: bigint, words: bigint, wordSize: 4 | 8): StackGap {
  return {
    start: toAddress(start),
    bytes: Number(words) * wordSize,
    command: `x/${words.toString()}x${wordSize === 8 ? 'g' : 'w'} ${formatAddress(start)}`,
  };
}

/** Known word addresses and predicted slots of the band, ascending. */
function addressesIn(facts: BandFacts): bigint[] {
  const { memory } = facts.snapshot;
  const found = new Set<bigint>();
  for (let index = lowerBound(memory, facts.start); index < memory.addresses.length && found.size <= mostRows; index++) {
    const address = memory.addresses[index] ?? 0n;
    if (address >= facts.end) break;
    found.add(address);
  }
  for (const slots of [facts.returnSlots, facts.linkSlots])
    for (const slot of slots.keys()) if (slot >= facts.start && slot < facts.end) found.add(slot);
  return [...found].sort((a, b) => (a < b ? -1 : 1));
}

function rowAt(facts: BandFacts, address: Address): StackRow {
  const { snapshot } = facts;
  const index = lowerBound(snapshot.memory, address);
  const known = snapshot.memory.addresses[index] === address;
  const row: StackRow = { address, role: 'local', verdict: 'none', pointedBy: facts.pills.get(address) ?? [] };
  if (known) {
    row.value = snapshot.memory.values[index] ?? 0n;
    row.source = wordSource(snapshot.memory, index);
  }
  const link = facts.linkSlots.get(address);
  const returned = facts.returnSlots.get(address);
  if (link !== undefined) asLink(facts, row, link);
  else if (returned !== undefined) asReturn(facts, row, returned);
  else if (known) asWord(facts, row, index);
  const bad = facts.badWords.get(address);
  if (bad !== undefined && row.verdict !== 'bogus') {
    row.verdict = 'bogus';
    row.meaning = { kind: row.meaning?.kind ?? 'unknown', text: bad, inferred: false };
  }
  return row;
}

function asLink(facts: BandFacts, row: StackRow, { link, index }: { link: ChainLink; index: number }): void {
  row.role = 'saved-frame-pointer';
  row.link = index;
  const own = facts.frame?.framePointerSlot;
  if (own !== undefined && own !== row.address) row.ofCaller = true;
  switch (link.verdict) {
    case 'ok':
    case 'crossing':
    case 'end':
      row.verdict = 'ok';
      break;
    case 'bogus':
      row.verdict = 'bogus';
      break;
    case 'unknown':
      row.verdict = row.value === undefined ? 'none' : 'doubtful';
  }
  if (row.value === undefined) return;
  const owner = facts.slotOwners.get(row.value);
  if (link.verdict === 'bogus')
    row.meaning = {
      kind: classifyWord(facts.snapshot, row.value, facts.owner).kind,
      text: 'not a frame pointer',
      inferred: false,
    };
  else if (row.value === 0n) row.meaning = { kind: 'nil', text: 'end of chain', inferred: false };
  else if (owner !== undefined)
    row.meaning = {
      kind: 'own-stack',
      text: `${shortFunctionName(owner.name)}’s frame`,
      target: toAddress(row.value),
      inferred: false,
    };
  else row.meaning = classifyWord(facts.snapshot, row.value, facts.owner);
}

function asReturn(facts: BandFacts, row: StackRow, { caller }: { frame: PlacedFrame; caller: PlacedFrame | undefined }): void {
  row.role =
    architectureOf(facts.snapshot.process.arch)?.returnAddressAt === 'frame-bottom' ? 'saved-link-register' : 'return-address';
  if (row.value === undefined) {
    if (caller !== undefined) row.meaning = { kind: 'text', text: callerText(facts.snapshot, caller), inferred: true };
    return;
  }
  const { frames } = facts.snapshot;
  const pc = caller === undefined ? undefined : frames.pc[caller.row];
  const hasPc = caller !== undefined && ((frames.flags[caller.row] ?? 0) & FrameFlag.hasPc) !== 0;
  if (caller !== undefined && hasPc && pc === row.value) {
    row.verdict = 'ok';
    row.meaning = { kind: 'text', text: callerText(facts.snapshot, caller), target: toAddress(row.value), inferred: false };
    return;
  }
  row.meaning = classifyWord(facts.snapshot, row.value, facts.owner);
  if (row.meaning.kind === 'text') row.verdict = 'ok';
  else row.verdict = 'doubtful';
}

function callerText(snapshot: Snapshot, caller: PlacedFrame): string {
  const { frames } = snapshot;
  const offset =
    (frames.flags[caller.row] ?? 0) & FrameFlag.hasEntryOffset ? ` +0x${(frames.entryOffset[caller.row] ?? 0).toString(16)}` : '';
  return `${shortFunctionName(caller.name)}${offset}`;
}

function asWord(facts: BandFacts, row: StackRow, index: number): void {
  const value = row.value ?? 0n;
  const { snapshot } = facts;
  const symbol = snapshot.strings[snapshot.memory.symbol[index] ?? 0] ?? '';
  row.meaning = classifyWord(snapshot, value, facts.owner);
  if (symbol !== '' && row.meaning.symbol === undefined)
    row.meaning = { kind: 'text', text: symbol, target: toAddress(value), inferred: false };
  if (facts.frame === undefined) {
    row.role = 'unknown';
    return;
  }
  const place = Number((row.address - facts.start) / BigInt(snapshot.memory.wordSize));
  const argument = facts.calleeArguments[place];
  if (argument?.value === value && facts.calleeName !== '') {
    row.role = 'argument';
    const which = argument.name ?? `word ${(place + 1).toString()}`;
    row.meaning = { ...row.meaning, text: `${which} of ${shortFunctionName(facts.calleeName)}`, inferred: true };
  }
}
