/** Words from every hexdump and debugger listing, merged into one sparse memory; disagreements are kept, not resolved. */
import type { KnownWord, Memory, MemoryConflict } from '../model/memory.ts';
import type { StringTable } from '../model/columns.ts';

export interface WordsFound {
  words: KnownWord[];
  wordSize: 4 | 8;
  bigEndian?: boolean;
}

/**
 * The value of an address is the one of its latest step: earlier ones are history. Two values of one step are a
 * conflict; the last printed is kept and both are listed.
 */
export function buildMemory(found: readonly WordsFound[], unreadable: Memory['unreadable'], strings: StringTable): Memory {
  const latest = new Map<bigint, KnownWord>();
  const conflicts = new Map<bigint, MemoryConflict>();
  for (const { words } of found) {
    for (const word of words) {
      const known = latest.get(word.address);
      if (known !== undefined && known.step > word.step) continue;
      if (known?.step === word.step && known.value !== word.value) {
        const conflict = conflicts.get(word.address) ?? { address: word.address, words: [known] };
        conflict.words.push(word);
        conflicts.set(word.address, conflict);
      }
      // A later listing without a symbol must not lose the one printed before.
      latest.set(
        word.address,
        word.symbol === undefined && known?.value === word.value && known.symbol !== undefined ? known : word,
      );
    }
  }
  const sorted = [...latest.values()].sort((a, b) => (a.address < b.address ? -1 : 1));
  const memory: Memory = {
    wordSize: found.some((part) => part.wordSize === 4) && !found.some((part) => part.wordSize === 8) ? 4 : 8,
    bigEndian: found.some((part) => part.bigEndian === true),
    addresses: new BigUint64Array(sorted.length),
    values: new BigUint64Array(sorted.length),
    sourceDocument: new Uint16Array(sorted.length),
    sourceStart: new Uint32Array(sorted.length),
    sourceEnd: new Uint32Array(sorted.length),
    symbol: new Uint32Array(sorted.length),
    conflicts: [...conflicts.values()],
    unreadable,
  };
  for (const [index, word] of sorted.entries()) {
    memory.addresses[index] = word.address;
    memory.values[index] = word.value;
    memory.sourceDocument[index] = word.source.document;
    memory.sourceStart[index] = word.source.start;
    memory.sourceEnd[index] = word.source.end;
    if (word.symbol !== undefined) memory.symbol[index] = strings.intern(word.symbol);
  }
  return memory;
}
