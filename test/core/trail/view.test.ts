import { describe, expect, it } from 'vitest';
import { structViews, trailsOf, trailViews } from '../../../src/core/trail/index.ts';
import { snapshotOf } from '../assemble/support.ts';
import { huntText } from './hunt.ts';

async function hunted() {
  const snapshot = await snapshotOf(huntText());
  const [trail] = trailViews(snapshot, trailsOf(snapshot));
  if (trail === undefined) throw new Error('no trail');
  return { snapshot, trail };
}

describe('the memory that a trail runs through', () => {
  it('is a stack, a write-barrier buffer and a span, in the order of the cards', async () => {
    const { trail } = await hunted();
    expect(trail.regions.map((region) => region.kind)).toEqual(['stack', 'buffer', 'span']);
  });

  it('puts system-stack frames, a stack pointer of C’s time and the struct on one stack, ascending', async () => {
    const { trail } = await hunted();
    const stack = trail.regions[0];
    expect(stack?.owner).toBe('runtime stack');
    const starts = stack?.places.map((place) => place.start) ?? [];
    expect(starts).toEqual([...starts].sort((a, b) => (a < b ? -1 : 1)));
    const named = new Map(stack?.places.map((place) => [place.label, place]));
    expect(named.get('runtime.throw')).toMatchObject({ kind: 'frame', start: 0x7f11220f9340n, end: 0x7f11220f9370n });
    expect(named.get('format')).toMatchObject({ kind: 'field', start: 0x7f11220f9480n, value: 0xc0003fe000n, cards: [0, 1] });
    expect(named.get('format')?.inferred).toBe(false);
    // Every field before it is a word: its place follows, and says so.
    expect(named.get('flags')).toMatchObject({ start: 0x7f11220f9498n, inferred: true });
    expect(named.get('RSP')?.kind).toBe('stack-pointer');
    expect(named.get('RSP')?.detail).toMatch(/in runtime\.copystack.*\d+ bytes below \*out/);
  });

  it('names the slots of the buffer by their half of a pair, and places every hit', async () => {
    const { trail } = await hunted();
    const [, buffer, span] = trail.regions;
    const slot = buffer?.places.find((place) => place.start === 0xc00004fd18n);
    expect(slot).toMatchObject({ label: 'slot 341', detail: 'old contents', value: 0xc0003fe000n, cards: [2, 3] });
    expect(span).toMatchObject({ start: 0xc0003fd000n, end: 0xc000405000n });
    expect(span?.places.map((place) => [place.start, place.cards])).toEqual([
      [0xc0003fe000n, [4]],
      [0xc000403000n, [3]],
    ]);
  });

  it('tells the step at which each card was seen', async () => {
    const { trail } = await hunted();
    const steps = trail.cards.map((card) => card.step);
    expect(steps[2]).toBeLessThan(steps[0] ?? 0);
    expect(steps[1]).toBe(steps[2]);
  });
});

describe('printed structs as rows', () => {
  it('classify each value and mark what cannot be', async () => {
    const { snapshot } = await hunted();
    const [out, ...others] = structViews(snapshot);
    expect(others).toEqual([]);
    const rows = new Map(out?.rows.map((row) => [row.field.name, row]));
    expect(rows.get('format')).toMatchObject({ bad: true, meaning: { kind: 'span-not-in-use' } });
    expect(rows.get('flags')?.sign).toContain('the integer flags is 0x7f1156851715');
    expect(rows.get('metadata')?.sign).toContain('spells');
    expect(rows.get('children')).toMatchObject({ bad: false, meaning: { kind: 'nil' } });
    expect(rows.get('private_data')?.meaning?.text).toBe('432 bytes above this struct');
  });

  it('places no field behind one whose size is not known', async () => {
    const [view] = structViews(
      await snapshotOf(`(gdb) p s
$1 = (struct item *) 0x7f00bb0f9480
(gdb) p *s
$2 = {name = 0x7f00cc001c90 "schema", count = 2, next = 0x7f00cc001d00}
`),
    );
    expect(view?.rows.map((row) => row.address)).toEqual([0x7f00bb0f9480n, 0x7f00bb0f9488n, undefined]);
  });

  it('mark one word that stands in fields of every kind', async () => {
    const [view] = structViews(
      await snapshotOf(`(gdb) p *out
$1 = {name = 0xc001580200 "", flags = ${0xc001580200n.toString()}, next = 0xc001580200}
`),
    );
    expect(view?.sign).toContain('3 fields of different kinds');
    expect(view?.rows.every((row) => row.sign !== undefined)).toBe(true);
  });
});
