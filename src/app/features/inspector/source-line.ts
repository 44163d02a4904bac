/** From a byte range to what a link says: the line number and, for several parts, the part's name. */
import { documentBytes, type ByteStore } from '../../../core/model/bytes.ts';
import type { SourceRange } from '../../../core/model/source.ts';

/** The part of a document that is needed. */
export interface LineDocument {
  name: string;
  bytes: Uint8Array;
  store?: ByteStore;
  /** Start of each line, and one past the end. */
  lineStarts: Uint32Array;
}

/** Line of byte `offset`, from 1. */
export function lineAt(document: LineDocument, offset: number): number {
  let low = 0;
  let high = Math.max(0, document.lineStarts.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((document.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

export function lineLabel(documents: readonly LineDocument[], source: SourceRange): string {
  const document = documents[source.document];
  if (document === undefined) return 'text';
  const line = `line ${lineAt(document, source.start).toLocaleString('en-US')}`;
  return documents.length > 1 ? `${document.name}, ${line}` : line;
}

/** Longest quotation under a step. */
const quoteCharacters = 160;
const decoder = new TextDecoder('utf-8');

/** First line of the range as printed, white space folded and cut; '' when it has none. */
export function quotedLine(documents: readonly LineDocument[], source: SourceRange): string {
  const document = documents[source.document];
  if (document === undefined) return '';
  const bytes = documentBytes(document, source.start, Math.min(source.end, source.start + 400));
  const text = decoder.decode(bytes).trimStart();
  const line = (text.split('\n', 1)[0] ?? '').replace(/\s+/g, ' ').trim();
  return line.length > quoteCharacters ? `${line.slice(0, quoteCharacters - 1)}…` : line;
}
