/**
 * The hot forms of an LLDB session, found by their first bytes, as `session-runs.ts` does it for gdb: every line that is not taken here
 * is left to the readers of the registry.
 */
import { LineClass } from '../../../model/line-class.ts';
import { ascii, startsWith } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import type { RecordSink, TextReader } from '../../reader.ts';
import { lldbCommandReader } from '../lldb/command.ts';
import { lldbListingReader } from '../lldb/listing.ts';
import { lldbMemoryReader } from '../lldb/memory.ts';
import { lldbRegisterReader } from '../lldb/registers.ts';
import { lldbFrameReader, lldbThreadReader } from '../lldb/stack.ts';
import { scanLldbFrame } from './lldb-frame-row.ts';
import { scanLldbThread } from './lldb-thread-row.ts';

const prompt = ascii('(lldb) ');
const registers = ascii('General Purpose Registers:');
const lineFeed = 10;
const space = 32;
const parenthesis = 40;
const star = 42;
const zero = 48;
const colon = 58;
const letterF = 102;
const letterG = 71;
const letterT = 116;
const tick = 96;
const letterX = 120;

function ask(reader: TextReader, cursor: LineCursor, index: number, sink: RecordSink): number {
  return reader.recognise(cursor, index, sink) ? reader.parse(cursor, index, sink) : 0;
}

/** `inventory`runtime.f:` in bytes [start, end), above its instructions. */
function isHeading(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[end - 1] !== colon) return false;
  let at = start;
  for (let byte = bytes[at] ?? 0; byte !== tick; byte = bytes[++at] ?? 0) if (byte <= space || at >= end) return false;
  return at > start;
}

/** Lines taken from line `index` on, in a text that LLDB printed; 0 = the readers of the registry are to be asked. */
export function readLldbSession(cursor: LineCursor, index: number, sink: RecordSink): number {
  const start = cursor.start(index);
  const end = cursor.end(index);
  const { bytes } = cursor;
  if (bytes[end] !== lineFeed) return 0;
  const first = bytes[start] ?? 0;
  if (first === lineFeed) {
    sink.lineClass[index] = LineClass.blank;
    return 1;
  }
  if (first === parenthesis) return startsWith(bytes, start, end, prompt) ? lldbCommandReader.parse(cursor, index, sink) : 0;
  if (first === space || first === star) {
    let at = start;
    while (bytes[at] === space || bytes[at] === star) at++;
    if (bytes[at] === letterT) return scanLldbThread(cursor, index) ? lldbThreadReader.parse(cursor, index, sink) : 0;
    return bytes[at] === letterF && scanLldbFrame(cursor, index) ? lldbFrameReader.parse(cursor, index, sink) : 0;
  }
  if (first === zero) return bytes[start + 1] === letterX ? ask(lldbMemoryReader, cursor, index, sink) : 0;
  if (first === letterG) return startsWith(bytes, start, end, registers) ? ask(lldbRegisterReader, cursor, index, sink) : 0;
  return isHeading(bytes, start, end) ? ask(lldbListingReader, cursor, index, sink) : 0;
}
