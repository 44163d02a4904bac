/** What a word is: every kind, with mappings and without; a guess is marked, and unknown stays unknown. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAddress } from '../../../src/core/model/address.ts';
import type { WordKind } from '../../../src/core/model/word.ts';
import { decodeInstruction } from '../../../src/core/arch/index.ts';
import { classifyWord, isNonCanonical, poisonName } from '../../../src/core/words/index.ts';
import { makeSnapshot } from '../../support/snapshot.ts';
import type { SnapshotSpec } from '../../support/snapshot-spec.ts';

const spec: SnapshotSpec = {
  process: { arch: 'amd64' },
  goroutines: [
    {
      id: 7,
      gp: 0xc000006a80n,
      frames: [
        { function: 'example.com/x.(*T).Do', pc: 0x471915n, entryOffset: 0x55, sp: 0xc000040e00n, fp: 0xc000040f08n },
        { function: 'main.late', pc: 0x480000n, entryOffset: 0x10, sp: 0xc000040f08n, fp: 0xc000040f80n },
        { function: 'main.noOffset', pc: 0x475000n },
      ],
    },
  ],
  stacks: [
    { lo: 0xc000040000n, hi: 0xc000041000n, owner: '7' },
    { lo: 0xc000060000n, hi: 0xc000061000n, owner: '8' },
    { lo: 0xc000070000n, hi: 0xc000071000n, owner: '' },
    { lo: 0x7ffff0000000n, hi: 0x7ffff0008000n, owner: 'g0', kind: 'g0' },
    { lo: 0x7ffff0010000n, hi: 0x7ffff0018000n, owner: 'gsignal', kind: 'gsignal' },
  ],
  spans: [
    { base: toAddress(0xc000200000n), limit: toAddress(0xc000202000n), state: 'in-use' },
    { base: toAddress(0xc000204000n), limit: toAddress(0xc000206000n), state: 'free' },
  ],
};

const mappings: NonNullable<SnapshotSpec['mappings']> = [
  { start: 0x400000n, end: 0x490000n, permissions: 'r-xp', file: '/srv/app' },
  { start: 0x490000n, end: 0x508000n, permissions: 'r--p', file: '/srv/app' },
  { start: 0x508000n, end: 0x531000n, permissions: 'rw-p', file: '/srv/app' },
  { start: 0xc000000000n, end: 0xc000400000n, permissions: 'rw-p' },
  { start: 0xd400000000n, end: 0xd404000000n, permissions: '---p' },
  { start: 0x7f0000000000n, end: 0x7f0000100000n, permissions: 'rw-p' },
  { start: 0x7ffff7ffd000n, end: 0x7ffff7fff000n, permissions: 'r-xp', file: '[vdso]' },
  { start: 0x7fffffffe000n, end: 0x7ffffffff000n, permissions: '--xp', file: '[uprobes]' },
  { start: 0x7fffffff0000n, end: 0x7fffffffe000n, permissions: 'rw-p', file: '[stack]' },
];

const withMaps = makeSnapshot({ ...spec, mappings }).snapshot;
const without = makeSnapshot(spec).snapshot;
const arm = makeSnapshot({ ...spec, process: { arch: 'arm64' } }).snapshot;

const rows: [value: bigint, mapped: WordKind, unmapped: WordKind][] = [
  [0n, 'nil', 'nil'],
  [1n, 'small-integer', 'small-integer'],
  [4095n, 'small-integer', 'small-integer'],
  [0xffffffffffffffffn, 'small-integer', 'small-integer'],
  [0xfffffffffffff001n, 'small-integer', 'small-integer'],
  [0x54321n, 'small-integer', 'small-integer'],
  [0x471915n, 'text', 'text'],
  [0x4718d0n, 'text', 'text'],
  [0x475000n, 'text', 'text'],
  [0x479999n, 'text', 'text'],
  [0xc000040ec8n, 'own-stack', 'own-stack'],
  [0xc000060ec8n, 'other-stack', 'other-stack'],
  [0xc000070ec8n, 'other-stack', 'other-stack'],
  [0x7ffff0000100n, 'system-stack', 'system-stack'],
  [0x7ffff0010100n, 'system-stack', 'system-stack'],
  [0xc000200010n, 'heap', 'heap'],
  [0xc000204010n, 'span-not-in-use', 'span-not-in-use'],
  [0xc000300000n, 'heap', 'heap'],
  [0xd400000010n, 'arena-reserved', 'unknown'],
  [0x508010n, 'data', 'unknown'],
  [0x4a0000n, 'mapped-file', 'unknown'],
  [0x7f0000000010n, 'mapped', 'unknown'],
  [0x7ffff7ffd010n, 'mapped', 'unknown'],
  [0x7fffffffe000n, 'mapped', 'unknown'],
  [0x7fffffff0010n, 'mapped', 'unknown'],
  [0x30bc5b29n, 'unmapped', 'unknown'],
  [0xe00000001008n, 'non-canonical', 'non-canonical'],
  [0xdeaddeaddeaddeadn, 'poison', 'poison'],
  [0xcdcdcdcdn, 'poison', 'poison'],
  [0x6f77206f6c6c6568n, 'ascii', 'ascii'],
  [0x0064006c0072006fn, 'utf-16', 'utf-16'],
  [0x3ff8000000000000n, 'float', 'float'],
];

describe('classifyWord', () => {
  it.each(rows)('%#x', (value, mapped, unmapped) => {
    expect(classifyWord(withMaps, value, '7').kind).toBe(mapped);
    expect(classifyWord(without, value, '7').kind).toBe(unmapped);
  });

  it('names code by symbol and offset where both are known', () => {
    expect(classifyWord(withMaps, 0x471915n)).toMatchObject({
      text: 'x.(*T).Do +0x55',
      symbol: { function: 'example.com/x.(*T).Do', offset: 0x55 },
      inferred: false,
    });
    expect(classifyWord(withMaps, 0x475000n)).toMatchObject({ text: 'main.noOffset' });
    expect(classifyWord(withMaps, 0x475000n).symbol).toBeUndefined();
  });

  it('does not stretch a function past what was seen of it', () => {
    expect(classifyWord(withMaps, 0x471a00n).symbol).toBeUndefined();
    expect(classifyWord(withMaps, 0x471a00n)).toMatchObject({ text: 'code', inferred: false });
    expect(classifyWord(without, 0x479999n)).toMatchObject({ kind: 'text', inferred: true });
  });

  it('says what is only inferred', () => {
    expect(classifyWord(without, 0xc000300000n)).toMatchObject({ kind: 'heap', inferred: true });
    expect(classifyWord(withMaps, 0xc000200010n)).toMatchObject({ kind: 'heap', inferred: false });
    expect(classifyWord(withMaps, 0x3ff8000000000000n)).toMatchObject({ text: 'float64 1.5', inferred: true });
  });

  it('knows whose stack it looks from', () => {
    expect(classifyWord(withMaps, 0xc000040ec8n).kind).toBe('other-stack');
    expect(classifyWord(withMaps, 0xc000060ec8n, '8').kind).toBe('own-stack');
    expect(classifyWord(withMaps, 0xc000060ec8n, '7').text).toBe('stack of goroutine 8');
  });

  it('reads instructions on arm64 only', () => {
    const pair = 0xd65f03c0_a9407bfdn;
    expect(classifyWord(arm, pair)).toMatchObject({ kind: 'instructions', inferred: true });
    expect(classifyWord(without, pair).kind).toBe('non-canonical');
  });

  it('lists mappings as the whole truth from three on', () => {
    const two = makeSnapshot({ ...spec, mappings: mappings.slice(0, 2) }).snapshot;
    expect(classifyWord(two, 0x30bc5b29n).kind).toBe('unknown');
  });

  describe('in a mapping that is called heap', () => {
    const brk = { start: 0x555555600000n, end: 0x555555621000n, permissions: 'rw-p', file: '[heap]' };
    const meaningIn = (more: Partial<SnapshotSpec>, value = 0x555555600010n) =>
      classifyWord(
        makeSnapshot({ ...spec, mappings: [...mappings.slice(0, 4), brk, ...mappings.slice(4)], ...more }).snapshot,
        value,
      );

    it('is what malloc of C gave', () => {
      expect(meaningIn({})).toMatchObject({ kind: 'mapped', text: 'C heap', inferred: false });
    });

    it("is not Go's for the g0 in the program's data below", () => {
      const g0 = { id: 0, gp: 0x555555580000n, frames: [{ function: 'runtime.mstart', pc: 0x471915n }] };
      expect(meaningIn({ goroutines: [g0] })).toMatchObject({ kind: 'mapped', text: 'C heap' });
    });

    it('is none of C where a goroutine stack or a span lies in it', () => {
      const stack = { lo: 0x555555610000n, hi: 0x555555612000n, owner: '7' };
      const span = { base: toAddress(0x555555610000n), limit: toAddress(0x555555612000n), state: 'in-use' as const };
      expect(meaningIn({ stacks: [stack] })).toMatchObject({ kind: 'heap', text: 'Go heap', inferred: true });
      expect(meaningIn({ spans: [span] })).toMatchObject({ kind: 'heap', text: 'Go heap', inferred: true });
    });

    it("is Go's where the runtime named it", () => {
      const named = mappings.map((mapping) =>
        mapping.start === 0xc000000000n ? { ...mapping, file: '[anon: Go: heap]' } : mapping,
      );
      const alone = { mappings: named, goroutines: [], stacks: [], spans: [] };
      expect(meaningIn(alone, 0xc000300000n)).toMatchObject({ kind: 'heap', text: 'Go heap', inferred: false });
      const reserved = named.map((mapping) => ({ ...mapping, permissions: '---p' }));
      expect(meaningIn({ ...alone, mappings: reserved }, 0xc000300000n).kind).toBe('arena-reserved');
    });
  });

  it('answers for any word', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), fc.constantFrom(withMaps, without, arm), (value, snapshot) => {
        const meaning = classifyWord(snapshot, value, '7');
        expect(meaning.text).not.toBe('');
        if (meaning.target !== undefined) expect(meaning.target).toBe(value);
      }),
    );
  });
});

describe('canonical addresses', () => {
  it('are sign-extended on amd64', () => {
    expect(isNonCanonical(without, 0x7fffffffffffn)).toBe(false);
    expect(isNonCanonical(without, 0x800000000000n)).toBe(true);
    expect(isNonCanonical(without, 0xffff800000000000n)).toBe(false);
    expect(isNonCanonical(without, 0xffff700000000000n)).toBe(true);
  });

  it('are no question on 32-bit machines or where the architecture is unknown', () => {
    for (const arch of ['386', undefined] as const) {
      const { snapshot } = makeSnapshot({ process: arch === undefined ? {} : { arch } });
      expect(isNonCanonical(snapshot, 0x9ae16a3b2f90404fn)).toBe(false);
    }
  });
});

describe('single words', () => {
  it('names poison only where the whole word is filled', () => {
    expect(poisonName(0xa5a5a5a5a5a5a5a5n)).toMatch(/jemalloc/);
    expect(poisonName(0xa5a5a5a5n)).toMatch(/jemalloc/);
    expect(poisonName(0xa5a5n)).toBeUndefined();
    expect(poisonName(0xa5a5a5a5a5a5a500n)).toBeUndefined();
  });

  it('decodes the instructions around calls', () => {
    expect(decodeInstruction(0xa9407bfd)).toBe('ldp x29,x30,[sp]');
    expect(decodeInstruction(0xa9bf7bfd)).toBe('stp x29,x30,[sp]');
    expect(decodeInstruction(0x910003fd)).toBe('add x29,sp,#0');
    expect(decodeInstruction(0xd65f03c0)).toBe('ret');
    expect(decodeInstruction(0xffffffff)).toBeUndefined();
    expect(decodeInstruction(0)).toBeUndefined();
  });
});
