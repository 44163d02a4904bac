/** `vmmap`. GEF: `0x… 0x… 0x… r-x /path`; pwndbg: `          0x400000           0x488000 r-xp    88000       0 /path`. */
import { addressOfHalves, parseAddress, type Address } from '../../../model/address.ts';
import type { Mapping } from '../../../model/memory.ts';
import { trimEnd } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { namesOf } from '../../names.ts';
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { lineText, longestLine } from '../lines.ts';
import { readHex, smallHex, wide } from '../runs/number.ts';

const gef = /^[ \t]{0,16}(0x[0-9a-f]{8,16}) (0x[0-9a-f]{8,16}) (0x[0-9a-f]{8,16}) ([r-][w-][x-])(?:[ \t]+(\S.*))?$/;
const pwndbg =
  /^[ \t►]{0,40}(0x[0-9a-f]{1,16})[ \t]{1,24}(0x[0-9a-f]{1,16}) ([r-][w-][x-][ps-])[ \t]{1,24}([0-9a-f]{1,16})[ \t]{1,24}([0-9a-f]{1,16})(?:[ \t]+(\S.*))?$/;
const header =
  /^[ \t]{0,40}(?:Start[ \t]+End[ \t]+(?:Offset[ \t]+)?Perm(?:[ \t].*)?|LEGEND: STACK \| HEAP \| CODE.*|\[ ?Legend: .*)$/;

function readRow(cursor: LineCursor, index: number): Mapping | undefined {
  const line = lineText(cursor, index).trimEnd();
  const one = gef.exec(line);
  const other = one === null ? pwndbg.exec(line) : null;
  const match = one ?? other;
  const start = match === null ? undefined : parseAddress(match[1] ?? '');
  const end = match === null ? undefined : parseAddress(match[2] ?? '');
  if (match === null || start === undefined || end === undefined || end <= start) return undefined;
  if (other !== null && BigInt(`0x${other[4] ?? '0'}`) !== end - start) return undefined;
  const mapping: Mapping = { start, end, source: cursor.lineRange(index) };
  const offset = parseAddress(one === null ? `0x${other?.[5] ?? '0'}` : (one[3] ?? ''));
  const permissions = one === null ? other?.[3] : one[4];
  const file = one === null ? other?.[6] : one[5];
  if (permissions !== undefined) mapping.permissions = permissions;
  if (offset !== undefined) mapping.fileOffset = offset;
  if (file !== undefined) mapping.file = file.trim();
  return mapping;
}

const permissionBytes = [
  [114, 45],
  [119, 45],
  [120, 45],
] as const;
const space = 32;
const tab = 9;
const zero = 48;
const letterX = 120;
/** Digits of an address that GEF pads. */
const paddedDigits = 8;
const deepestIndent = 16;
const mostBlanks = 24;

function behindBlanks(bytes: Uint8Array, at: number): number {
  let next = at;
  while (bytes[next] === space || bytes[next] === tab) next++;
  return next;
}

/** Length of the permissions at `at`: `r-x`, `r-xp`; 0 = none. */
function permissionsAt(bytes: Uint8Array, at: number): number {
  for (const [place, letters] of permissionBytes.entries())
    if (bytes[at + place] !== letters[0] && bytes[at + place] !== letters[1]) return 0;
  const last = bytes[at + permissionBytes.length];
  return last === 112 || last === 115 || last === 45 ? permissionBytes.length + 1 : permissionBytes.length;
}

/** The row on line `index` from bytes; undefined where it is none, or one that needs a closer look. */
function scanRow(cursor: LineCursor, sink: RecordSink, index: number): Mapping | undefined {
  const from = cursor.start(index);
  const { bytes } = cursor;
  const lineEnd = cursor.end(index);
  if (lineEnd - from > longestLine || bytes[lineEnd] !== 10) return undefined;
  const first = behindBlanks(bytes, from);
  const firstEnd = readHex(bytes, first);
  if (firstEnd < 0) return undefined;
  const start = addressOfHalves(wide.high, wide.low);
  const second = behindBlanks(bytes, firstEnd);
  const secondEnd = second === firstEnd || second - firstEnd > mostBlanks ? -1 : readHex(bytes, second);
  if (secondEnd < 0 || bytes[secondEnd] !== space) return undefined;
  const end = addressOfHalves(wide.high, wide.low);
  const isGef = bytes[secondEnd + 1] === zero && bytes[secondEnd + 2] === letterX;
  let at = secondEnd + 1;
  let offset: Address | undefined;
  if (isGef) {
    const behind = readHex(bytes, at);
    if (
      behind < 0 ||
      bytes[behind] !== space ||
      bytes[firstEnd] !== space ||
      second !== firstEnd + 1 ||
      first - from > deepestIndent
    )
      return undefined;
    if (firstEnd - first < paddedDigits + 2 || secondEnd - second < paddedDigits + 2 || behind - at < paddedDigits + 2)
      return undefined;
    offset = addressOfHalves(wide.high, wide.low);
    at = behind + 1;
  } else if (first - from > 2 * deepestIndent) return undefined;
  const permissions = permissionsAt(bytes, at);
  if (permissions !== (isGef ? 3 : 4)) return undefined;
  const permissionStart = at;
  at += permissions;
  if (!isGef) {
    const sizeStart = behindBlanks(bytes, at);
    const sizeEnd = readDigits(bytes, sizeStart);
    if (sizeStart === at || sizeStart - at > mostBlanks || sizeEnd < 0) return undefined;
    if (addressOfHalves(wide.high, wide.low) !== end - start) return undefined;
    const offsetStart = behindBlanks(bytes, sizeEnd);
    at = readDigits(bytes, offsetStart);
    if (offsetStart === sizeEnd || offsetStart - sizeEnd > mostBlanks || at < 0) return undefined;
    offset = addressOfHalves(wide.high, wide.low);
  }
  const fileEnd = trimEnd(bytes, at, lineEnd);
  const fileStart = behindBlanks(bytes, at);
  if (end <= start || (at < fileEnd && fileStart === at)) return undefined;
  for (let next = fileStart; next < fileEnd; next++) if ((bytes[next] ?? 0) < space || (bytes[next] ?? 0) > 126) return undefined;
  const { strings } = sink.columns;
  const names = namesOf(strings);
  const mapping: Mapping = { start, end, source: cursor.lineRange(index) };
  mapping.permissions = strings.at(names.intern(bytes, permissionStart, permissionStart + permissions));
  if (offset !== undefined) mapping.fileOffset = offset;
  if (fileEnd > fileStart) mapping.file = strings.at(names.intern(bytes, fileStart, fileEnd));
  return mapping;
}

/** Reads hexadecimal digits without `0x` at `at` into `wide`; returns the offset behind them, -1 = none, or too many. */
function readDigits(bytes: Uint8Array, at: number): number {
  let next = at;
  let [high, low] = [0, 0];
  for (let digit = smallHex[bytes[next] ?? 0] ?? -1; digit >= 0; digit = smallHex[bytes[++next] ?? 0] ?? -1) {
    high = ((high << 4) | (low >>> 28)) >>> 0;
    low = ((low << 4) | digit) >>> 0;
  }
  wide.high = high;
  wide.low = low;
  return next === at || next - at > 2 * paddedDigits ? -1 : next;
}

export const vmmapReader: TextReader = {
  name: 'vmmap',
  contains: ['0x', 'Perm', 'LEGEND', 'egend'],
  begins: '0SL[\u00e2',
  recognise(cursor, index, sink) {
    if (sink.closely !== true && scanRow(cursor, sink, index) !== undefined) return true;
    return readRow(cursor, index) !== undefined || header.test(lineText(cursor, index).trimEnd());
  },
  parse(cursor, index, sink) {
    const mappings: Mapping[] = [];
    let next = index;
    for (; next < cursor.count; next++) {
      const mapping = (sink.closely === true ? undefined : scanRow(cursor, sink, next)) ?? readRow(cursor, next);
      if (mapping !== undefined) mappings.push(mapping);
      else if (!header.test(lineText(cursor, next).trimEnd())) break;
    }
    if (mappings.length > 0) sink.facts.push({ kind: 'mappings', textLine: index, mappings });
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
