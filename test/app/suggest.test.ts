import { describe, expect, it } from 'vitest';
import { commands } from '../../src/app/commands.ts';
import { addressIn, suggest } from '../../src/app/features/palette/suggest.ts';
import { breakable, shortName } from '../../src/app/ui/code-parts.ts';
import { openCase, session } from './open-case.ts';

async function searched() {
  const view = await openCase(
    `(gdb) info registers\nrax            0x0                 0\nrbp            0xc000040ea8        0xc000040ea8\nrsp            0xc000040e90        0xc000040e90\n${session}`,
  );
  const first = view.snapshots[0];
  if (first === undefined) throw new Error('no snapshot');
  return { snapshot: first.snapshot, findings: first.findings, commands, owner: '2' };
}

describe('what a query can mean', () => {
  it('reads addresses, with and without prefix, and sums of registers', async () => {
    const { snapshot } = await searched();
    expect(addressIn('0xc000040ea8', snapshot)).toBe(0xc000040ea8n);
    expect(addressIn('c000040ea8', snapshot)).toBe(0xc000040ea8n);
    expect(addressIn('0xc000040ea8+8', snapshot)).toBe(0xc000040eb0n);
    expect(addressIn('rbp - 0x8', snapshot)).toBe(0xc000040ea0n);
    expect(addressIn('rzz+8', snapshot)).toBeUndefined();
    expect(addressIn('0x8-0x10', snapshot)).toBeUndefined();
    expect(addressIn('chansend', snapshot)).toBeUndefined();
  });

  it('puts the function that is called so before one that contains the word, in the goroutine looked at', async () => {
    const all = await searched();
    const [first] = suggest('add', all);
    expect(first?.title).toBe('main.(*shard).add');
    expect(first?.target).toMatchObject({ kind: 'frame', goroutine: '2' });
  });

  it('lists the words that hold a value', async () => {
    const all = await searched();
    const places = suggest('0xc000062070', all).filter(({ what }) => what === 'holds this value');
    expect(places.map(({ title }) => title)).toContain('0xc000040ea8');
  });

  it('shows findings and commands for nothing, commands alone behind >', async () => {
    const all = await searched();
    expect(suggest('', all)[0]?.target.kind).toBe('finding');
    expect(suggest('> problem', all).map(({ title }) => title)).toEqual(['Next problem', 'Previous problem']);
    expect(suggest('no such thing', all)).toEqual([]);
  });
});

describe('long names', () => {
  it('leaves out the import path of functions, and of nothing else', () => {
    expect(shortName('github.com/dgryski/go-metro.Hash64')).toBe('go-metro.Hash64');
    expect(shortName('example.com/x/cdata.(*exporter).finish')).toBe('cdata.(*exporter).finish');
    expect(shortName('/usr/local/go/src/runtime/chan.go:12')).toBe('/usr/local/go/src/runtime/chan.go:12');
    expect(shortName('runtime/chan.go:12')).toBe('runtime/chan.go:12');
    expect(shortName('main.main')).toBe('main.main');
  });

  it('breaks after slashes and before the dots of names', () => {
    expect(breakable('example.com/b/c.(*d).e')).toEqual(['example', '.com/', 'b/', 'c', '.(*d)', '.e']);
    expect(breakable('src/runtime/chan.go:12')).toEqual(['src/', 'runtime/', 'chan.go:12']);
    expect(breakable('main.main')).toEqual(['main.main']);
    expect(breakable('mov $0x30bc5b29,%rbp.x')).toHaveLength(1);
  });
});
