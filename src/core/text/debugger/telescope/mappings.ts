/** `vmmap`. GEF: `0x… 0x… 0x… r-x /path`; pwndbg: `          0x400000           0x488000 r-xp    88000       0 /path`. */
import { parseAddress } from '../../../model/address.ts';
import type { Mapping } from '../../../model/memory.ts';
import type { LineCursor } from '../../cursor.ts';
import { markRecognised, type TextReader } from '../../reader.ts';
import { lineText } from '../lines.ts';

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

export const vmmapReader: TextReader = {
  name: 'vmmap',
  contains: ['0x', 'Perm', 'LEGEND', 'egend'],
  begins: '0SL[\u00e2',
  recognise(cursor, index) {
    return readRow(cursor, index) !== undefined || header.test(lineText(cursor, index).trimEnd());
  },
  parse(cursor, index, sink) {
    const mappings: Mapping[] = [];
    let next = index;
    for (; next < cursor.count; next++) {
      const mapping = readRow(cursor, next);
      if (mapping !== undefined) mappings.push(mapping);
      else if (!header.test(lineText(cursor, next).trimEnd())) break;
    }
    if (mappings.length > 0) sink.facts.push({ kind: 'mappings', textLine: index, mappings });
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
