/** From source ranges to line numbers, as people count them, and to the lines themselves. */
import { documentBytes, documentLength } from '../model/bytes.ts';
import type { SourceDocument } from '../model/document.ts';
import type { SourceRange } from '../model/source.ts';

type Documents = readonly SourceDocument[];

/** Number of the line (from 1) of the document that holds the first byte of `source`. */
export function lineNumber(documents: Documents, source: SourceRange | undefined): number | undefined {
  if (source === undefined) return undefined;
  const starts = documents[source.document]?.lineStarts;
  return starts === undefined ? undefined : lineAt(starts, source.start) + 1;
}

/** Index of the line that holds byte `at`; `starts` has one entry past the end. */
function lineAt(starts: Uint32Array, at: number): number {
  let low = 0;
  let high = Math.max(0, starts.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

export interface QuotedLine {
  document: number;
  /** From 1. */
  line: number;
  text: string;
}

const decoder = new TextDecoder('utf-8');
/** Most bytes of one line that are quoted, and how many of them may stand before the quoted fact. */
const quotedBytes = 600;
const leadBytes = 120;

/** The lines of `source`, at most `most`; of a very long line the part around the source. */
export function quotedLines(documents: Documents, source: SourceRange, most: number): QuotedLine[] {
  const document = documents[source.document];
  if (document === undefined) return [];
  const { lineStarts } = document;
  const first = lineAt(lineStarts, source.start);
  const last = lineAt(lineStarts, Math.max(source.start, source.end - 1));
  const quoted: QuotedLine[] = [];
  for (let line = first; line <= last && line < first + most; line++) {
    const lineStart = lineStarts[line] ?? 0;
    const lineEnd = lineStarts[line + 1] ?? documentLength(document);
    const start = lineEnd - lineStart <= quotedBytes ? lineStart : Math.max(lineStart, source.start - leadBytes);
    const end = Math.min(lineEnd, start + quotedBytes);
    const text = decoder.decode(documentBytes(document, start, end)).replace(/[\r\n]+$/, '');
    quoted.push({
      document: source.document,
      line: line + 1,
      text: `${start > lineStart ? '…' : ''}${text}${end < lineEnd ? '…' : ''}`,
    });
  }
  return quoted;
}
