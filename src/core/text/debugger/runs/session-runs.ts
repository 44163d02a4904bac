/**
 * The hot forms of a gdb session, found by their first bytes: prompts and what they print. A line that is taken here is one that the
 * readers of the registry would take in the same way; every other is left to them.
 */
import { LineClass } from '../../../model/line-class.ts';
import { ascii, startsWith } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import type { RecordSink } from '../../reader.ts';
import { backtraceReader } from '../backtrace.ts';
import { beginsRow } from '../examine-row.ts';
import { examineReader, readPlainWords } from '../examine.ts';
import { instructionsReader } from '../listing.ts';
import { vmmapReader } from '../telescope/mappings.ts';
import { telescopeReader } from '../telescope/rows.ts';
import { scanTelescope } from '../telescope/scan-row.ts';
import { readBreakStop, readPlainPlace } from './break-stop.ts';
import { readHits } from './hits.ts';
import { instructionRow, scanInstructionRow } from './instruction-row.ts';
import { readHex } from './number.ts';
import { readPlainStruct } from './plain-struct.ts';
import { readPrompt } from './prompt.ts';
import { readRegisterRows } from './register-rows.ts';
import { isPlain } from './stop-head.ts';
import { readThreadHeader } from './thread-header.ts';
import { readWatchStop } from './watch-stop.ts';

const continuing = ascii('Continuing.');
const newThread = ascii('[New Thread ');
const newProcess = ascii('[New LWP ');
const lineFeed = 10;
const tab = 9;
const space = 32;
const zero = 48;
const colon = 58;
const less = 60;
const greater = 62;
const letterC = 67;
const letterI = 105;
const letterX = 120;
/** First byte of the bar in rows of telescopes. */
const barByte = 0xe2;

/** Words, instructions and hits begin with an address: what stands behind it tells them apart. */
function readAddressed(cursor: LineCursor, index: number, start: number, end: number, sink: RecordSink): number {
  const { bytes } = cursor;
  let at = readHex(bytes, start);
  if (at < 0) return scanTelescope(cursor, index) ? telescopeReader.parse(cursor, index, sink) : 0;
  if (bytes[at] === barByte) return scanTelescope(cursor, index) ? telescopeReader.parse(cursor, index, sink) : 0;
  if (bytes[at] === space && bytes[at + 1] === zero && bytes[at + 2] === letterX)
    return vmmapReader.recognise(cursor, index, sink) ? vmmapReader.parse(cursor, index, sink) : 0;
  if (bytes[at] === lineFeed) return readHits(cursor, index, sink);
  // `0x… in f (…) at file:3`
  if (bytes[at] === space && bytes[at + 1] === letterI) return readPlainPlace(cursor, index, sink);
  if (bytes[at] === space && bytes[at + 1] === less) {
    while (at < end && (bytes[at] !== greater || bytes[at + 1] !== colon)) at++;
    at++;
  }
  if (bytes[at] !== colon || bytes[at + 1] !== tab) return 0;
  if (bytes[at + 2] === letterC) return readPlainWords(cursor, index, sink);
  if (bytes[at + 2] === zero && bytes[at + 3] === letterX) {
    const words = readPlainWords(cursor, index, sink);
    if (words > 0) return words;
    return beginsRow(cursor, index) ? examineReader.parse(cursor, index, sink) : 0;
  }
  return scanInstructionRow(cursor, index) ? instructionsReader.parse(cursor, index, sink) : 0;
}

/** Rows of `x/i` that are indented: those of other tools have no function beside their address. */
function readIndented(cursor: LineCursor, index: number, sink: RecordSink): number {
  if (!scanInstructionRow(cursor, index) || instructionRow.nameEnd === instructionRow.nameStart) return 0;
  return instructionsReader.parse(cursor, index, sink);
}

/** `[New Thread 0x… (LWP 28458)]`, which teaches nothing. */
function isThreadNotice(bytes: Uint8Array, start: number, end: number): boolean {
  return (startsWith(bytes, start, end, newThread) || startsWith(bytes, start, end, newProcess)) && isPlain(bytes, start, end);
}

/** Lines taken from line `index` on, in a text that gdb printed; 0 = the readers of the registry are to be asked. */
export function readSession(cursor: LineCursor, index: number, sink: RecordSink): number {
  const start = cursor.start(index);
  const end = (cursor.lineStarts[index + 1] ?? 0) - cursor.base - 1;
  const { bytes } = cursor;
  if (bytes[end] !== lineFeed) return 0;
  const byte = bytes[start] ?? 0;
  switch (byte) {
    case lineFeed:
      sink.lineClass[index] = LineClass.blank;
      return 1;
    case 32: // blank
    case 61: // =>
      return readIndented(cursor, index, sink);
    case 35: // #0
      return backtraceReader.recognise(cursor, index, sink) ? backtraceReader.parse(cursor, index, sink) : 0;
    case 36: // $1 =
      return readPlainStruct(cursor, index, sink);
    case 40: // (gdb)
    case 103: // gef➤
    case 112: // pwndbg>
      return (byte === 40 ? 0 : readRegisterRows(cursor, index, sink)) || readPrompt(cursor, index, start, end, sink);
    case 48: // 0x
      return readAddressed(cursor, index, start, end, sink);
    case 67: // Continuing.
      if (end - start !== continuing.length || !startsWith(bytes, start, end, continuing)) return 0;
      sink.lineClass[index] = LineClass.recognised;
      return 1;
    case 66: // Breakpoint
      return readBreakStop(cursor, index, sink);
    case 84: // Thread
      return (
        readThreadHeader(cursor, index, start, end, sink) ||
        readWatchStop(cursor, index, sink) ||
        readBreakStop(cursor, index, sink)
      );
    case 72: // Hardware
    case 87: // Watchpoint
      return readWatchStop(cursor, index, sink);
    case 91: // [New Thread
      if (!isThreadNotice(bytes, start, end)) return 0;
      sink.lineClass[index] = LineClass.recognised;
      return 1;
    default:
      return byte >= 97 && byte <= 122 ? readRegisterRows(cursor, index, sink) : 0;
  }
}
