import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { openDocuments } from '../../../src/core/input/index.ts';
import type { SourceDocument } from '../../../src/core/model/document.ts';
import { originRange } from '../../../src/core/model/origin.ts';
import { originalToText } from '../../../src/core/model/positions.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export const fixtures = ['clobbered-frame-pointer', 'bad-pointer', 'return-pc', 'printed-value', 'lines-in-value'];

export function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/input/${name}.txt`, import.meta.url), 'utf8');
}

export async function open(content: string | Uint8Array): Promise<SourceDocument> {
  const bytes = typeof content === 'string' ? encoder.encode(content) : content;
  const [document] = await openDocuments([{ name: 'input.txt', bytes }]);
  if (document === undefined) throw new Error('one part gives one document');
  return document;
}

export function textOf(document: SourceDocument): string {
  return decoder.decode(document.text.bytes);
}

export function linesOf(document: SourceDocument): string[] {
  return textOf(document).split('\n');
}

/** What the map promises: pieces join without gaps, follow the document's order, and copies are copies. */
export function expectExactOrigin({ bytes, text }: SourceDocument): void {
  const { textStart, originStart, originEnd, copied } = text.origin;
  let end = 0;
  let endOrigin = 0;
  for (let piece = 0; piece < textStart.length; piece++) {
    const from = textStart[piece] ?? -1;
    const to = textStart[piece + 1] ?? text.bytes.length;
    const start = originStart[piece] ?? -1;
    const past = originEnd[piece] ?? -1;
    expect(from).toBe(end);
    expect(start).toBeLessThanOrEqual(past);
    expect(past).toBeGreaterThanOrEqual(endOrigin);
    if (copied[piece] === 1) {
      expect(past - start).toBe(to - from);
      expect(text.bytes.subarray(from, to)).toEqual(bytes.subarray(start, past));
      expect(originRange(text.origin, 0, from, to)).toEqual({ document: 0, start, end: past });
      if (to > from) expect(originalToText(text.origin, start)).toBe(from);
    }
    end = to;
    endOrigin = past;
  }
  expect(end).toBe(text.bytes.length);
}
