/** `info proc mappings` with and without Perms (gdb/linux-tdep.c), `/proc/PID/maps` lines, and the loads of `info files`. */
import { parseAddress } from '../../model/address.ts';
import type { Mapping } from '../../model/memory.ts';
import { leadingHex, skipSpace } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { isPrompt } from './command.ts';
import { lineText } from './lines.ts';

const announced =
  /^[ \t]{0,16}(?:process (\d{1,10})|Mapped address spaces:|(?:Start Addr|start)[ \t]+(?:End Addr|end)[ \t].*|(?:Perms[ \t]+)?objfile)$/i;
const gdbRow =
  /^[ \t]{0,32}0x([0-9a-f]{1,16})[ \t]+0x([0-9a-f]{1,16})[ \t]+0x([0-9a-f]{1,16})[ \t]+0x([0-9a-f]{1,16})(?:[ \t]+([r-][w-][x-][sp-]))?(?:[ \t]+(\S.*))?$/;
const procRow =
  /^[ \t]{0,16}([0-9a-f]{6,16})-([0-9a-f]{6,16}) ([r-][w-][x-][sp-]) ([0-9a-f]{8,16}) [0-9a-f]{2,4}:[0-9a-f]{2,4} \d{1,20}(?:[ \t]+(\S.*))?$/;
const loadRow = /^[ \t]{0,16}0x([0-9a-f]{1,16}) - 0x([0-9a-f]{1,16}) is load\d{1,6}[a-z]?$/;
const wrappedName = /^[ \t]{0,32}([/[]\S.*)$/;

function matchRow(cursor: LineCursor, index: number): Mapping | undefined {
  const line = lineText(cursor, index).trimEnd();
  const gdb = gdbRow.exec(line);
  const match = gdb ?? procRow.exec(line) ?? loadRow.exec(line);
  if (match === null) return undefined;
  const start = parseAddress(match[1] ?? '');
  const end = parseAddress(match[2] ?? '');
  if (start === undefined || end === undefined || end <= start) return undefined;
  if (gdb !== null && parseAddress(gdb[3] ?? '') !== end - start) return undefined;
  const mapping: Mapping = { start, end, source: cursor.lineRange(index) };
  const permissions = gdb === null ? match[3] : gdb[5];
  const offset = parseAddress(match[4] ?? '');
  const file = gdb === null ? match[5] : gdb[6];
  if (permissions !== undefined) mapping.permissions = permissions;
  if (offset !== undefined) mapping.fileOffset = offset;
  if (file !== undefined) mapping.file = file.trim();
  return mapping;
}

function teachProcess(cursor: LineCursor, sink: RecordSink, index: number): void {
  const pid = announced.exec(lineText(cursor, index).trimEnd())?.[1];
  if (pid === undefined) return;
  const source = cursor.lineRange(index);
  sink.facts.push({ kind: 'process', textLine: index, facts: { pid: Number(pid) }, why: `process ${pid}`, source });
}

function isAnnouncement(cursor: LineCursor, index: number): boolean {
  return announced.test(lineText(cursor, index).trimEnd());
}

/** Past blank and header lines, to the first row; undefined when none follows. */
function findRows(cursor: LineCursor, from: number): number | undefined {
  for (let at = from; at < cursor.count && at < from + 8; at++) {
    if (matchRow(cursor, at) !== undefined) return at;
    if (!cursor.isBlank(at) && !isAnnouncement(cursor, at)) return undefined;
  }
  return undefined;
}

export const mappingsReader: TextReader = {
  name: 'memory mappings',
  begins: '0123456789abcdefpPMSso',
  accepts: ({ digits, behind }) => digits === 0 || behind === 120 || (behind === 45 && digits >= 6),
  recognise(cursor, index) {
    const digits = leadingHex(cursor, index);
    if (digits === 0) return isAnnouncement(cursor, index);
    const behind = cursor.bytes[skipSpace(cursor.bytes, cursor.start(index), cursor.end(index)) + digits];
    // `0x…`, or six digits and a dash.
    return (behind === 120 || (behind === 45 && digits >= 6)) && matchRow(cursor, index) !== undefined;
  },
  parse(cursor, index, sink) {
    const rows = findRows(cursor, index);
    if (rows === undefined) {
      if (lineText(cursor, index).trim() !== 'Mapped address spaces:') return 0;
      markRecognised(sink, index, 1);
      return 1;
    }
    for (let at = index; at < rows; at++) teachProcess(cursor, sink, at);
    const mappings: Mapping[] = [];
    let next = rows;
    while (next < cursor.count) {
      const mapping = matchRow(cursor, next);
      if (mapping === undefined) break;
      mappings.push(mapping);
      next++;
      // A mail breaks the line in front of a long file name.
      const following = mapping.file === undefined ? lineText(cursor, next).trimEnd() : '';
      const name = isPrompt(following) ? null : wrappedName.exec(following);
      if (name?.[1] !== undefined) {
        mapping.file = name[1];
        mapping.source = cursor.lineRange(next - 1, next);
        next++;
      }
    }
    sink.facts.push({ kind: 'mappings', textLine: rows, mappings });
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
