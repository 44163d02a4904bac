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

/** Layers that put lines in another order. */
const reordering = ['reversed', 'go-test-json'];

/**
 * What the map promises: pieces join without gaps, follow the document's order (unless a layer changes it), and copies
 * are copies.
 */
export function expectExactOrigin({ bytes, text, layers }: SourceDocument): void {
  const ordered = !layers.some((layer) => reordering.includes(layer));
  const { textStart, originStart, originEnd, copied } = text.origin;
  const broken: string[] = [];
  const promise = (held: boolean, what: string, piece: number) => {
    if (!held) broken.push(`${what} (piece ${piece})`);
  };
  let end = 0;
  let endOrigin = 0;
  for (let piece = 0; piece < textStart.length; piece++) {
    const from = textStart[piece] ?? -1;
    const to = textStart[piece + 1] ?? text.bytes.length;
    const start = originStart[piece] ?? -1;
    const past = originEnd[piece] ?? -1;
    promise(from === end, 'pieces join', piece);
    promise(start <= past, 'a piece has a length', piece);
    if (ordered) promise(past >= endOrigin, 'pieces stand in order', piece);
    if (copied[piece] === 1) {
      promise(past - start === to - from, 'a copy keeps its length', piece);
      promise(sameBytes(text.bytes.subarray(from, to), bytes.subarray(start, past)), 'a copy is a copy', piece);
      const range = originRange(text.origin, 0, from, to);
      promise(range.start === start && range.end === past, 'a copy has its range', piece);
      if (to > from) promise(originalToText(text.origin, start) === from, 'and the way back', piece);
    }
    end = to;
    endOrigin = past;
  }
  expect(broken).toEqual([]);
  expect(end).toBe(text.bytes.length);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
