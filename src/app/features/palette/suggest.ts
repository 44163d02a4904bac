/** What a query can mean, best first. */
import { parseAddress, toAddress, type Address } from '../../../core/model/address.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { shortFunctionName } from '../../../core/model/function-name.ts';
import { FrameFlag } from '../../../core/model/goroutine.ts';
import { goroutineRow } from '../../../core/model/tables.ts';
import type { Snapshot } from '../../../core/model/snapshot.ts';
import type { SourceRange } from '../../../core/model/source.ts';
import type { Command, CommandId } from '../../commands.ts';
import { seenAlso } from '../inspector/seen-also.ts';

export type Target =
  | { kind: 'address'; address: Address }
  | { kind: 'line'; source: SourceRange }
  | { kind: 'goroutine'; goroutine: string }
  | { kind: 'frame'; goroutine: string; frameRow: number; address?: Address }
  | { kind: 'finding'; finding: string }
  | { kind: 'command'; command: CommandId };

export interface Suggestion {
  /** Two of one list never have the same. */
  key: string;
  title: string;
  /** What it is, in a word or two: 'goroutine', 'holds the value'. */
  what: string;
  /** Keys of a command. */
  keys?: readonly string[];
  target: Target;
}

export interface Searched {
  snapshot: Snapshot | undefined;
  findings: readonly Finding[];
  /** Commands that something on the page answers. */
  commands: readonly Command[];
  /** Goroutine looked at: its frames come first. */
  owner: string;
}

/** Rows of the list. */
export const mostSuggestions = 12;
/** Of one sort, while there are others. */
const mostOfOne = 6;

function commandItems(commands: readonly Command[], text: string): Suggestion[] {
  const words = text.toLowerCase().split(/\s+/);
  return commands
    .filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)))
    .map(({ id, title, shown }) => ({
      key: `>${id}`,
      title,
      what: 'command',
      keys: shown,
      target: { kind: 'command', command: id },
    }));
}

function findingItems(findings: readonly Finding[], text: string): Suggestion[] {
  const wanted = text.toLowerCase();
  return findings
    .filter(({ headline, id }) => headline.toLowerCase().includes(wanted) || id.toLowerCase().startsWith(wanted))
    .map(({ id, headline }) => ({
      key: `!${id}`,
      title: headline.replaceAll('`', ''),
      what: 'finding',
      target: { kind: 'finding', finding: id },
    }));
}

const expression = /^([a-z]\w{0,7}|0x[0-9a-f]{1,16})\s*(?:([+-])\s*(0x[0-9a-f]{1,8}|\d{1,8}))?$/i;
/** An address without its prefix: fewer digits are a number. */
const bareAddress = /^[0-9a-f]{8,16}$/i;

/** `0xc000040ec8`, `c000040ec8`, `0xc000040ec8+8`, `rsp+0x10`. */
export function addressIn(query: string, snapshot: Snapshot): Address | undefined {
  if (bareAddress.test(query)) return parseAddress(query);
  const match = expression.exec(query);
  const base = match?.[1]?.toLowerCase();
  if (base === undefined) return undefined;
  const register = snapshot.registers.flatMap((set) => set.values).find(({ name }) => name === base)?.value;
  const start = base.startsWith('0x') ? parseAddress(base) : register;
  if (start === undefined) return undefined;
  const offset = BigInt(match?.[3] ?? 0);
  const sum = match?.[2] === '-' ? start - offset : start + offset;
  return sum < 0n || sum >= 1n << 64n ? undefined : toAddress(sum);
}

function addressItems(address: Address, snapshot: Snapshot): Suggestion[] {
  const text = `0x${address.toString(16)}`;
  const places = seenAlso(snapshot, address).places.map(({ label, address: at, source }): Suggestion[] => {
    const target: Target | undefined =
      at !== undefined ? { kind: 'address', address: at } : source !== undefined ? { kind: 'line', source } : undefined;
    return target === undefined ? [] : [{ key: `=${label}`, title: label, what: 'holds this value', target }];
  });
  return [{ key: text, title: text, what: 'address', target: { kind: 'address', address } }, ...places.flat()];
}

/** `18`, `g18`, `g:18`, `goroutine 18`. */
const goroutineId = /^(?:g:?|goroutine\s*)?(\d{1,19})$/i;

function goroutineItems(query: string, { goroutines, threads }: Snapshot): Suggestion[] {
  const items: Suggestion[] = [];
  const id = goroutineId.exec(query)?.[1];
  if (id !== undefined && goroutineRow(goroutines, id) >= 0)
    items.push({ key: `g${id}`, title: `Goroutine ${id}`, what: 'goroutine', target: { kind: 'goroutine', goroutine: id } });
  const wanted = query.toLowerCase();
  for (const { name } of threads)
    if (name.toLowerCase().includes(wanted))
      items.push({ key: `t${name}`, title: name, what: 'thread', target: { kind: 'goroutine', goroutine: name } });
  return items;
}

/** Names of functions in the snapshot, as indices into its strings: a look at a million frames, once. */
const functionNames = new WeakMap<Snapshot, number[]>();

function functionsOf(snapshot: Snapshot): number[] {
  let known = functionNames.get(snapshot);
  if (known === undefined) {
    const seen = new Uint8Array(snapshot.strings.length);
    for (const name of snapshot.frames.functionName) seen[name] = 1;
    known = [...seen.keys()].filter((name) => name > 0 && seen[name] === 1);
    functionNames.set(snapshot, known);
  }
  return known;
}

/** The smaller, the better: the whole name, its beginning, the beginning of a word in it, anywhere. */
function rankOf(name: string, wanted: string): number | undefined {
  const short = shortFunctionName(name).toLowerCase();
  const bare = short.slice(short.lastIndexOf('.') + 1);
  if (short === wanted || bare === wanted) return 0;
  if (short.startsWith(wanted) || bare.startsWith(wanted)) return 1;
  const at = name.toLowerCase().indexOf(wanted);
  if (at < 0) return undefined;
  return /[\W_]/.test(name.charAt(at - 1)) ? 2 : 3;
}

interface Place {
  goroutine: string;
  frameRow: number;
}

/** The first frame of each function: in `owner` where it is called there, else in the first goroutine or thread that calls it. */
function placesOf({ goroutines, frames, threads }: Snapshot, names: ReadonlySet<number>, owner: string): Map<number, Place> {
  const places = new Map<number, Place>();
  const look = (goroutine: string, from: number, to: number) => {
    for (let row = from; row < to && places.size < names.size; row++) {
      const name = frames.functionName[row] ?? 0;
      if (names.has(name) && !places.has(name)) places.set(name, { goroutine, frameRow: row });
    }
  };
  const own = goroutineRow(goroutines, owner);
  if (own >= 0) look(owner, goroutines.frameStart[own] ?? 0, goroutines.frameEnd[own] ?? 0);
  const lookAt = (name: string, rows: readonly { row: number }[]) => {
    const first = rows[0]?.row;
    if (first !== undefined) look(name, first, first + rows.length);
  };
  for (const thread of threads) if (thread.name === owner) lookAt(owner, thread.frames);
  for (let row = 0; row < goroutines.length && places.size < names.size; row++)
    look((goroutines.id[row] ?? 0n).toString(), goroutines.frameStart[row] ?? 0, goroutines.frameEnd[row] ?? 0);
  for (const thread of threads) lookAt(thread.name, thread.frames);
  return places;
}

function functionItems(query: string, snapshot: Snapshot, owner: string): Suggestion[] {
  const wanted = query.toLowerCase();
  const { strings, frames } = snapshot;
  const ranked = functionsOf(snapshot)
    .flatMap((name) => {
      const text = strings[name] ?? '';
      const rank = rankOf(text, wanted);
      return rank === undefined ? [] : [{ name, text, rank }];
    })
    .sort((a, b) => a.rank - b.rank || a.text.length - b.text.length)
    .slice(0, mostSuggestions);
  const places = placesOf(snapshot, new Set(ranked.map(({ name }) => name)), owner);
  return ranked.flatMap(({ name, text }) => {
    const place = places.get(name);
    if (place === undefined) return [];
    const hasSp = ((frames.flags[place.frameRow] ?? 0) & FrameFlag.hasSp) !== 0;
    const address = hasSp ? { address: toAddress(frames.sp[place.frameRow] ?? 0n) } : {};
    const where = /^\d+$/.test(place.goroutine) ? `goroutine ${place.goroutine}` : place.goroutine;
    return [{ key: `f${text}`, title: text, what: where, target: { kind: 'frame', ...place, ...address } }];
  });
}

/** An empty query shows the findings and the commands; one that begins with `>` only commands. */
export function suggest(query: string, { snapshot, findings, commands, owner }: Searched): Suggestion[] {
  const text = query.trim();
  if (text.startsWith('>')) return commandItems(commands, text.slice(1).trim());
  if (text === '') return [...findingItems(findings, '').slice(0, 3), ...commandItems(commands, '')];
  if (snapshot === undefined) return commandItems(commands, text).slice(0, mostSuggestions);
  const address = addressIn(text, snapshot);
  const sorts = [
    goroutineItems(text, snapshot),
    address === undefined ? [] : addressItems(address, snapshot),
    functionItems(text, snapshot, owner),
    findingItems(findings, text),
    commandItems(commands, text),
  ];
  const some = sorts.filter((items) => items.length > 0);
  const most = some.length > 1 ? mostOfOne : mostSuggestions;
  return some.flatMap((items) => items.slice(0, most)).slice(0, mostSuggestions);
}
