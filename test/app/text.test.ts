import { beforeAll, describe, expect, it } from 'vitest';
import { linesText, recognisedParts } from '../../src/app/features/parts/recognised.ts';
import { factAt } from '../../src/app/features/text/fact-at.ts';
import { lineRuns } from '../../src/app/features/text/line-runs.ts';
import { lineBounds, lineByteLimit, lineCount, linePieces } from '../../src/app/features/text/lines.ts';
import type { Selection } from '../../src/app/stores/selection-store.ts';
import { lineOfOffset } from '../../src/core/model/positions.ts';
import type { TableView } from '../../src/core/model/tables.ts';
import type { CaseView, DocumentView, SnapshotView } from '../../src/worker/protocol.ts';
import { openCase, session } from './open-case.ts';

interface Opened {
  view: CaseView;
  document: DocumentView;
  snapshot: SnapshotView;
  tables: TableView;
}

async function open(text: string): Promise<Opened> {
  const view = await openCase(text);
  const document = view.documents[0];
  const snapshot = view.snapshots[0];
  if (document === undefined || snapshot === undefined) throw new Error('empty case');
  const { strings, frames, goroutines } = snapshot.snapshot;
  return { view, document, snapshot, tables: { strings, frames, goroutines, documents: view.documents } };
}

function chosen({ document, snapshot, tables }: Opened, text: string, what: string): Partial<Selection> | undefined {
  const at = text.indexOf(what);
  expect(at).toBeGreaterThanOrEqual(0);
  const { start, end } = lineBounds(document, lineOfOffset(document.lineStarts, at));
  return factAt(tables, snapshot, { document: 0, at, lineStart: start, lineEnd: end });
}

describe.each([
  ['as printed', session],
  ['quoted in a mail', session.replace(/^/gm, '> ')],
])('from the text to the other views, %s', (_name, text) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open(text);
  });

  it('goes from a value to its word', () => {
    expect(chosen(opened, text, '0x000000c000040ef0')?.address).toBe(0xc000040eb0n);
    expect(chosen(opened, text, '0xc000040ea8:')?.address).toBe(0xc000040ea8n);
  });

  it('goes from both lines of a frame to the frame and its goroutine', () => {
    const { strings, frames } = opened.snapshot.snapshot;
    for (const what of ['main.(*shard).add', 'main.go:15']) {
      const fact = chosen(opened, text, what);
      expect(strings[frames.functionName[fact?.frameRow ?? -1] ?? 0]).toBe('main.(*shard).add');
      expect(fact?.goroutine).toBe('2');
      expect(fact?.address).toBe(0xc000040ed8n);
    }
    expect(chosen(opened, text, 'serve.go:40')?.goroutine).toBe('17');
  });

  it('goes from a header to its goroutine', () => {
    expect(chosen(opened, text, 'goroutine 18 gp')?.goroutine).toBe('18');
  });
});

it('makes nothing of prose', async () => {
  const text = `A word before.\n\n${session}\nA word after it.\n`;
  expect(chosen(await open(text), text, 'A word before')).toBeUndefined();
  expect(chosen(await open(text), text, 'A word after')).toBeUndefined();
});

describe('lines', () => {
  it('cuts a line around a range, in bytes', async () => {
    const { document } = await open('äöü: «x»\r\nnext\n');
    const start = new TextEncoder().encode('äöü: ').length;
    const range = { document: 0, start, end: start + new TextEncoder().encode('«x»').length };
    expect(linePieces(document, 0, range)).toEqual([
      { text: 'äöü: ', marked: false },
      { text: '«x»', marked: true },
    ]);
    expect(linePieces(document, 1, range)).toEqual([{ text: 'next', marked: false }]);
    expect(lineCount(document)).toBe(2);
  });

  it('shows the start of an enormous line and says how much is left', async () => {
    const { document } = await open('x'.repeat(lineByteLimit + 1234));
    const pieces = linePieces(document, 0, undefined);
    expect(pieces[0]?.text.length).toBe(lineByteLimit);
    expect(pieces[1]?.text).toContain('1,234 bytes more');
  });

  it('joins neighbouring lines of one class', () => {
    expect(lineRuns(Uint8Array.of(1, 1, 0, 2, 2))).toEqual([
      { first: 0, last: 1, value: 1 },
      { first: 2, last: 2, value: 0 },
      { first: 3, last: 4, value: 2 },
    ]);
    expect(lineRuns(new Uint8Array())).toEqual([]);
  });
});

describe('what was pasted', () => {
  it('counts the forms and says where they stand', async () => {
    const { view, snapshot, tables } = await open(session);
    const parts = recognisedParts(tables, snapshot.snapshot);
    const crash = parts.find((part) => part.kind === 'crash');
    const words = parts.find((part) => part.kind === 'words');
    expect(crash?.amount).toBe('3 goroutines');
    expect(words?.amount).toBe('4 words');
    if (words?.source === undefined || crash?.source === undefined) throw new Error('no source');
    expect(linesText(words.source, view.documents)).toBe('lines 2–3');
    expect(linesText(crash.source, view.documents)).toBe('lines 5–30');
  });
});
