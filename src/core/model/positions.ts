/**
 * The one converter between byte offsets of a document, its lines, an editor's positions and offsets in the decoded
 * string. Bytes decode as UTF-8 the way TextDecoder does: each maximal broken part is one U+FFFD (WHATWG Encoding).
 *
 * Lines are those of the document: they end with a line feed only. An editor that also takes a lone carriage return
 * for a line end (Monaco does) must be given `editorText`, which shows such returns as ␍, one UTF-16 unit as before.
 * CR LF stays: Monaco takes it for one line end, and a position on it is the end of its line. A byte order mark at the
 * very start has no column.
 */
import type { OriginMap, SourceDocument } from './document.ts';
import { pieceAt } from './origin.ts';
import type { SourceRange } from './source.ts';

/** What positions need of a document. */
export type PositionSource = Pick<SourceDocument, 'bytes' | 'lineStarts'>;

/** Monaco's: both from 1; columns count UTF-16 units. */
export interface EditorPosition {
  line: number;
  column: number;
}

export interface EditorRange {
  startLineNumber: number;
  startColumn: number;
  endLineNumber: number;
  endColumn: number;
}

/** Line (from 0) that holds `offset`; offsets past the end belong to the last line, an empty text has line 0. */
export function lineOfOffset(lineStarts: Uint32Array, offset: number): number {
  let low = 0;
  let high = Math.max(0, lineStarts.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The text to give to an editor: decoded, without a byte order mark, lone carriage returns made visible. */
export function editorText(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8').decode(bytes);
  return text.includes('\r') ? text.replace(/\r(?!\n)/g, '\u240d') : text;
}

/** A character of which `offset` is an inner byte begins at its position. */
export function offsetToPosition(document: PositionSource, offset: number): EditorPosition {
  const { bytes, lineStarts } = document;
  const inside = Math.max(0, Math.min(offset, bytes.length));
  // Past a last line feed the editor has one more line, which is empty.
  if (inside === bytes.length && inside > 0 && bytes[inside - 1] === 10) return { line: lineStarts.length, column: 1 };
  const line = lineOfOffset(lineStarts, inside);
  const end = contentEnd(document, line);
  return { line: line + 1, column: unitsBetween(bytes, contentStart(document, line), Math.min(inside, end)) + 1 };
}

/** Lines and columns outside the document are moved to its nearest position. */
export function positionToOffset(document: PositionSource, line: number, column: number): number {
  const { bytes, lineStarts } = document;
  if (line < 1) return 0;
  if (line > lineStarts.length - 1) return bytes.length;
  const end = contentEnd(document, line - 1);
  let at = contentStart(document, line - 1);
  for (let units = 1; at < end;) {
    const step = decodeStep(bytes, at);
    units += step >> 3;
    // A column between the halves of a surrogate pair is the pair's start.
    if (units > column) break;
    at += step & 7;
  }
  return Math.min(at, end);
}

/** The editor's range of a source range; `range.document` is not looked at. */
export function rangeToPositions(document: PositionSource, range: Pick<SourceRange, 'start' | 'end'>): EditorRange {
  const start = offsetToPosition(document, range.start);
  const end = offsetToPosition(document, Math.max(range.start, range.end));
  return { startLineNumber: start.line, startColumn: start.column, endLineNumber: end.line, endColumn: end.column };
}

/** The byte range of an editor's selection. */
export function positionsToRange(document: PositionSource, range: EditorRange): { start: number; end: number } {
  const start = positionToOffset(document, range.startLineNumber, range.startColumn);
  return { start, end: Math.max(start, positionToOffset(document, range.endLineNumber, range.endColumn)) };
}

/** Offset in the decoded string of byte `offset`. Linear in the offset. */
export function offsetToString(bytes: Uint8Array, offset: number): number {
  const start = markLength(bytes);
  return unitsBetween(bytes, start, Math.max(start, Math.min(offset, bytes.length)));
}

/** Byte offset of offset `index` in the decoded string. Linear in the index. */
export function stringToOffset(bytes: Uint8Array, index: number): number {
  let at = markLength(bytes);
  for (let units = 0; at < bytes.length;) {
    const step = decodeStep(bytes, at);
    units += step >> 3;
    if (units > index) break;
    at += step & 7;
  }
  return at;
}

/**
 * The inverse of originRange: offset in the unwrapped text of what was made from byte `offset` of the document; where
 * a layer took the byte away, the next text behind it. Undefined when no text follows.
 */
export function originalToText(origin: OriginMap, offset: number): number | undefined {
  const count = origin.textStart.length;
  const order = documentOrder(origin);
  const piece = (index: number) => (order === undefined ? index : (order[index] ?? 0));
  let low = 0;
  let high = count;
  // The first piece, in the order of the document, that ends behind the offset.
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((origin.originEnd[piece(middle)] ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  if (low === count) return undefined;
  const found = piece(low);
  const text = origin.textStart[found] ?? 0;
  const start = origin.originStart[found] ?? 0;
  return origin.copied[found] === 1 ? text + Math.max(0, offset - start) : text;
}

const orders = new WeakMap<OriginMap, Uint32Array | 'as it stands'>();

/** Pieces in the order of the document, where a layer changed it; undefined where the text keeps it. */
function documentOrder(origin: OriginMap): Uint32Array | undefined {
  let order = orders.get(origin);
  if (order === undefined) {
    const starts = origin.originStart;
    order = 'as it stands';
    if (starts.some((start, index) => index > 0 && start < (starts[index - 1] ?? 0)))
      order = Uint32Array.from(starts.keys()).sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0));
    orders.set(origin, order);
  }
  return order === 'as it stands' ? undefined : order;
}

/** True when byte `offset` is in no piece: a layer took it away. */
export function isRemoved(origin: OriginMap, offset: number): boolean {
  const text = originalToText(origin, offset);
  return text === undefined || (origin.originStart[pieceAt(origin, text)] ?? 0) > offset;
}

function markLength(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

function contentStart({ bytes, lineStarts }: PositionSource, line: number): number {
  return line === 0 ? markLength(bytes) : (lineStarts[line] ?? bytes.length);
}

/** End of the line without LF or CR LF. */
function contentEnd(document: PositionSource, line: number): number {
  const { bytes, lineStarts } = document;
  const start = contentStart(document, line);
  let end = lineStarts[line + 1] ?? bytes.length;
  if (end > start && bytes[end - 1] === 10) {
    end--;
    if (end > start && bytes[end - 1] === 13) end--;
  }
  return end;
}

/** UTF-16 units of the characters that end at or before `to`; `from` is a character's start. */
function unitsBetween(bytes: Uint8Array, from: number, to: number): number {
  let units = 0;
  for (let at = from; at < to;) {
    const step = decodeStep(bytes, at);
    at += step & 7;
    if (at <= to) units += step >> 3;
  }
  return units;
}

/** The character at `at`: its bytes in the low three bits, its UTF-16 units above them. */
function decodeStep(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return oneUnit | 1;
  const needed = lead >= 0xc2 && lead <= 0xdf ? 1 : lead >= 0xe0 && lead <= 0xef ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
  // Bounds of the second byte: no overlong forms, no surrogates, nothing above U+10FFFF.
  let low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  let high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  let length = 1;
  while (length <= needed) {
    const next = bytes[at + length] ?? 0;
    if (next < low || next > high) return oneUnit | length;
    low = 0x80;
    high = 0xbf;
    length++;
  }
  return (needed === 3 ? twoUnits : oneUnit) | length;
}

const oneUnit = 1 << 3;
const twoUnits = 2 << 3;
