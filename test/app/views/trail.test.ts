import { beforeAll, describe, expect, it } from 'vitest';
import type { SnapshotView } from '../../../src/worker/protocol.ts';
import { howToRun } from '../../../src/app/features/ask/how-to-run.ts';
import { fieldsAt } from '../../../src/app/features/inspector/slot-facts.ts';
import { chipDetail, chipOf, offsetInSymbol } from '../../../src/app/features/structs/chips.ts';
import { cardWords } from '../../../src/app/features/trail/card-words.ts';
import { regionItems, sizeText } from '../../../src/app/features/trail/region-items.ts';
import { huntText } from '../../core/trail/hunt.ts';
import { openCase } from '../open-case.ts';
import { at } from './picture.ts';

let view: SnapshotView;
beforeAll(async () => {
  const [first] = (await openCase(huntText())).snapshots;
  if (first === undefined) throw new Error('no snapshot');
  view = first;
});

const trail = () => {
  const [first] = view.session.trails;
  if (first === undefined) throw new Error('no trail');
  return first;
};

describe('cards', () => {
  it('say who, where, and what stood there', () => {
    expect(trail().cards.map((_, index) => cardWords(trail(), index).title)).toEqual([
      '`runtime.copystack` writes it',
      '`*out` still holds it',
      'The write barrier records it',
      'A search finds it twice',
      '`runtime.wbBufFlush1` meets it',
    ]);
    expect(cardWords(trail(), 0)).toMatchObject({
      lines: ['`0x7f11220f9480`, `format` of `*out`'],
      before: 0n,
      after: 0xc0003fe000n,
    });
    expect(cardWords(trail(), 2).lines).toEqual([
      'called by `deep.(*maker).done`',
      '`0xc00004fd18`, slot 341 of `p.wbBuf`, old contents',
    ]);
    expect(cardWords(trail(), 3).lines).toHaveLength(2);
    expect(cardWords(trail(), 99)).toEqual({ title: '', lines: [] });
  });
});

describe('the drawn stack', () => {
  it('shows the distance between what it knows, and folds fields that no card speaks of', () => {
    const [stack] = trail().regions;
    if (stack === undefined) throw new Error('no region');
    const items = regionItems(stack, false);
    const format = items.findIndex((item) => item.kind === 'place' && item.place.label === 'format');
    expect(items[format - 1]).toEqual({ kind: 'gap', bytes: 64n });
    expect(items[format + 1]).toMatchObject({ kind: 'fields', struct: '*out' });
    expect(items.filter((item) => item.kind === 'gap')).toHaveLength(1);
    expect(regionItems(stack, true)).toEqual([...items].reverse());
  });

  it('writes sizes in whole units', () => {
    expect([1n, 32n, 4096n, 4100n, 3n << 20n].map(sizeText)).toEqual(['1 byte', '32 bytes', '4 KiB', '4,100 bytes', '3 MiB']);
  });

  it('is the picture of the stack too: frames, then the struct', async () => {
    const { drawStack, analyse } = await import('../../../src/core/index.ts');
    const analysed = await analyse([{ name: 'hunt', bytes: new TextEncoder().encode(huntText()) }]);
    const bands = drawStack(analysed, 0, 'runtime stack')?.bands ?? [];
    expect(bands.at(-1)).toMatchObject({ struct: '*out', start: 0x7f11220f9480n });
    expect(bands.at(-1)?.rows[0]).toMatchObject({ field: 'format', verdict: 'bogus' });
  });
});

describe('fields of structs', () => {
  const chips = () => new Map(view.session.structs[0]?.rows.map((row) => [row.field.name, chipOf(row)?.text]));

  it('get a chip each', () => {
    expect(Object.fromEntries(chips())).toEqual({
      format: 'freed Go span',
      name: 'pointer',
      metadata: 'leftover address',
      flags: 'leftover code address',
      children: 'nil',
      release: 'mid-function, +21',
      private_data: 'same stack',
    });
  });

  it('say why beside it, never the value again', () => {
    const rows = view.session.structs[0]?.rows ?? [];
    const details = Object.fromEntries(rows.map((row) => [row.field.name, chipDetail(row)]));
    expect(details['flags']).toBe('an address in the program’s code');
    expect(details['children']).toBe('');
    expect(details['release']).toContain('_cgo_release_context+21');
  });

  it('read the offset in a symbol', () => {
    expect(['f+21', 'f', undefined, '<f+7>'].map(offsetInSymbol)).toEqual([21, 0, 0, 7]);
  });

  it('are found by their address', () => {
    const found = fieldsAt(view.session.structs, at(0x7f11220f9480n));
    expect(found.map(({ struct, name }) => [struct, name])).toEqual([['*out', 'format']]);
    expect(fieldsAt(view.session.structs, at(0x10n))).toEqual([]);
  });
});

describe('what to ask next', () => {
  it('has a script for every debugger, and says what was answered', () => {
    const { open, scripts, answered, spoken } = view.session.questions;
    expect(spoken).toBe('rr');
    expect(open.length).toBeGreaterThan(0);
    for (const script of Object.values(scripts)) expect(script).toMatch(/\n$/);
    expect(answered.map((one) => one.what)).toContain('Where 0xc0003fe000 stands in memory');
    expect(open.every((request) => request.tells !== '')).toBe(true);
  });

  it('asks for no slot that lies in a run of words asked for already', () => {
    const { open } = view.session.questions;
    const [words] = open;
    expect(words?.reads).toBeDefined();
    expect(open.slice(1).some(({ reads }) => reads !== undefined && reads.start >= (words?.reads?.start ?? 0n))).toBe(false);
  });

  it('tells how to run each', () => {
    expect(howToRun('gdb', 42)).toEqual({ file: 'ask.gdb', command: 'gdb -p 42 -x ask.gdb' });
    expect(howToRun('delve', undefined).command).toBe('dlv attach PID --init ask.dlv');
    expect(howToRun('rr', 1).command).toContain('rr replay');
    expect(howToRun('lldb', 1).command).toContain('-s ask.lldb');
  });
});
