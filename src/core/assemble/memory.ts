/** Words from every hexdump and debugger listing, merged into one sparse memory; disagreements are kept, not resolved. */
import type { Memory, MemoryConflict } from '../model/memory.ts';
import type { StringTable } from '../model/columns.ts';
import { wordRowsOf, type WordRows, type WordsFound } from './word-rows.ts';

export type { WordsFound } from './word-rows.ts';

/**
 * The value of an address is the one of its latest step: earlier ones are history. Two values of one step are a
 * conflict; the last printed is kept and both are listed.
 */
export function buildMemory(found: readonly WordsFound[], unreadable: Memory['unreadable'], strings: StringTable): Memory {
  const rows = wordRowsOf(found, strings);
  const { latest, conflicts } = latestRows(rows);
  const count = rows.places.length;
  const memory: Memory = {
    wordSize: found.some((part) => part.wordSize === 4) && !found.some((part) => part.wordSize === 8) ? 4 : 8,
    bigEndian: found.some((part) => part.bigEndian === true),
    addresses: rows.places,
    values: new BigUint64Array(count),
    sourceDocument: new Uint16Array(count),
    sourceStart: new Uint32Array(count),
    sourceEnd: new Uint32Array(count),
    symbol: new Uint32Array(count),
    conflicts,
    unreadable,
  };
  for (let place = 0; place < count; place++) {
    const row = latest[place] ?? 0;
    const source = rows.sourceAt(row);
    memory.values[place] = rows.values[row] ?? 0n;
    memory.sourceDocument[place] = source.document;
    memory.sourceStart[place] = source.start;
    memory.sourceEnd[place] = source.end;
    memory.symbol[place] = rows.symbols[row] ?? 0;
  }
  return memory;
}

/** The row that tells the value of each place. */
function latestRows({ length, values, steps, symbols, places, placeOf, wordAt }: WordRows): {
  latest: Int32Array;
  conflicts: MemoryConflict[];
} {
  const latest = new Int32Array(places.length).fill(-1);
  const conflicts = new Map<number, MemoryConflict>();
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
    const isSame = values[known] === values[row];
    if (knownStep === step && !isSame) {
      const conflict = conflicts.get(place) ?? { address: wordAt(row).address, words: [wordAt(known)] };
      conflict.words.push(wordAt(row));
      conflicts.set(place, conflict);
    }
    // A later listing without a symbol must not lose the one printed before.
    if (!isSame || symbols[row] !== 0 || symbols[known] === 0) latest[place] = row;
  }
  return { latest, conflicts: [...conflicts.values()] };
}
