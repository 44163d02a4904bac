/** Code addresses that the case names: entries of functions, learnt from frames, listings and printed symbols. */
import type { CodeListing } from '../model/code.ts';
import { InstructionFlag, type InstructionRun } from '../model/instruction-columns.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { FrameFlag, type FrameTable } from '../model/goroutine.ts';
import { withoutAbi } from '../model/function-name.ts';

export interface SymbolHit {
  function: string;
  /** Bytes from the function's entry; undefined where only the name is known. */
  offset: number | undefined;
}

interface Known {
  name: string;
  entry: bigint;
  /** Highest address proved to lie inside. */
  proved: bigint;
}

/** No Go function of this size was ever seen; beyond it a neighbouring entry proves nothing. */
const longestFunction = 1n << 20n;

/**
 * Rows that say the same as one shortly before: a dump prints a few hundred code addresses a million times. Only some
 * repetitions are found, and no other row is taken for one.
 */
class RepeatedRows {
  readonly #frames: FrameTable;
  readonly #pc: Uint32Array;
  /** Hash of a row's address → the row that had it last + 1. */
  readonly #last = new Uint32Array(4096);

  constructor(frames: FrameTable) {
    this.#frames = frames;
    this.#pc = new Uint32Array(frames.pc.buffer, frames.pc.byteOffset, frames.pc.length * 2);
  }

  has(row: number): boolean {
    const { functionName, flags, entryOffset } = this.#frames;
    const first = this.#pc[row * 2] ?? 0;
    const second = this.#pc[row * 2 + 1] ?? 0;
    const slot = (Math.imul(first ^ second, 0x9e3779b1) >>> 20) & (this.#last.length - 1);
    const before = (this.#last[slot] ?? 0) - 1;
    this.#last[slot] = row + 1;
    return (
      before >= 0 &&
      this.#pc[before * 2] === first &&
      this.#pc[before * 2 + 1] === second &&
      functionName[before] === functionName[row] &&
      flags[before] === flags[row] &&
      entryOffset[before] === entryOffset[row]
    );
  }
}

/** Executables and libraries are smaller than 4 GiB. */
const spreadBits = 32n;

type Learn = (name: string, entry: bigint, inside: bigint) => void;

/** Entries of the functions that `listing` shows, as far as offsets are printed. */
function learnListing(listing: CodeListing, learn: Learn): void {
  if (listing.run !== undefined) {
    learnRun(listing.run, listing.function, learn);
    return;
  }
  for (const instruction of listing.instructions) {
    const name = instruction.function ?? listing.function;
    if (instruction.address === undefined || instruction.offset === undefined || name === undefined) continue;
    learn(name, instruction.address - BigInt(instruction.offset), instruction.address);
  }
}

/** Of neighbouring rows of one function the highest is told: it proves the most. */
function learnRun({ columns, from, to }: InstructionRun, owner: string | undefined, learn: Learn): void {
  const { addresses, functionName, offset, flags } = columns.data;
  let name = 0;
  let entry = -1n;
  let inside = 0n;
  const tell = (): void => {
    const known = name === 0 ? owner : columns.strings.at(name);
    if (entry >= 0n && known !== undefined) learn(known, entry, inside);
  };
  for (let row = from; row < to; row++) {
    if (((flags[row] ?? 0) & InstructionFlag.hasOffset) === 0) continue;
    const address = addresses[row] ?? 0n;
    const start = address - BigInt(offset[row] ?? 0);
    if (start === entry && functionName[row] === name) {
      if (address > inside) inside = address;
      continue;
    }
    tell();
    [name, entry, inside] = [functionName[row] ?? 0, start, address];
  }
  tell();
}

export class SymbolTable {
  readonly #entries: Known[] = [];
  /** pc values that frames printed, with their names. */
  readonly #exact = new Map<bigint, SymbolHit>();
  /** Lowest and highest code address that the case proves, for each 4 GiB: libraries lie far from the program, the heap between. */
  readonly #spread = new Map<bigint, { low: bigint; high: bigint }>();

  constructor(snapshot: Snapshot) {
    const byEntry = new Map<bigint, Known>();
    const learn = (name: string, entry: bigint, inside: bigint): void => {
      const known = byEntry.get(entry);
      if (known === undefined) byEntry.set(entry, { name: withoutAbi(name), entry, proved: inside });
      else if (inside > known.proved) known.proved = inside;
    };
    const { frames, strings } = snapshot;
    const widen = (value: bigint): void => {
      const known = this.#spread.get(value >> spreadBits);
      if (known === undefined) this.#spread.set(value >> spreadBits, { low: value, high: value });
      else if (value < known.low) known.low = value;
      else if (value > known.high) known.high = value;
    };
    const repeats = new RepeatedRows(frames);
    for (let row = 0; row < frames.length; row++) {
      if (repeats.has(row)) continue;
      const flags = frames.flags[row] ?? 0;
      if ((flags & FrameFlag.hasPc) === 0 || (flags & FrameFlag.inlined) !== 0) continue;
      const pc = frames.pc[row] ?? 0n;
      const exact = this.#exact.get(pc);
      if (exact?.offset !== undefined) continue;
      const name = strings[frames.functionName[row] ?? 0] ?? '';
      if (name === '' || name === '??') continue;
      if (exact === undefined) widen(pc);
      if (flags & FrameFlag.hasEntryOffset) {
        const offset = frames.entryOffset[row] ?? 0;
        learn(name, pc - BigInt(offset), pc);
        this.#exact.set(pc, { function: name, offset });
      } else if (exact === undefined) {
        // Innermost frames and a debugger's print no offset: the name is known, the distance from the entry is not.
        this.#exact.set(pc, { function: name, offset: undefined });
      }
    }
    for (const symbol of snapshot.symbols) {
      learn(symbol.name, symbol.start, symbol.end === undefined ? symbol.start : symbol.end - 1n);
      widen(symbol.start);
    }
    for (const listing of snapshot.listings) learnListing(listing, learn);
    this.#entries = [...byEntry.values()].sort((a, b) => (a.entry < b.entry ? -1 : a.entry > b.entry ? 1 : 0));
  }

  /** Lies between code addresses that the case proves, of the same 4 GiB, or at most `margin` bytes beside them. */
  isAmongCode(address: bigint, margin = 0n): boolean {
    const known = this.#spread.get(address >> spreadBits);
    return known !== undefined && address >= known.low - margin && address <= known.high + margin;
  }

  /** Code addresses that the case proves: the ends of each group. */
  get landmarks(): bigint[] {
    return [...this.#spread.values()].flatMap(({ low, high }) => [low, high]);
  }

  /** The function that holds `address`; `proved` is false where it lies past everything seen of the nearest entry. */
  at(address: bigint): (SymbolHit & { proved: boolean }) | undefined {
    const exact = this.#exact.get(address);
    if (exact !== undefined) return { ...exact, proved: true };
    let low = 0;
    let high = this.#entries.length - 1;
    let best: Known | undefined;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const entry = this.#entries[middle];
      if (entry === undefined) break;
      if (entry.entry <= address) {
        best = entry;
        low = middle + 1;
      } else high = middle - 1;
    }
    if (best === undefined || address - best.entry > longestFunction) return undefined;
    return { function: best.name, offset: Number(address - best.entry), proved: address <= best.proved };
  }
}
