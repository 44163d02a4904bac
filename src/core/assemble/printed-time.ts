/** The time that a log printed on a line of the original document. */
import type { SourceDocument } from '../model/document.ts';

/** Bytes of the line that are looked at on either side of the offset. */
const reach = 600;

/** Lines looked at above one without a time: the program's own log before its crash. */
const linesAbove = 3;

const iso = /\b(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)?/;
/** RFC 3164: no year. */
const bsd = /\b[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\b/;
/** Milliseconds since 1970 at the start of a line or in a record. */
const milliseconds = /(?:^|[":,\t ])(1[4-9]\d{11})(?=[\t ,"}])/;

const decoder = new TextDecoder('latin1');

/** ISO 8601 where the line has a year, as printed otherwise; undefined where neither it nor the lines above have a time. */
export function printedTime(document: SourceDocument | undefined, offset: number): string | undefined {
  if (document === undefined) return undefined;
  const { bytes } = document;
  let at = offset;
  for (let line = 0; line <= linesAbove; line++) {
    let start = at;
    while (start > 0 && at - start < reach && bytes[start - 1] !== 10) start--;
    const feed = bytes.subarray(at, at + reach).indexOf(10);
    const time = timeIn(decoder.decode(bytes.subarray(start, feed < 0 ? at + reach : at + feed)));
    if (time !== undefined || start === 0) return time;
    at = start - 1;
  }
  return undefined;
}

function timeIn(line: string): string | undefined {
  const match = iso.exec(line);
  if (match !== null) {
    const [, year, month, day, clock, fraction, zone] = match;
    return `${year ?? ''}-${month ?? ''}-${day ?? ''}T${clock ?? ''}${fraction === undefined ? '' : `.${fraction}`}${zone ?? ''}`;
  }
  const since = milliseconds.exec(line)?.[1];
  if (since !== undefined) return new Date(Number(since)).toISOString();
  return bsd.exec(line)?.[0];
}
