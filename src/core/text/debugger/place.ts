/** The place that `finish`, `step`, `target remote` and the like print without a stop line: `0x… in f (…) at file:3`. */
import { isDigit } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { readFrame } from './frame-line.ts';
import { readPlainPlace } from './runs/break-stop.ts';
import { firstByte, goesOn, lineText } from './lines.ts';
import { learnArguments } from './struct-fact.ts';
import { isSourceEcho } from './source-echo.ts';

const withAddress = /^[ \t]{0,16}0x[0-9a-f]{1,16} in \S/;
const steppedInto = /^[ \t]{0,16}0x[0-9a-f]{8,16}\t\d{1,7}\t/;
const sourceLine = /^\d{1,7}\t/;
const withoutAddress = /^[ \t]{0,16}[\w.$*~·]\S*.* \(/;

function isLetter(byte: number): boolean {
  return (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90);
}

/** Directly behind something recognised in a session: output of its command. */
function followsOutput(cursor: LineCursor, index: number, sink: RecordSink): boolean {
  return sink.command !== '' && goesOn(cursor, index, sink);
}

/** Does a blank stand in front of a parenthesis in line `index`? Looks at bytes only. */
function holdsOpening(cursor: LineCursor, index: number): boolean {
  const { bytes } = cursor;
  const end = cursor.end(index);
  for (let at = cursor.start(index) + 1; at < end; at++) if (bytes[at] === 40 && bytes[at - 1] === 32) return true;
  return false;
}

const others = '.$*~_\u00c2';

export const placeReader: TextReader = {
  name: 'debugger place',
  accepts: ({ first }) => isDigit(first) || isLetter(first) || others.includes(String.fromCharCode(first)),
  recognise(cursor, index, sink) {
    const byte = firstByte(cursor, index);
    if (byte === 48 && (withAddress.test(lineText(cursor, index)) || steppedInto.test(lineText(cursor, index)))) return true;
    if (byte === 0 || !followsOutput(cursor, index, sink)) return false;
    if (isDigit(byte) && sourceLine.test(lineText(cursor, index))) return true;
    return holdsOpening(cursor, index) && withoutAddress.test(lineText(cursor, index));
  },
  parse(cursor, index, sink) {
    const line = lineText(cursor, index);
    const plain = sink.closely === true ? 0 : readPlainPlace(cursor, index, sink);
    if (plain > 0) return plain;
    let count = steppedInto.test(line) || sourceLine.test(line) ? 1 : 0;
    if (count === 0) {
      const frame = readFrame(cursor, index);
      if (frame === undefined || frame.level !== undefined) return 0;
      if (frame.argumentEnd > frame.argumentStart) learnArguments(sink, cursor.slice(frame.argumentStart, frame.argumentEnd));
      count = frame.lines;
      if (isSourceEcho(lineText(cursor, index + count))) count++;
    }
    markRecognised(sink, index, count);
    return count;
  },
};
