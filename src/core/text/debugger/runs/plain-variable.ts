/** A variable that gdb put on one line: `        key = []uint8 = {116 't', 101 'e'}`, `s = 0xc000018090`. Any other is left to `variablesOn`. */
import type { TypedField } from '../../../model/struct.ts';
import type { LineCursor } from '../../cursor.ts';
import { namesOf } from '../../names.ts';
import type { RecordSink } from '../../reader.ts';
import { longestLine } from '../lines.ts';
import { readPlainFields, teachFields, type Reading } from './plain-fields.ts';

const deepestIndent = 16;
const longestName = 100;
const tab = 9;
const space = 32;
const equal = 61;
const tilde = 126;

const ofName = new Uint8Array(256);
for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$.0123456789') ofName[letter.charCodeAt(0)] = 1;

/** Adds the rows of the variable on line `index` to `fields`; false where a closer look is needed. */
export function readPlainVariable(cursor: LineCursor, sink: RecordSink, index: number, fields: TypedField[]): boolean {
  const start = cursor.start(index);
  const end = cursor.end(index);
  const { bytes } = cursor;
  if (end - start > longestLine || end === start || (bytes[end - 1] ?? 0) <= space) return false;
  let at = start;
  while (bytes[at] === space || bytes[at] === tab) at++;
  if (at - start > deepestIndent) return false;
  const name = at;
  const first = bytes[at] ?? 0;
  if (!isNameStart(first)) return false;
  at++;
  while (ofName[bytes[at] ?? 0] === 1) at++;
  if (at - name > longestName || bytes[at] !== space || bytes[at + 1] !== equal || bytes[at + 2] !== space) return false;
  const value = at + 3;
  if (value >= end || (bytes[value] ?? 0) <= space) return false;
  const { strings } = sink.columns;
  const reading: Reading = { cursor, sink, end, fields };
  const before = fields.length;
  const called = strings.at(namesOf(strings).intern(bytes, name, at));
  if (readPlainFields(reading, value, value, called) !== end) {
    fields.length = before;
    return false;
  }
  teachFields(reading, index, before);
  return true;
}

/** `~`, a letter or an underscore. */
function isNameStart(byte: number): boolean {
  return byte === tilde || (byte > 57 && ofName[byte] === 1);
}
