/**
 * One example of every command and form that is read (test/fixtures/debugger/reference), through the layers as a person pastes it, with
 * the facts that it yields in a listing beside it. GOLDEN=update writes these anew.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openDocuments } from '../../../../src/core/input/index.ts';
import { FrameColumns, GoroutineColumns, StringTable } from '../../../../src/core/model/columns.ts';
import { readText } from '../../../../src/core/text/index.ts';
import { render } from '../render.ts';

const folder = new URL('../../../fixtures/debugger/reference/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));

/** `@@ name` begins an example. */
function examplesOf(file: string): { name: string; text: string }[] {
  const whole = readFileSync(new URL(file, folder), 'utf8');
  return whole
    .split(/^@@ /m)
    .slice(1)
    .map((part) => ({ name: part.slice(0, part.indexOf('\n')), text: part.slice(part.indexOf('\n') + 1) }));
}

async function listingOf(text: string): Promise<string> {
  const [document] = await openDocuments([{ name: 'session.txt', bytes: new TextEncoder().encode(text) }]);
  if (document === undefined) return '';
  const columns = { strings: new StringTable(), frames: new FrameColumns(), goroutines: new GoroutineColumns() };
  const shown = { ...document, bytes: document.text.bytes, lineStarts: document.text.lineStarts };
  return render({ document: shown, columns, records: readText(document, columns) });
}

/** Lines that are a person's own, or the program's. */
const ownWords: Readonly<Record<string, string[]>> = { 'custom prompts': ['$ gdb ./x'] };

describe('forms of debuggers and tools', () => {
  it('are all there', () => {
    expect(files.length).toBeGreaterThanOrEqual(8);
    expect(files.flatMap(examplesOf).length).toBeGreaterThanOrEqual(130);
  });

  describe.each(files)('%s', (file) => {
    const examples = examplesOf(file);

    it.each(examples)('$name: no line is lost', async ({ name, text }) => {
      const listing = await listingOf(text);
      const unread = [...listing.matchAll(/^(?:prose|class 2) \d+: (.*)$/gm)].map((match) => match[1]);
      expect(unread).toEqual(ownWords[name] ?? []);
    });

    it('gives the facts that are listed', async () => {
      const listings: string[] = [];
      for (const { name, text } of examples) listings.push(`@@ ${name}\n${await listingOf(text)}`);
      const golden = new URL(file.replace(/\.txt$/, '.facts'), folder);
      if (process.env['GOLDEN'] === 'update') writeFileSync(golden, listings.join(''));
      expect(existsSync(golden)).toBe(true);
      expect(listings.join('')).toBe(readFileSync(golden, 'utf8'));
    });
  });
});
