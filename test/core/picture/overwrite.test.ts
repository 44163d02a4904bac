/** The box where a run of foreign bytes starts, and whose slot a saved frame pointer is. */
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/core/diagnose/index.ts';
import { toAddress } from '../../../src/core/model/address.ts';
import type { StackPicture } from '../../../src/core/model/picture.ts';
import { pictureOf } from '../../../src/core/picture/index.ts';
import { makeSnapshot } from '../../support/snapshot.ts';

const sp = 0x7a30_0004_0100n;
const fp = sp + 80n;

/** Eight words of locals, the saved frame pointer and the return address; the numbers begin at the third. */
function drawn(complaint: boolean): StackPicture {
  const view = new DataView(new ArrayBuffer(8));
  const words = [
    sp + 0x700n,
    5n,
    ...[1.5, 17.25, 0.3, 980.665, 4.75, 33.1, 2.5, 6.125].map((number) => {
      view.setFloat64(0, number);
      return view.getBigUint64(0);
    }),
  ];
  const { snapshot, documents } = makeSnapshot({
    process: { arch: 'amd64' },
    frames: [{ function: 'app.(*form).fill', sp, fp }],
    words: words.map((word, index) => [sp + BigInt(index * 8), word]),
    complaints: complaint
      ? [
          {
            kind: 'unexpected-return-pc',
            function: 'app.(*form).fill',
            value: toAddress(words[9] ?? 0n),
            frame: { sp: toAddress(sp), fp: toAddress(fp), source: { document: 0, start: 0, end: 0 } },
          },
        ]
      : [],
    stacks: [{ lo: sp - 0x100n, hi: sp + 0x1000n, owner: '1' }],
    crash: { kind: 'fatal-error' },
    events: [{ kind: 'fatal-error', text: 'unknown caller pc', category: 'unknown-caller-pc' }],
  });
  const [analysed] = diagnose([snapshot], documents);
  const picture = pictureOf(snapshot, documents, '1', analysed?.findings ?? []);
  if (picture === undefined) throw new Error('no picture');
  return picture;
}

describe('a run of foreign bytes', () => {
  it('has a box where it starts, with what it is, its step and its end, behind the box of the damaged slot', () => {
    const { callouts, bands } = drawn(true);
    expect(callouts.map((one) => [one.address, one.title])).toEqual([
      [fp - 8n, 'Return address replaced'],
      [sp + 16n, 'Overwritten from here'],
    ]);
    expect(callouts[1]).toMatchObject({
      finding: 'OVW-01',
      found: `8 numbers of type float64, one every 8 bytes: 64 bytes, up to \`0x${fp.toString(16)}\``,
    });
    // The first word may lie where it belongs: it is not called wrong.
    const rows = bands.flatMap((band) => band.rows);
    expect(rows.find((row) => row.address === sp + 16n)?.verdict).not.toBe('bogus');
  });

  it('has none where no slot is proved to be wrong', () => {
    expect(drawn(false).callouts.filter((one) => one.title === 'Overwritten from here')).toEqual([]);
  });
});

describe('a saved frame pointer', () => {
  const saved = (arch: 'amd64' | 'arm64', slot: bigint): boolean | undefined => {
    const { snapshot, documents } = makeSnapshot({
      process: { arch },
      frames: [
        { function: 'app.inner', sp: 0x8100n, fp: 0x8130n },
        { function: 'app.outer', sp: 0x8130n, fp: 0x8160n },
      ],
      words: [[slot, 0x8158n]],
      stacks: [{ lo: 0x8000n, hi: 0x9000n }],
    });
    const rows = pictureOf(snapshot, documents, '1', [])?.bands.flatMap((band) => band.rows) ?? [];
    const row = rows.find((one) => one.address === slot && one.role === 'saved-frame-pointer');
    expect(row, arch).toBeDefined();
    return row?.ofCaller;
  };

  it('belongs to the frame that holds it on amd64, to its caller on arm64', () => {
    expect(saved('amd64', 0x8120n)).toBeUndefined();
    expect(saved('arm64', 0x8128n)).toBe(true);
  });
});
