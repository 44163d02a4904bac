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
