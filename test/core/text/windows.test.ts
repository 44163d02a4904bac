/** A text that is read through a window gives what it gives as a whole, however small the window is. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDocuments } from '../../../src/core/input/index.ts';
import { lineStartsOf } from '../../../src/core/input/lines.ts';
import { StoredLines } from '../../../src/core/input/pending-lines.ts';
import { FrameColumns, GoroutineColumns, StringTable } from '../../../src/core/model/columns.ts';
import type { SourceDocument } from '../../../src/core/model/document.ts';
import { identityOrigin } from '../../../src/core/model/origin.ts';
import type { CaseColumns } from '../../../src/core/model/record.ts';
import type { WindowSizes } from '../../../src/core/text/cursor.ts';
import { readText } from '../../../src/core/text/index.ts';

const root = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => statSync(join(root, path)).isFile() && !path.endsWith('.ts') && !path.endsWith('.json'))
  .sort();

/** Texts without their layers, each once. */
const texts: { path: string; bytes: Uint8Array }[] = [];
for (const path of paths) {
  const [document] = await openDocuments([{ name: path, bytes: new Uint8Array(readFileSync(join(root, path))) }]);
  if (document !== undefined) texts.push({ path, bytes: document.text.bytes });
}

/** `pending`: stored, and its lines are found while it is read. */
function documentOf(bytes: Uint8Array, held: 'whole' | 'stored' | 'pending'): SourceDocument {
  const lineStarts = lineStartsOf(bytes);
  const text = { bytes, lineStarts, origin: identityOrigin(bytes.length) };
  const document = { id: 0, name: 'text', byteLength: bytes.length, bytes, lineStarts, layers: [], text };
  if (held === 'whole') return document;
  // What is read is good until the next read only.
  const store = { length: bytes.length, read: lending(bytes), ...(bytes.length % 2 === 0 ? { readInto: into(bytes) } : {}) };
  const stored = { ...document, store, bytes: new Uint8Array(0), text: { ...text, bytes: new Uint8Array(0) } };
  if (held === 'stored') return stored;
  const pendingLines = new StoredLines(store, bytes.length);
  return { ...stored, lineStarts: new Uint32Array(1), text: { ...stored.text, lineStarts: new Uint32Array(1) }, pendingLines };
}

function into(bytes: Uint8Array): (start: number, target: Uint8Array) => number {
  return (start, target) => {
    const given = bytes.subarray(start, start + target.length);
    target.set(given);
    return given.length;
  };
}

function lending(bytes: Uint8Array): (start: number, end: number) => Uint8Array {
  let lent = new Uint8Array(0);
  return (start, end) => {
    lent.fill(0xff);
    lent = bytes.slice(start, end);
    return lent;
  };
}

function read(document: SourceDocument, sizes?: WindowSizes) {
  const columns: CaseColumns = { strings: new StringTable(), frames: new FrameColumns(), goroutines: new GoroutineColumns() };
  const records = readText(document, columns, sizes);
  return { records, strings: columns.strings.values, frames: columns.frames.table(), goroutines: columns.goroutines.table() };
}

function expectSame(bytes: Uint8Array, sizes: WindowSizes): void {
  const whole = read(documentOf(bytes, 'whole'));
  expect(read(documentOf(bytes, 'stored'), sizes)).toEqual(whole);
  const pending = documentOf(bytes, 'pending');
  expect(read(pending, sizes)).toEqual(whole);
  expect((pending.pendingLines?.escape ?? -1) >= 0).toBe(bytes.includes(27));
}

describe('text behind a window', () => {
  it('has fixtures', () => {
    expect(texts.length).toBeGreaterThan(200);
  });

  it.each(texts)('of one record and nothing else: $path', ({ bytes }) => {
    expectSame(bytes, { slide: 0, before: 0, ahead: 1, room: 1 });
  });

  it.each(texts)('of the usual size: $path', ({ bytes }) => {
    expectSame(bytes, { slide: 1 << 20, before: 1 << 16, ahead: 1 << 18, room: 1 << 22 });
  });

  it('whose lines are found on the way, more and shorter ones than its sample has', () => {
    const dump = (texts.find(({ path }) => path.includes('text/')) ?? { bytes: new Uint8Array(0) }).bytes;
    const long = Buffer.from(`${'x'.repeat(400)}\n`.repeat(2000));
    const short = Buffer.from('a\n\n'.repeat(40_000));
    for (const parts of [
      [long, dump, short, dump, long],
      [short, dump, long, short, dump],
    ])
      expectSame(new Uint8Array(Buffer.concat(parts)), { slide: 1 << 20, before: 1 << 16, ahead: 1 << 18, room: 1 << 22 });
  });

  it('whose room is too small for a record: no throw, a class for every line', () => {
    for (const { bytes } of texts) {
      const { records } = read(documentOf(bytes, 'stored'), { slide: 0, before: 0, ahead: 1, room: 1 });
      expect(records.lineClass.length).toBe(lineStartsOf(bytes).length - 1);
      expect(records.lineClass.every((one) => one <= 2)).toBe(true);
    }
  });

  it('of any size, on texts that follow each other', () => {
    const some = fc.array(fc.constantFrom(...texts), { minLength: 1, maxLength: 12 });
    const sizes = fc.record({
      slide: fc.nat(40_000),
      before: fc.nat(4000),
      ahead: fc.integer({ min: 1, max: 20_000 }),
      room: fc.integer({ min: 1, max: 100_000 }),
    });
    fc.assert(
      fc.property(some, sizes, (chosen, window) => {
        expectSame(new Uint8Array(Buffer.concat(chosen.map(({ bytes }) => bytes))), window);
      }),
      { numRuns: 60 },
    );
  });
});
