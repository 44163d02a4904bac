/** Words from every hexdump and debugger listing, merged into one sparse memory; disagreements are kept, not resolved. */
import type { Memory, MemoryConflict } from '../model/memory.ts';
import type { StringTable } from '../model/columns.ts';
import { halvesOf } from '../model/halves.ts';
import type { StepOrder } from './step-order.ts';
import type { WordColumns } from '../model/word-columns.ts';
import { wordRowsOf, type WordRows, type WordsFound } from './word-rows.ts';

export type { WordsFound } from './word-rows.ts';

/**
 * The value of an address is the one of its latest step, in the program's own time: earlier ones are history. Two values of one step are a
 * conflict; the last printed is kept and both are listed.
 */
export function buildMemory(
  found: readonly WordsFound[],
  unreadable: Memory['unreadable'],
  strings: StringTable,
  order?: StepOrder,
): Memory {
  const rows = wordRowsOf(found, strings, order);
  const { latest, disagreeing } = latestRows(rows);
  const count = rows.places.length;
  let conflicts: MemoryConflict[] | undefined;
  const memory: Memory = {
    wordSize: found.some((part) => part.wordSize === 4) && !found.some((part) => part.wordSize === 8) ? 4 : 8,
    bigEndian: found.some((part) => part.bigEndian === true),
    addresses: rows.places,
    values: new BigUint64Array(count),
    sourceDocument: new Uint16Array(count),
    sourceStart: new Uint32Array(count),
    sourceEnd: new Uint32Array(count),
    symbol: new Uint32Array(count),
    // A long session has many, and few are looked at.
    get conflicts() {
      return (conflicts ??= conflictsOf(rows, disagreeing));
    },
    unreadable,
  };
  const halves = halvesOf(memory.values);
  for (let place = 0; place < count; place++) {
    const row = latest[place] ?? 0;
    halves[2 * place] = rows.halves[2 * row] ?? 0;
    halves[2 * place + 1] = rows.halves[2 * row + 1] ?? 0;
    memory.symbol[place] = rows.symbols[row] ?? 0;
  }
  addSources(memory, found, rows, latest);
  return memory;
}

/** Where the row in `latest` of each place was printed. */
function addSources(memory: Memory, found: readonly WordsFound[], { placeOf }: WordRows, latest: Int32Array): void {
  const put = (place: number, document: number, start: number, end: number): void => {
    memory.sourceDocument[place] = document;
    memory.sourceStart[place] = start;
    memory.sourceEnd[place] = end;
  };
  let row = 0;
  let columns: WordColumns | undefined;
  let plain = false;
  for (const part of found) {
    const { run } = part;
    if (run === undefined) {
      for (const { source } of part.words) {
        const place = placeOf[row] ?? 0;
        if (latest[place] === row++) put(place, source.document, source.start, source.end);
      }
      continue;
    }
    if (run.columns !== columns) {
      ({ columns } = run);
      plain = columns.isPlain;
    }
    const { start, end } = columns.data;
    for (let at = run.from; at < run.to; at++) {
      const place = placeOf[row] ?? 0;
      if (latest[place] !== row++) continue;
      if (plain) put(place, columns.document, start[at] ?? 0, Math.max(start[at] ?? 0, end[at] ?? 0));
      else {
        const source = columns.sourceAt(at);
        put(place, source.document, source.start, source.end);
      }
    }
  }
}

/** The row that tells the value of each place, and pairs of rows of one step that disagree, in printed order. */
function latestRows({ length, halves, steps, symbols, places, placeOf }: WordRows): {
  latest: Int32Array;
  disagreeing: [number, number][];
} {
  const latest = new Int32Array(places.length).fill(-1);
  const disagreeing: [number, number][] = [];
  for (let row = 0; row < length; row++) {
    const place = placeOf[row] ?? 0;
    const known = latest[place] ?? -1;
    if (known < 0) {
      latest[place] = row;
      continue;
    }
    const step = steps[row] ?? 0;
    const knownStep = steps[known] ?? 0;
    if (knownStep > step) continue;
    const isSame = halves[2 * known] === halves[2 * row] && halves[2 * known + 1] === halves[2 * row + 1];
    if (knownStep === step && !isSame) disagreeing.push([known, row]);
    // A later listing without a symbol must not lose the one printed before.
    if (!isSame || symbols[row] !== 0 || symbols[known] === 0) latest[place] = row;
  }
  return { latest, disagreeing };
}

/** Each address once, with all values that disagree. */
function conflictsOf({ placeOf, wordAt }: WordRows, disagreeing: readonly [number, number][]): MemoryConflict[] {
  const conflicts = new Map<number, MemoryConflict>();
  for (const [known, row] of disagreeing) {
    const place = placeOf[row] ?? 0;
    const word = wordAt(row);
    const conflict = conflicts.get(place);
    if (conflict === undefined) conflicts.set(place, { address: word.address, words: [wordAt(known), word] });
    else conflict.words.push(word);
  }
  return [...conflicts.values()];
}
