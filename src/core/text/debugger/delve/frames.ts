/** One frame of two lines: ` 3  0x00000000004666aa in runtime.traceStack` and `    at /usr/…/tracestack.go:129`. */
import { parseAddress, type Address } from '../../../model/address.ts';
import { withoutAbi } from '../../../model/function-name.ts';
import { FrameFlag } from '../../../model/goroutine.ts';
import type { LineCursor } from '../../cursor.ts';
import { ascii, isDigit, skipSpace, startsWith } from '../../bytes.ts';
import type { RecordSink } from '../../reader.ts';
import { lineText } from '../lines.ts';

const gap = ascii('  0x');
const call = /^[ \t]{0,24}(\d{1,7})  (0x[0-9a-f]{8,16}) in (\S.{0,1000})$/;
const place = /^[ \t]{1,32}at (\S.{0,1000}):(-?\d{1,9})$/;

export interface DelveFrame {
  level: number;
  pc: Address;
  function: string;
  file: string;
  line: number;
  lines: number;
}

/** Digits, two blanks and a hexadecimal number: looks at bytes only. */
function beginsNumbered(cursor: LineCursor, index: number): boolean {
  const end = cursor.end(index);
  const { bytes } = cursor;
  const from = skipSpace(bytes, cursor.start(index), end);
  let at = from;
  while (at < end && isDigit(bytes[at])) at++;
  return at > from && startsWith(bytes, at, end, gap);
}

/** The frame at line `index`; undefined when its two lines do not stand there. */
export function readDelveFrame(cursor: LineCursor, index: number): DelveFrame | undefined {
  if (!beginsNumbered(cursor, index)) return undefined;
  const first = call.exec(lineText(cursor, index).trimEnd());
  if (first === null) return undefined;
  const pc = parseAddress(first[2] ?? '');
  const second = place.exec(lineText(cursor, index + 1).trimEnd());
  if (pc === undefined || second === null) return undefined;
  const printed = first[3] ?? '';
  return {
    level: Number(first[1]),
    pc,
    function: printed === '???' ? '' : withoutAbi(printed),
    file: second[1] === '?' ? '' : (second[1] ?? ''),
    line: Math.max(0, Number(second[2])),
    lines: 2,
  };
}

export function addDelveFrame(
  cursor: LineCursor,
  sink: RecordSink,
  index: number,
  frame: Omit<DelveFrame, 'level' | 'lines'>,
): number {
  const columns = sink.columns.frames;
  const row = columns.add();
  const { data } = columns;
  data.functionName[row] = sink.columns.strings.intern(frame.function);
  data.file[row] = sink.columns.strings.intern(frame.file);
  data.line[row] = frame.line;
  data.pc[row] = frame.pc;
  data.flags[row] = FrameFlag.hasPc;
  data.textLine[row] = index;
  data.document[row] = cursor.document;
  return row;
}

/** Frames that share a pc are one physical frame: the inner ones are inlined. The same function twice is recursion. */
export function settleInlined(sink: RecordSink, frameStart: number): void {
  const { data, length } = sink.columns.frames;
  for (let row = frameStart; row + 1 < length; row++)
    if (data.pc[row] === data.pc[row + 1] && data.functionName[row] !== data.functionName[row + 1])
      data.flags[row] = (data.flags[row] ?? 0) | FrameFlag.inlined;
}
