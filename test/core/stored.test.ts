/** A case whose bytes stand in a store is the case that it is in memory. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analyse, toMarkdown, toReport, toText, type ByteStore } from '../../src/core/index.ts';

const root = fileURLToPath(new URL('../fixtures/', import.meta.url));
const paths = ['acceptance', 'adversarial', 'debugger', 'diagnose', 'input', 'text']
  .flatMap((room) => readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((path) => join(room, path)))
  .filter((path) => statSync(join(root, path)).isFile() && !path.endsWith('.ts') && !path.endsWith('.json'))
  .sort();

/** What was read before is overwritten by the next read. */
function storeOf(bytes: Uint8Array): ByteStore {
  let lent = new Uint8Array(0);
  return {
    length: bytes.length,
    read(start, end) {
      lent.fill(0xff);
      lent = bytes.slice(start, end);
      return lent;
    },
  };
}

async function written(name: string, bytes: Uint8Array | ByteStore): Promise<string[]> {
  const analysed = await analyse([{ name, bytes }]);
  return [JSON.stringify(toReport(analysed)), toMarkdown(analysed), toText(analysed, { color: false, ascii: false })];
}

describe('reports of stored bytes', () => {
  it.each(paths)('%s', async (path) => {
    const bytes = new Uint8Array(readFileSync(join(root, path)));
    expect(await written(path, storeOf(bytes))).toEqual(await written(path, bytes));
  });
});

describe('a stored dump whose lines are found while it is read', () => {
  const block = (id: number, call: string) =>
    `goroutine ${id} [select]:\nmain.${call}(0x${id})\n\t/srv/main.go:7 +0x1\ncreated by main.start in goroutine 1\n\t/srv/main.go:9 +0x3\n\n`;
  const blocks = (count: number) => Array.from({ length: count }, (_unused, index) => block(index + 1, 'work')).join('');

  it.each([
    ['late', 4000, 4000],
    ['in the first lines behind the sample', 800, 8000],
    ['nowhere', 8000, 0],
  ])('has an escape %s: it is opened as what it is', async (where, before, behind) => {
    const coloured = where === 'nowhere' ? '' : block(7, '\u001b[31mwork\u001b[0m');
    const bytes = new TextEncoder().encode(blocks(before) + coloured + blocks(behind));
    const [stored, whole] = [await analyse([{ name: 'a', bytes: storeOf(bytes) }]), await analyse([{ name: 'a', bytes }])];
    expect(stored.documents[0]?.layers).toEqual(whole.documents[0]?.layers);
    expect(stored.documents[0]?.layers).toEqual(where === 'nowhere' ? [] : ['ansi']);
    expect(stored.documents[0]?.lineStarts).toEqual(whole.documents[0]?.lineStarts);
    expect(JSON.stringify(toReport(stored, { summary: true }))).toEqual(JSON.stringify(toReport(whole, { summary: true })));
  });

  it('a session with an escape late is opened as what it is', async () => {
    const rows = (count: number) =>
      '(gdb) x/2gx 0xc000010000\n0xc000010000:\t0x0000000000000001\t0x0000000000000002\n'.repeat(count);
    const bytes = new TextEncoder().encode(`${rows(5000)}\u001b[31m(gdb) \u001b[0mp $rip\n$1 = 7\n${rows(5001)}`);
    const [stored, whole] = [await analyse([{ name: 'a', bytes: storeOf(bytes) }]), await analyse([{ name: 'a', bytes }])];
    expect(stored.documents[0]?.layers).toEqual(['ansi']);
    expect(JSON.stringify(toReport(stored, { summary: true }))).toEqual(JSON.stringify(toReport(whole, { summary: true })));
  });
});
