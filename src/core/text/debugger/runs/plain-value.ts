/**
 * A number that `print` put on a line: `$6 = 0x7f8e250f93f0`, `$1 = (void *) 0xc000067eb8`, `$5 = 25`. Any other is left to
 * `valueReader`, which gives the same for these.
 */
import { addressOfHalves, toAddress, type Address } from '../../../model/address.ts';
import { ascii, startsWith } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { namesOf } from '../../names.ts';
import { markRecognised, type RecordSink } from '../../reader.ts';
import { learnPointerTo, pushNumber } from '../struct-fact.ts';
import { pushRegisterValue } from '../value-fact.ts';
import { behindDigits, decimalIn, exactDigits, readHex, wide } from './number.ts';

/** Of `(T *) ` with its parentheses. */
const longestCast = 70;
const pointerEnd = ascii(' *) ');
const space = 32;
const parenthesis = 40;
const closing = 41;

/** Bytes [typeStart, typeEnd) of the cast scanned last; equal = there was none. */
const cast = { typeStart: 0, typeEnd: 0 };

/** Offset behind `(T *) ` at `at`, `at` itself where no parenthesis stands there; -1 = it is no plain pointer. */
function behindCast(bytes: Uint8Array, at: number, end: number): number {
  cast.typeStart = cast.typeEnd = at + 1;
  if (bytes[at] !== parenthesis) return at;
  let close = at + 1;
  for (let byte = bytes[close] ?? 0; byte !== closing; byte = bytes[++close] ?? 0)
    if (byte < space || byte > 126 || byte === parenthesis || close - at > longestCast) return -1;
  const typeEnd = close - 2;
  if (typeEnd <= at + 1 || !startsWith(bytes, typeEnd, end, pointerEnd)) return -1;
  cast.typeEnd = typeEnd;
  return close + 2;
}

/** The number in bytes [at, end), which it fills. */
function numberIn(bytes: Uint8Array, at: number, end: number): Address | undefined {
  if (readHex(bytes, at) === end) return addressOfHalves(wide.high, wide.low);
  const isDecimal = behindDigits(bytes, at) === end && end > at && end - at <= exactDigits;
  return isDecimal ? toAddress(decimalIn(bytes, at, end)) : undefined;
}

/** Reads the value on line `index`, whose number `$1` ends at `digits`; returns 1, or 0 where a closer look is needed. */
export function readPlainValue(
  cursor: LineCursor,
  index: number,
  sink: RecordSink,
  start: number,
  digits: number,
  end: number,
): number {
  const { bytes } = cursor;
  const from = digits + 3;
  const at = behindCast(bytes, from, end);
  const value = at < 0 ? undefined : numberIn(bytes, at, end);
  if (value === undefined) return 0;
  const isPointer = at > from;
  const { strings } = sink.columns;
  const names = namesOf(strings);
  learnPointerTo(
    sink,
    isPointer ? strings.at(names.intern(bytes, cast.typeStart, cast.typeEnd)) : undefined,
    value,
    isPointer ? strings.at(names.intern(bytes, start, digits)) : '',
  );
  const source = cursor.range(start, end);
  if (!pushRegisterValue(sink, index, value, source) && (value === 0n || !isPointer)) pushNumber(sink, index, value, source);
  markRecognised(sink, index, 1);
  return 1;
}
