/** Details of `/proc/PID/smaps` behind each row, and `pmap` with and without `-x`. Plain rows are read with gdb's mappings. */
import { parseAddress, toAddress } from '../../model/address.ts';
import type { Mapping } from '../../model/memory.ts';
import type { LineCursor } from '../cursor.ts';
import { isDigit, isSpace, leadingHex, skipSpace } from '../bytes.ts';
import { markRecognised, type TextReader } from '../reader.ts';
import { afterNumber, lineText } from '../debugger/lines.ts';
import { SmapsDetails } from './smaps-detail.ts';

const detail =
  /^(?:(?:Size|KernelPageSize|MMUPageSize|Rss|Pss(?:_\w{1,10})?|Shared_(?:Clean|Dirty|Hugetlb)|Private_(?:Clean|Dirty|Hugetlb)|Referenced|Anonymous|KSM|LazyFree|AnonHugePages|ShmemPmdMapped|FilePmdMapped|Swap(?:Pss)?|Locked): +\d{1,15} kB|THPeligible: +\d|ProtectionKey: +\d{1,4}|VmFlags: (?:[a-z0-9?]{2} ?)+)$/;
const plain = /^([0-9a-f]{12,16})[ \t]{1,16}(\d{1,15})K ([r-][w-][x-])[s-][R-][ \t]{1,8}(\S.*)$/;
const extended =
  /^([0-9a-f]{12,16})[ \t]{1,16}(\d{1,15})[ \t]{1,16}\d{1,15}[ \t]{1,16}\d{1,15} ([r-][w-][x-])[s-][R-][ \t]{1,8}(\S.*)$/;
/** `pmap -X`: the columns of smaps; the third number behind the device is the size. */
const columnar =
  /^([0-9a-f]{6,16}) ([r-][w-][x-])[ps] [0-9a-f]{8,16} {1,8}[0-9a-f]{2,4}:[0-9a-f]{2,4} {1,16}\d{1,15} {1,16}(\d{1,15})(?: {1,16}\d{1,15}){2,24}(?: {1,4}(\S.*))?$/;
const process = /^(\d{1,10}): {3}\S/;
const around =
  /^(?:Address Perm   Offset Device .{1,400}|={4,16}(?: ={1,16}){2,24}(?: KB)?|\d{1,15}(?: {1,16}\d{1,15}){2,24} KB |[ \t]?total(?: kB)?[ \t]{1,24}\d{1,15}K?(?:[ \t]{1,16}\d{1,15}){0,4}|Address[ \t]{1,24}Kbytes[ \t]{1,16}RSS[ \t]{1,16}Dirty Mode[ \t]{1,8}Mapping|-{8,16}(?:[ \t]-{3,16}){2,5})$/;

/** Size before permissions, as the other forms have them. */
function swapped(match: RegExpExecArray | null): (string | undefined)[] | null {
  return match === null ? null : [match[0], match[1], match[3], match[2], match[4]];
}

function readRow(cursor: LineCursor, index: number): Mapping | undefined {
  const line = lineText(cursor, index).trim();
  const match = plain.exec(line) ?? extended.exec(line) ?? swapped(columnar.exec(line));
  const start = match === null ? undefined : parseAddress(`0x${match[1] ?? ''}`);
  if (match === null || start === undefined || match[2] === '0') return undefined;
  const end = toAddress(start + BigInt(match[2] ?? '0') * 1024n);
  const mapping: Mapping = { start, end, permissions: match[3] ?? '', source: cursor.lineRange(index) };
  const name = (match[4] ?? '').trim();
  // pmap writes brackets round blanks where gdb and the kernel write none.
  if (name !== '[ anon ]') mapping.file = name.replace(/^\[ (.{1,40}) \]$/, '[$1]');
  return mapping;
}

/** Do blanks, and a number or permissions, follow the `digits` with which line `index` begins? */
function isFollowed(cursor: LineCursor, index: number, digits: number): boolean {
  const { bytes } = cursor;
  const end = cursor.end(index);
  const gap = skipSpace(bytes, cursor.start(index), end) + digits;
  const next = bytes[skipSpace(bytes, gap, end)];
  return isSpace(bytes[gap]) && (isDigit(next) || next === 114 || next === 45);
}

function isCapital(cursor: LineCursor, index: number): boolean {
  const byte = cursor.bytes[skipSpace(cursor.bytes, cursor.start(index), cursor.end(index))] ?? 0;
  return byte >= 65 && byte <= 90;
}

function isPmap(cursor: LineCursor, index: number): boolean {
  return readRow(cursor, index) !== undefined || around.test(lineText(cursor, index).trim());
}

export const pmapReader: TextReader = {
  name: 'pmap and smaps',
  begins: '0123456789abcdef-=',
  opens: ['Si', 'Ke', 'MM', 'Rs', 'Ps', 'Sh', 'Pr', 'Re', 'An', 'KS', 'La', 'Fi', 'Sw', 'Lo', 'TH', 'Vm', 'Ad', 'to'],
  accepts: ({ first, digits, behind }) =>
    digits === 0 || (first >= 65 && first <= 90) || behind === 58 || behind === 32 || behind === 9 || behind === 13,
  recognise(cursor, index) {
    if (cursor.end(index) - cursor.start(index) > 1200) return false;
    if (afterNumber(cursor, index) >= 0) return false;
    const digits = leadingHex(cursor, index);
    // `Address` begins with three hexadecimal digits.
    const behind = cursor.bytes[skipSpace(cursor.bytes, cursor.start(index), cursor.end(index)) + digits];
    if (digits > 3 && digits < 6 && behind !== 58) return false;
    if (digits > 0 && !isCapital(cursor, index) && behind !== 58 && !isFollowed(cursor, index, digits)) return false;
    const line = lineText(cursor, index).trim();
    if (process.test(line)) return isPmap(cursor, index + 1);
    return detail.test(line) || around.test(line) || readRow(cursor, index) !== undefined;
  },
  parse(cursor, index, sink) {
    const mappings: Mapping[] = [];
    const pid = process.exec(lineText(cursor, index))?.[1];
    if (pid !== undefined)
      sink.facts.push({
        kind: 'process',
        textLine: index,
        facts: { pid: Number(pid) },
        why: `${pid}:`,
        source: cursor.lineRange(index),
      });
    let next = pid === undefined ? index : index + 1;
    const details = sink.closely === true ? undefined : new SmapsDetails();
    for (; next < cursor.count; next++) {
      if (details?.has(cursor, next) === true) continue;
      const mapping = readRow(cursor, next);
      const line = lineText(cursor, next).trim();
      if (mapping !== undefined) mappings.push(mapping);
      else if (!detail.test(line) && !around.test(line)) break;
    }
    if (mappings.length > 0) sink.facts.push({ kind: 'mappings', textLine: index, mappings });
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
