import { describe, expect, it } from 'vitest';
import { ownerOf } from '../../../src/core/diagnose/overwrite/owner.ts';
import { overwriteRuns } from '../../../src/core/diagnose/overwrite/run.ts';
import type { ShapeName } from '../../../src/core/diagnose/overwrite/shapes.ts';
import { ovw01 } from '../../../src/core/diagnose/rules/ovw-01.ts';
import { toAddress } from '../../../src/core/model/address.ts';
import { makeSnapshot, type BuiltSnapshot } from '../../support/snapshot.ts';
import type { SnapshotSpec } from '../../support/snapshot-spec.ts';

const sp = 0x7a30_0004_0100n;
/** Eight words of locals, the saved frame pointer and the return address. */
const fp = sp + 80n;
const slot = fp - 8n;

/** The words of the frame from its low end, and two of the caller's. */
function damaged(words: readonly bigint[], more: SnapshotSpec = {}): BuiltSnapshot {
  return makeSnapshot({
    process: { arch: 'amd64' },
    frames: [{ function: 'app.(*form).fill', sp, fp }],
    words: words.map((word, index) => [sp + BigInt(index * 8), word]),
    complaints: [
      {
        kind: 'unexpected-return-pc',
        function: 'app.(*form).fill',
        value: toAddress(words[9] ?? 0n),
        frame: { sp: toAddress(sp), fp: toAddress(fp), source: { document: 0, start: 0, end: 0 } },
      },
    ],
    stacks: [{ lo: sp - 0x100n, hi: sp + 0x1000n, owner: '1' }],
    crash: { kind: 'fatal-error' },
    events: [{ kind: 'fatal-error', text: 'unknown caller pc', category: 'unknown-caller-pc' }],
    ...more,
  });
}

function wordsOf(text: string, wide = false): bigint[] {
  const bytes = wide
    ? Array.from(text, (letter) => [letter.charCodeAt(0) & 0xff, letter.charCodeAt(0) >> 8]).flat()
    : [...new TextEncoder().encode(text)];
  const words: bigint[] = [];
  for (let at = 0; at < bytes.length; at += 8)
    words.push(bytes.slice(at, at + 8).reduce((word, byte, index) => word | (BigInt(byte) << BigInt(8 * index)), 0n));
  return words;
}

function doubles(...numbers: number[]): bigint[] {
  const view = new DataView(new ArrayBuffer(8));
  return numbers.map((number) => {
    view.setFloat64(0, number);
    return view.getBigUint64(0);
  });
}

function floats(...numbers: number[]): bigint[] {
  const view = new DataView(new ArrayBuffer(8));
  return numbers.map((number) => {
    view.setFloat32(0, number + 1);
    view.setFloat32(4, number);
    return view.getBigUint64(0);
  });
}

const argument = 0x7a30_0004_0800n;
/** Words that lie in any frame: a pointer into the stack, a length, nil. */
const ordinary = [argument, 5n, 0n];

const runs: [shape: ShapeName, words: bigint[]][] = [
  ['text', wordsOf('a line that is far too long for the buffer that it goes into')],
  ['wide text', wordsOf('a wide text, as Windows does', true)],
  ['one byte', Array.from({ length: 7 }, () => 0xa5a5_a5a5_a5a5_a5a5n)],
  ['one word', Array.from({ length: 7 }, () => 0x1234_5678_9abc_def1n)],
  ['zeros', Array.from({ length: 7 }, () => 0n)],
  ['float64', doubles(0.3, 17.25, -4.5e3, 1 / 3, 2.7e-4, 980.665, 1e6)],
  ['float32', floats(0.5, 12.25, -7.75, 1000.5, 33.3, 4.25, 9.5)],
  ['rising numbers', [41n, 42n, 43n, 44n, 45n, 46n, 47n]],
  ['int32 pairs', [7, 19, 4, 23, 8, 51, 2].map((low) => (BigInt(low * 3) << 32n) | BigInt(low + 1000))],
];

describe('runs over a return address', () => {
  it.each(runs)('%s', (shape, written) => {
    const run = written.slice(0, 7);
    const [first, second, nil] = ordinary;
    // Zeros reach as far as zeros do.
    const words = [first ?? 0n, second ?? 0n, shape === 'zeros' ? 9n : (nil ?? 0n), ...run, 0x7a30_0004_0900n];
    const built = damaged(words);
    const [found, ...others] = overwriteRuns(built.snapshot);
    expect(others).toEqual([]);
    expect(found?.shape).toBe(shape);
    expect(found?.start).toBe(sp + 24n);
    expect(found?.end).toBe(sp + 24n + BigInt(8 * run.length));
    expect(found?.slots.map((one) => one.address)).toContain(slot);
    expect(found === undefined ? undefined : ownerOf(built.snapshot, found)).toEqual({
      kind: 'local',
      function: 'app.(*form).fill',
      offset: 24n,
    });
    const [conclusion] = ovw01.examine(built.context);
    expect(conclusion?.headline).toContain('the return address of `app.(*form).fill`');
    expect(conclusion?.culprit).toEqual({ function: 'app.(*form).fill', inferred: true });
    expect(conclusion?.evidence.filter((one) => one.inferred === true).length).toBeGreaterThan(0);
  });

  it('says that a run may start lower where the words below are not in the case', () => {
    const built = damaged(Array.from({ length: 10 }, () => 0x4141_4141_4141_4141n));
    const [run] = overwriteRuns(built.snapshot);
    expect(run?.openBelow).toBe(true);
    expect(ovw01.examine(built.context)[0]?.explanation).toContain('at or below');
  });

  it('leaves a run that begins at the slot: it is data of the caller', () => {
    const built = damaged([...Array.from({ length: 9 }, (_, at) => argument + BigInt(64 * at)), ...doubles(1.5, 2.5, 3.5, 4.5)]);
    expect(overwriteRuns(built.snapshot)).toEqual([]);
  });

  it('leaves the same words where no slot is known to be wrong', () => {
    const built = damaged([0n, 0n, 0n, ...doubles(1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5)], { complaints: [] });
    expect(overwriteRuns(built.snapshot)).toEqual([]);
    expect(ovw01.examine(built.context)).toEqual([]);
  });

  it('counts words that lead somewhere as no part of a run of numbers', () => {
    const built = damaged([...Array.from({ length: 8 }, (_, at) => argument + BigInt(8 * at)), argument, 0x1234_5678n]);
    expect(overwriteRuns(built.snapshot)).toEqual([]);
  });
});

describe('runs in memory of 32-bit words', () => {
  const low = 0x9c3_4100n;
  /** Ten words of locals and the return address. */
  const high = low + 44n;

  function narrow(words: readonly bigint[]): BuiltSnapshot {
    return makeSnapshot({
      process: { arch: '386' },
      wordSize: 4,
      frames: [{ function: 'app.(*form).fill', sp: low, fp: high }],
      words: words.map((word, index) => [low + BigInt(index * 4), word]),
      complaints: [
        {
          kind: 'unexpected-return-pc',
          function: 'app.(*form).fill',
          value: toAddress(words[10] ?? 0n),
          frame: { sp: toAddress(low), fp: toAddress(high), source: { document: 0, start: 0, end: 0 } },
        },
      ],
      stacks: [{ lo: low - 0x100n, hi: low + 0x1000n, owner: '1' }],
      crash: { kind: 'fatal-error' },
      events: [{ kind: 'fatal-error', text: 'unknown caller pc', category: 'unknown-caller-pc' }],
    });
  }
  const halves = (text: string): bigint[] => wordsOf(text).flatMap((word) => [BigInt.asUintN(32, word), word >> 32n]);
  const single = (number: number): bigint => {
    const view = new DataView(new ArrayBuffer(4));
    view.setFloat32(0, number);
    return BigInt(view.getUint32(0));
  };
  const cases: [shape: ShapeName, stride: number, words: bigint[]][] = [
    ['text', 1, halves('a line that is too long for its buffer')],
    ['one byte', 1, Array.from({ length: 8 }, () => 0xa5a5_a5a5n)],
    ['one word', 4, Array.from({ length: 8 }, () => 0x1234_5678n)],
    ['float32', 4, [0.5, 12.25, -7.75, 1000.5, 33.3, 4.25, 9.5, 2.75].map(single)],
    ['rising numbers', 4, [41n, 42n, 43n, 44n, 45n, 46n, 47n, 48n]],
  ];

  it.each(cases)('%s', (shape, stride, written) => {
    const built = narrow([0x9c3_4180n, 5n, 0n, ...written.slice(0, 8), 0x9c3_4190n]);
    const [found, ...others] = overwriteRuns(built.snapshot);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ shape, stride, start: low + 12n, end: low + 12n + 32n });
    expect(ovw01.examine(built.context)[0]?.overwrite).toMatchObject({ start: low + 12n, end: low + 44n, stride });
  });

  it('leaves fewer words alone, and what stacks are full of', () => {
    const zeros = Array.from({ length: 8 }, () => 0n);
    expect(overwriteRuns(narrow([7n, 5n, 9n, ...zeros, 0n]).snapshot)).toEqual([]);
    const short = [0x9c3_4180n, 5n, 0n, 3n, 0x9c3_4184n, 1n, 0n, 0x9c3_4188n, ...halves('not long')];
    expect(overwriteRuns(narrow([...short, 0x4c2_1000n]).snapshot)).toEqual([]);
  });
});

describe('runs in objects of the heap', () => {
  const base = 0x7a30_0200_0000n;
  const text = wordsOf('overlong name of a record, copied without a bound');

  it('names the object below where the run begins with the object', () => {
    const built = makeSnapshot({
      process: { arch: 'amd64' },
      words: text.map((word, index) => [base + BigInt(index * 8), word]),
      objects: [
        {
          label: 'object',
          base: toAddress(base),
          span: { base: toAddress(base - 0x1000n), elementSize: 64, source: { document: 0, start: 0, end: 0 } },
          words: [],
        },
      ],
      complaints: [
        {
          kind: 'bad-heap-pointer',
          pointer: toAddress(text[2] ?? 0n),
          foundIn: { base: toAddress(base), offset: 16n, source: { document: 0, start: 0, end: 0 } },
        },
      ],
    });
    const [run] = overwriteRuns(built.snapshot);
    expect(run?.text).toContain('overlong name');
    expect(run === undefined ? undefined : ownerOf(built.snapshot, run)).toEqual({ kind: 'neighbour', base: base - 64n });
    const [conclusion] = ovw01.examine(built.context);
    expect(conclusion?.headline).toContain('a pointer inside a heap object');
    expect(conclusion?.culprit).toBeUndefined();
  });
});
