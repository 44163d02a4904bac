/** A value that `print` put on one line: `$1 = {flags = 7, name = 0xc0 "id"}`, `$2 = 0xc000067ef0`. Any other is left to `valueReader`. */
import type { LineCursor } from '../../cursor.ts';
import { markRecognised, type RecordSink } from '../../reader.ts';
import { longestLine } from '../lines.ts';
import { pushFields } from '../struct-fact.ts';
import { behindDigits } from './number.ts';
import { readPlainFields, teachFields, type Reading } from './plain-fields.ts';
import { readPlainValue } from './plain-value.ts';

const mostNumberDigits = 9;
const space = 32;
const dollar = 36;
const equal = 61;
const bracket = 91;
const braceOpen = 123;
const braceClose = 125;

/** Reads the struct, array or number on line `index`; returns 1, or 0 where a closer look is needed. */
export function readPlainStruct(cursor: LineCursor, index: number, sink: RecordSink): number {
  const start = cursor.start(index);
  const end = cursor.end(index);
  const { bytes } = cursor;
  if (bytes[start] !== dollar || end - start > longestLine) return 0;
  const digits = behindDigits(bytes, start + 1);
  if (digits === start + 1 || digits - start > mostNumberDigits + 1) return 0;
  if (bytes[digits] !== space || bytes[digits + 1] !== equal || bytes[digits + 2] !== space) return 0;
  const first = bytes[digits + 3];
  if (first !== braceOpen && first !== bracket) return readPlainValue(cursor, index, sink, start, digits, end);
  if (bytes[end - 1] !== braceClose) return 0;
  const reading: Reading = { cursor, sink, end, fields: [] };
  if (readPlainFields(reading, digits + 3, digits + 3, '') !== end) return 0;
  teachFields(reading, index, 0);
  pushFields(sink, index, reading.fields, cursor.lineRange(index), false);
  markRecognised(sink, index, 1);
  return 1;
}
