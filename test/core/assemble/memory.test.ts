/** Words of several steps and sources: history, conflicts, symbols. */
import { describe, expect, it } from 'vitest';
import { buildMemory } from '../../../src/core/assemble/memory.ts';
import { toAddress } from '../../../src/core/model/address.ts';
import { StringTable } from '../../../src/core/model/columns.ts';
import type { KnownWord } from '../../../src/core/model/memory.ts';
import { wordAt, wordIndex, wordSource } from '../../../src/core/model/memory-lookup.ts';

function word(address: bigint, value: bigint, step = 0, symbol?: string): KnownWord {
  const known: KnownWord = { address: toAddress(address), value, step, source: { document: 0, start: Number(value), end: 99 } };
  if (symbol !== undefined) known.symbol = symbol;
  return known;
}

const build = (...words: KnownWord[]) => buildMemory([{ words, wordSize: 8 }], [], new StringTable());

describe('buildMemory', () => {
  it('sorts words and finds them', () => {
    const memory = build(word(0x30n, 3n), word(0x10n, 1n), word(0x20n, 2n));
    expect([...memory.addresses]).toEqual([0x10n, 0x20n, 0x30n]);
    expect(wordAt(memory, 0x20n)).toBe(2n);
    expect(wordAt(memory, 0x21n)).toBeUndefined();
    expect(wordSource(memory, wordIndex(memory, 0x30n)).start).toBe(3);
  });

  it('takes the value of the latest step; earlier ones are history, in whatever order they stand', () => {
    for (const words of [
      [word(0x10n, 1n, 1), word(0x10n, 2n, 5)],
      [word(0x10n, 2n, 5), word(0x10n, 1n, 1)],
    ]) {
      const memory = build(...words);
      expect(wordAt(memory, 0x10n)).toBe(2n);
      expect(memory.conflicts).toEqual([]);
    }
  });

  it('shows two values of one step as a conflict with both sources', () => {
    const memory = build(word(0x10n, 1n, 3), word(0x10n, 2n, 3), word(0x18n, 7n, 3));
    expect(memory.conflicts).toHaveLength(1);
    expect(memory.conflicts[0]?.words.map(({ value }) => value)).toEqual([1n, 2n]);
    expect(memory.conflicts[0]?.address).toBe(0x10n);
  });

  it('adds a third value to the same conflict', () => {
    const memory = build(word(0x10n, 1n), word(0x10n, 2n), word(0x10n, 3n));
    expect(memory.conflicts.map(({ words }) => words.length)).toEqual([3]);
  });

  it('finds no conflict where the value is printed again', () => {
    expect(build(word(0x10n, 1n), word(0x10n, 1n)).conflicts).toEqual([]);
  });

  it('keeps a symbol that a later listing of the same value lacks', () => {
    const strings = new StringTable();
    const found = [{ words: [word(0x10n, 1n, 0, 'main.f+4'), word(0x10n, 1n, 2)], wordSize: 8 as const }];
    const memory = buildMemory(found, [], strings);
    expect(strings.at(memory.symbol[0] ?? 0)).toBe('main.f+4');
  });

  it('has words of four bytes only where every source has', () => {
    const parts = [
      { words: [word(0x10n, 1n)], wordSize: 4 as const },
      { words: [word(0x20n, 1n)], wordSize: 8 as const },
    ];
    expect(buildMemory(parts.slice(0, 1), [], new StringTable()).wordSize).toBe(4);
    expect(buildMemory(parts, [], new StringTable()).wordSize).toBe(8);
    expect(buildMemory([], [], new StringTable()).wordSize).toBe(8);
  });
});
