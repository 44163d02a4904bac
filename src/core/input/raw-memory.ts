/**
 * Raw excerpts of memory: files that are neither text nor a known binary. Where their bytes lie is given, or said by the file's name
 * (`0xc000040000.bin`, `mem-0xc000040000-0xc000041000.bin`), or by the debugger's command that wrote the file in the same case.
 */
import { isBigEndian, wordSizeOf } from '../model/word-form.ts';
import { parseAddress, toAddress, type Address } from '../model/address.ts';
import type { SourceDocument } from '../model/document.ts';
import type { KnownWord } from '../model/memory.ts';
import type { ArchitectureName } from '../model/process.ts';
import type { TextFact, TextRecords } from '../model/record.ts';
import { isPacked, sniffBinary } from './sniff-binary.ts';

/** Words made of one file; an excerpt is smaller. */
const mostWords = 1 << 18;
/** No program maps the first page. */
const lowestAddress = 0x1000n;

interface Place {
  base: Address;
  /** Past the last byte, where that was said. */
  end?: Address;
}

function basename(path: string): string {
  return path.replace(/\/+$/, '').replace(/^.*[/\\]/, '');
}

const named = /(?:^|[^0-9a-zA-Z])0x([0-9a-f]{4,16})(?:(?:-|\.\.|_)(?:0x)?([0-9a-f]{4,16}))?(?![0-9a-zA-Z])/i;
/** As /proc/PID/maps and its map_files write a range. */
const ranged = /(?:^|[^0-9a-zA-Z])([0-9a-f]{5,16})-([0-9a-f]{5,16})(?![0-9a-zA-Z])/;

/** The place that the file's name says; without `0x` only a range of exactly the file's size. */
export function placeInName(name: string, size: number): Place | undefined {
  const file = basename(name);
  const plain = ranged.exec(file);
  const from = plain === null ? undefined : parseAddress(plain[1] ?? '');
  const to = plain === null ? undefined : parseAddress(plain[2] ?? '');
  if (from !== undefined && to !== undefined && to - from === BigInt(size) && from >= lowestAddress)
    return { base: from, end: to };
  const match = named.exec(file);
  const base = match === null ? undefined : parseAddress(match[1] ?? '');
  if (base === undefined || base < lowestAddress) return undefined;
  const end = match?.[2] === undefined ? undefined : parseAddress(match[2]);
  return end !== undefined && end > base ? { base, end } : { base };
}

const gdbDump = /^dump[ \t]+(?:binary[ \t]+)?mem(?:ory)?[ \t]+(\S{1,1000})[ \t]+(\S.{0,200})$/;
const lldbDump = /^(?:memory read|x)[ \t/].*(?:--outfile|-o)[ \t]+(\S{1,1000})/;

/** A number, a register shown before, or either with an offset. */
function evaluate(expression: string, registers: ReadonlyMap<string, bigint>): Address | undefined {
  const match = /^(0x[0-9a-f]{1,16}|\d{1,20}|\$[a-z]\w{0,8})(?:([+-])(0x[0-9a-f]{1,16}|\d{1,20}))?$/i.exec(
    expression.replace(/[ \t]/g, ''),
  );
  if (match === null) return undefined;
  const first = match[1] ?? '';
  const base = first.startsWith('$') ? registers.get(first.slice(1)) : BigInt(first);
  if (base === undefined) return undefined;
  const offset = match[3] === undefined ? 0n : BigInt(match[3]);
  return toAddress(match[2] === '-' ? base - offset : base + offset);
}

/** START and END of gdb's command stand behind blanks, or between commas where they have blanks of their own. */
function twoExpressions(text: string): [string, string] | undefined {
  const parts = text.includes(',') ? text.split(',') : text.trim().split(/[ \t]+(?![+-])(?<![+-][ \t]+)/);
  return parts.length === 2 ? [parts[0]?.trim() ?? '', parts[1]?.trim() ?? ''] : undefined;
}

/** Places of the files that the commands of the case wrote, by file name; the last command of a name counts. */
export function placesInCommands(records: readonly TextRecords[]): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const { facts } of records) {
    const registers = new Map<string, bigint>();
    let step = -1;
    for (const fact of facts) {
      if (fact.kind === 'command') {
        if (fact.step !== step) registers.clear();
        step = fact.step;
        const place = placeOfCommand(fact.command, registers);
        if (place !== undefined) places.set(basename(place.file), place);
      } else if (fact.kind === 'value' && fact.frame === undefined) registers.set(fact.name, fact.value);
      else if (fact.kind === 'registers' && fact.frame === 0)
        for (const { name, value } of fact.values) registers.set(name, value);
    }
  }
  return places;
}

function placeOfCommand(command: string, registers: ReadonlyMap<string, bigint>): (Place & { file: string }) | undefined {
  const gdb = gdbDump.exec(command);
  if (gdb !== null) {
    const expressions = twoExpressions(gdb[2] ?? '');
    const base = expressions === undefined ? undefined : evaluate(expressions[0], registers);
    const end = expressions === undefined ? undefined : evaluate(expressions[1], registers);
    if (base === undefined) return undefined;
    return { file: gdb[1] ?? '', base, ...(end !== undefined && end > base ? { end } : {}) };
  }
  const file = lldbDump.exec(command)?.[1];
  const address = file === undefined ? undefined : / (0x[0-9a-f]{4,16})(?: (0x[0-9a-f]{4,16}))?$/.exec(command);
  const base = parseAddress(address?.[1] ?? '');
  return file === undefined || base === undefined ? undefined : { file, base };
}

function architectureOf(records: readonly TextRecords[]): ArchitectureName | undefined {
  for (const { facts } of records)
    for (const fact of facts) if (fact.kind === 'process' && fact.facts.arch !== undefined) return fact.facts.arch;
  return undefined;
}

/** The aligned words of `bytes`, whose first lies at `place.base`. */
function wordsAt(document: number, bytes: Uint8Array, place: Place, arch: ArchitectureName | undefined): TextFact {
  const wordSize = wordSizeOf(arch);
  const little = !isBigEndian(arch);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = place.end === undefined ? bytes.length : Math.min(bytes.length, Number(place.end - place.base));
  const words: KnownWord[] = [];
  const ahead = Number(place.base % BigInt(wordSize));
  for (let at = ahead === 0 ? 0 : wordSize - ahead; at + wordSize <= length && words.length < mostWords; at += wordSize)
    words.push({
      address: toAddress(place.base + BigInt(at)),
      value: wordSize === 8 ? view.getBigUint64(at, little) : BigInt(view.getUint32(at, little)),
      source: { document, start: at, end: at + wordSize },
      step: 0,
    });
  return { kind: 'words', textLine: 0, words, wordSize, ...(little ? {} : { bigEndian: true }) };
}

/**
 * Writes the words of all raw files to their records. `given`: the addresses that a person gave, by document. Returns the documents
 * of which nobody says where they lie.
 */
export function readRawMemory(
  documents: readonly SourceDocument[],
  records: readonly TextRecords[],
  given: readonly (bigint | undefined)[],
): number[] {
  const raw = documents.filter((one) => one.store === undefined && sniffBinary(one.bytes) === 'raw');
  if (raw.length === 0) return [];
  const commands = placesInCommands(records);
  const arch = architectureOf(records);
  const unplaced: number[] = [];
  for (const { id, name, bytes } of raw) {
    const base = given[id];
    const place =
      base === undefined ? (commands.get(basename(name)) ?? placeInName(name, bytes.length)) : { base: toAddress(base) };
    if (place !== undefined) records.find((one) => one.document === id)?.facts.push(wordsAt(id, bytes, place, arch));
    else if (!isPacked(bytes)) unplaced.push(id);
  }
  return unplaced;
}
