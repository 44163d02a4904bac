/** Lines of a document's own bytes, decoded only when they are shown. */
import { documentBytes, documentLength } from '../../../core/model/bytes.ts';
import { positionToOffset } from '../../../core/model/positions.ts';
import type { SourceRange } from '../../../core/model/source.ts';
import type { DocumentView } from '../../../worker/protocol.ts';

const decoder = new TextDecoder('utf-8');

/** Bytes of one line that are shown: logs can hold megabytes in one. */
export const lineByteLimit = 20_000;

export function lineCount(document: DocumentView): number {
  return Math.max(0, document.lineStarts.length - 1);
}

/** First byte of line `index` and the one past its last, without its line end. */
export function lineBounds(document: DocumentView, index: number): { start: number; end: number } {
  const length = documentLength(document);
  const start = document.lineStarts[index] ?? length;
  let end = document.lineStarts[index + 1] ?? length;
  if (end > start && byteBefore(document, end) === 10) end--;
  if (end > start && byteBefore(document, end) === 13) end--;
  return { start, end };
}

function byteBefore(document: DocumentView, at: number): number | undefined {
  return documentBytes(document, at - 1, at)[0];
}

/** Byte offset of the character at UTF-16 column `column` (from 0) of line `index`. */
export function offsetInLine(document: DocumentView, index: number, column: number): number {
  const { start, end } = lineBounds(document, index);
  const bytes = documentBytes(document, start, Math.min(end, start + lineByteLimit));
  return start + positionToOffset({ bytes, lineStarts: Uint32Array.of(0, bytes.length) }, 1, column + 1);
}

export interface LinePiece {
  text: string;
  marked: boolean;
}

/** The text of a line in at most three pieces: before, inside and after `range`. */
export function linePieces(document: DocumentView, index: number, range: SourceRange | undefined): LinePiece[] {
  const bounds = lineBounds(document, index);
  const end = Math.min(bounds.end, bounds.start + lineByteLimit);
  const cut = (from: number, to: number) => decoder.decode(documentBytes(document, from, to));
  const pieces: LinePiece[] = [];
  const from = range === undefined ? end : Math.min(end, Math.max(bounds.start, range.start));
  const to = range === undefined ? end : Math.min(end, Math.max(from, range.end));
  if (range === undefined || range.document !== document.id || to <= from) {
    pieces.push({ text: cut(bounds.start, end), marked: false });
  } else {
    if (from > bounds.start) pieces.push({ text: cut(bounds.start, from), marked: false });
    pieces.push({ text: cut(from, to), marked: true });
    if (end > to) pieces.push({ text: cut(to, end), marked: false });
  }
  if (end < bounds.end) pieces.push({ text: ` … ${(bounds.end - end).toLocaleString('en')} bytes more`, marked: false });
  return pieces;
}
