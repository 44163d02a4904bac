/** What `find` prints: addresses alone on their lines, then their count. Any other is left to `searchReader`, which gives the same for these. */
import { addressOfHalves, type Address } from '../../../model/address.ts';
import type { ProbeSite } from '../../../model/snapshot.ts';
import type { SourceRange } from '../../../model/source.ts';
import { ascii, startsWith } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { markRecognised, type RecordSink } from '../../reader.ts';
import { soughtBy } from '../search.ts';
import { behindDigits, readHex, wide } from './number.ts';

const patternMark = ascii(' pattern');
const foundMark = ascii(' found.');
const mostDigits = 9;
const lineFeed = 10;
const letterS = 115;

/** By a constructor, which the engine compiles once (`Place` of `model/origin.ts`). */
class Hit {
  readonly address: Address;
  readonly source: SourceRange;

  constructor(address: Address, source: SourceRange) {
    this.address = address;
    this.source = source;
  }
}

/** Is line `index` the count of hits? */
function isCount(cursor: LineCursor, index: number): boolean {
  const start = cursor.start(index);
  const end = cursor.end(index);
  const { bytes } = cursor;
  const digits = behindDigits(bytes, start);
  if (digits === start || digits - start > mostDigits || !startsWith(bytes, digits, end, patternMark)) return false;
  let at = digits + patternMark.length;
  if (bytes[at] === letterS) at++;
  return startsWith(bytes, at, end, foundMark) && at + foundMark.length === end;
}

/** Reads hits from line `index` on, and their count; returns the lines consumed, 0 = a closer look is needed. */
export function readHits(cursor: LineCursor, index: number, sink: RecordSink): number {
  const search: ProbeSite = { hits: [], source: { document: cursor.document, start: 0, end: 0 } };
  let next = index;
  for (; next < cursor.count; next++) {
    const behind = readHex(cursor.bytes, cursor.start(next));
    if (behind < 0 || cursor.bytes[behind] !== lineFeed) break;
    search.hits.push(new Hit(addressOfHalves(wide.high, wide.low), cursor.lineRange(next)));
  }
  if (next === index || next >= cursor.count || !isCount(cursor, next)) return 0;
  next++;
  const value = soughtBy(sink.command);
  if (value !== undefined) search.value = value;
  search.source = cursor.lineRange(index, next - 1);
  sink.facts.push({ kind: 'search', textLine: index, search });
  markRecognised(sink, index, next - index);
  return next - index;
}
