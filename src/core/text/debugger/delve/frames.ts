/** One frame of two lines: ` 3  0x00000000004666aa in runtime.traceStack` and `    at /usr/…/tracestack.go:129`. */
import { parseAddress, type Address } from '../../../model/address.ts';
import { withoutAbi } from '../../../model/function-name.ts';
import { FrameFlag } from '../../../model/goroutine.ts';
import { highHalf, lowHalf } from '../../../model/halves.ts';
import type { LineCursor } from '../../cursor.ts';
import { ascii, isDigit, skipSpace, startsWith } from '../../bytes.ts';
import type { FrameWriter } from '../../frames/writer.ts';
import type { RecordSink } from '../../reader.ts';
import { lineText } from '../lines.ts';
import { delveFrameRow, scanDelveFrame } from '../runs/delve-frame-row.ts';
import { delveNamesOf } from '../runs/delve-names.ts';

const gap = ascii('  0x');
const call = /^[ \t]{0,24}(\d{1,7})  (0x[0-9a-f]{8,16}) in (\S.{0,1000})$/;
const place = /^[ \t]{1,32}at (\S.{0,1000}):(-?\d{1,9})$/;

/** Lines of a frame. */
export const linesOfFrame = 2;

/** Digits, two blanks and a hexadecimal number: looks at bytes only. */
function beginsNumbered(cursor: LineCursor, index: number): boolean {
  const end = cursor.end(index);
  const { bytes } = cursor;
  const from = skipSpace(bytes, cursor.start(index), end);
  let at = from;
  while (at < end && isDigit(bytes[at])) at++;
  return at > from && startsWith(bytes, at, end, gap);
}

/** Halves of an address. */
export function highOf(address: Address): number {
  return Number(address >> 32n);
}

export function lowOf(address: Address): number {
  return Number(address & 0xffffffffn);
}

/** Reads the frame at line `index` into `delveFrameRow`; false when its two lines do not stand there. */
export function readDelveFrame(
  cursor: LineCursor,
  sink: RecordSink,
  index: number,
  names = delveNamesOf(sink.columns.strings),
): boolean {
  if (sink.closely !== true && scanDelveFrame(cursor, index, names)) return true;
  const { strings } = sink.columns;
  if (index >= cursor.count || !beginsNumbered(cursor, index)) return false;
  const first = call.exec(lineText(cursor, index).trimEnd());
  if (first === null) return false;
  const pc = parseAddress(first[2] ?? '');
  const second = place.exec(lineText(cursor, index + 1).trimEnd());
  if (pc === undefined || second === null) return false;
  const printed = first[3] ?? '';
  delveFrameRow.level = Number(first[1]);
  delveFrameRow.pcHigh = highOf(pc);
  delveFrameRow.pcLow = lowOf(pc);
  delveFrameRow.name = strings.intern(printed === '???' ? '' : withoutAbi(printed));
  delveFrameRow.file = strings.intern(second[1] === '?' ? '' : (second[1] ?? ''));
  delveFrameRow.line = Math.max(0, Number(second[2]));
  return true;
}

/** Writes a frame printed from line `index` on, such as the one in `delveFrameRow`; returns its row. */
export function addDelveFrame(
  cursor: LineCursor,
  writer: FrameWriter,
  index: number,
  frame: Omit<typeof delveFrameRow, 'level'>,
): number {
  const row = writer.addRow(cursor, index);
  const { data, pc } = writer;
  data.functionName[row] = frame.name;
  data.file[row] = frame.file;
  data.line[row] = frame.line;
  pc[2 * row + highHalf] = frame.pcHigh;
  pc[2 * row + lowHalf] = frame.pcLow;
  data.flags[row] = FrameFlag.hasPc;
  return row;
}

/** Frames that share a pc are one physical frame: the inner ones are inlined. The same function twice is recursion. */
export function settleInlined({ data, pc, columns }: FrameWriter, frameStart: number): void {
  const { flags, functionName } = data;
  for (let row = frameStart; row + 1 < columns.length; row++)
    if (
      pc[2 * row + lowHalf] === pc[2 * row + 2 + lowHalf] &&
      pc[2 * row + highHalf] === pc[2 * row + 2 + highHalf] &&
      functionName[row] !== functionName[row + 1]
    )
      flags[row] = (flags[row] ?? 0) | FrameFlag.inlined;
}
