/**
 * `hexdump FILE` (`0000000 ae2d 00c0 …`), `od FILE` (octal) and `od -t x1` without characters behind: told by offsets that follow each
 * other, or by the length on the last line. Offsets of a file are no addresses, so the rows are kept.
 */
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type TextReader } from '../reader.ts';
import { lineText } from '../debugger/lines.ts';

const row = /^([0-9a-f]{6,12})((?: {1,4}[0-9a-f]{2,16}){1,16})$/;
const last = /^[0-9a-f]{6,12}$/;
const star = /^\*$/;

interface Row {
  digits: string;
  bytes: number;
}

function readRow(cursor: LineCursor, index: number): Row | undefined {
  const match = row.exec(lineText(cursor, index).trim());
  if (match === null) return undefined;
  const groups = (match[2] ?? '').trim().split(/ +/);
  const width = groups[0]?.length ?? 0;
  if (groups.some((group) => group.length !== width)) return undefined;
  // Six or three octal digits are two bytes or one; otherwise two digits are a byte.
  const size = width === 6 ? 2 : width === 3 ? 1 : width / 2;
  return Number.isInteger(size) ? { digits: match[1] ?? '', bytes: groups.length * size } : undefined;
}

/** Does the line behind `row` go on where it ends, in hexadecimal or in octal? */
function continues(from: Row, line: string): boolean {
  const digits = /^[0-9a-f]{6,12}(?= |$)/.exec(line.trim())?.[0];
  if (digits === undefined) return false;
  const apart = (base: number) => parseInt(digits, base) - parseInt(from.digits, base);
  if (last.test(line.trim())) return (apart(16) > 0 && apart(16) <= from.bytes) || (apart(8) > 0 && apart(8) <= from.bytes);
  return apart(16) === from.bytes || apart(8) === from.bytes;
}

export const plainDumpReader: TextReader = {
  name: 'plain hexdump',
  begins: '0123456789abcdef',
  accepts: ({ digits }) => digits >= 6,
  recognise(cursor, index) {
    const from = readRow(cursor, index);
    if (from === undefined) return false;
    const next = lineText(cursor, index + 1);
    return continues(from, next) || (star.test(next.trim()) && /^[0-9a-f]{6,12}(?: |$)/.test(lineText(cursor, index + 2).trim()));
  },
  parse(cursor, index, sink) {
    let next = index + 1;
    for (; next < cursor.count; next++) {
      const line = lineText(cursor, next).trim();
      if (!row.test(line) && !last.test(line) && !star.test(line)) break;
    }
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
