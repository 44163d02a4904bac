/** `readelf -l` and `-S`: loaded segments of a program at fixed addresses are mappings; the other rows are kept. */
import { parseAddress, toAddress } from '../../model/address.ts';
import type { Mapping } from '../../model/memory.ts';
import type { LineCursor } from '../cursor.ts';
import { isIndented } from '../bytes.ts';
import { markRecognised, type TextReader } from '../reader.ts';
import { lineText } from '../debugger/lines.ts';

const title =
  /^[ \t]{0,16}(?:(?:Program|Section) Headers:|There are \d{1,6} (?:program|section) headers, starting at offset .{1,60}|Elf file type is .{1,80}|Entry point 0x[0-9a-f]{1,16}|Section to Segment mapping:|Key to Flags:)$/;
const columnHeads =
  /^[ \t]{0,24}(?:Type +Offset +VirtAddr.*|FileSiz +MemSiz +Flags? .*|FileSiz +MemSiz +Flg .*|\[Nr\] Name +Type.*|Size +EntSize +Flags.*|Segment Sections\.\.\.|.{0,4}[A-Z] \([a-z ]+\), .{1,200})$/;
const narrow =
  /^[ \t]{0,16}(LOAD|PHDR|INTERP|NOTE|TLS|DYNAMIC|GNU_\w{1,20}|[A-Z]+\+?0x[0-9a-f]+|<unknown>.{0,40})[ \t]+0x([0-9a-f]{6,16})[ \t]+0x([0-9a-f]{8,16})[ \t]+0x([0-9a-f]{8,16})(?:[ \t]+0x([0-9a-f]{6,16})[ \t]+0x([0-9a-f]{6,16})[ \t]+([R ][W ][E ])[ \t]+0x[0-9a-f]{1,8})?$/;
const second = /^[ \t]{8,24}0x([0-9a-f]{6,16})[ \t]+0x([0-9a-f]{6,16})[ \t]+([R ][W ][E ])[ \t]+0x[0-9a-f]{1,8}$/;
const sectionRow = /^[ \t]{0,16}\[ {0,4}\d{1,4}\](?: \S{0,60})? +[A-Z][A-Z0-9_]{1,20} +[0-9a-f]{8,16} +[0-9a-f]{5,16}(?: .*)?$/;
const sectionSecond = /^[ \t]{7,16}[0-9a-f]{16} {2}[0-9a-f]{16} {1,4}[A-Za-z ]{0,8} {1,8}\d{1,6} {1,8}\d{1,6} {1,8}\d{1,8}$/;
const segmentSections = /^[ \t]{2,8}\d{2}(?: {3,8})?(?:\.[\w.-]{1,60} ?)*$/;

function isOther(line: string): boolean {
  return (
    title.test(line) || columnHeads.test(line) || sectionRow.test(line) || sectionSecond.test(line) || segmentSections.test(line)
  );
}

interface Load {
  mapping: Mapping;
  lines: number;
  isLoad: boolean;
}

function readSegment(cursor: LineCursor, index: number): Load | undefined {
  const match = narrow.exec(lineText(cursor, index).trimEnd());
  if (match === null) return undefined;
  const rest = match[5] === undefined ? second.exec(lineText(cursor, index + 1).trimEnd()) : null;
  const [, , offset, address] = match;
  const size = match[6] ?? rest?.[2];
  const flags = match[7] ?? rest?.[3] ?? '';
  const start = parseAddress(`0x${address ?? ''}`);
  const fileOffset = parseAddress(`0x${offset ?? ''}`);
  if (size === undefined || start === undefined || fileOffset === undefined) return undefined;
  const lines = rest === null ? 1 : 2;
  const permissions = `${flags.includes('R') ? 'r' : '-'}${flags.includes('W') ? 'w' : '-'}${flags.includes('E') ? 'x' : '-'}p`;
  const end = toAddress(start + BigInt(`0x${size}`));
  const source = cursor.lineRange(index, index + lines - 1);
  return { mapping: { start, end, permissions, fileOffset, source }, lines, isLoad: match[1] === 'LOAD' };
}

/** Of titles, which need not be indented. */
const titles: readonly string[] = ['Pr', 'Se', 'Th', 'El', 'En', 'Ke'];

export const readelfReader: TextReader = {
  name: 'readelf headers',
  begins: 'PSTEFKLNDGIRWA<[0123456789',
  accepts: ({ first, second, isIndented: indented }) => indented || titles.includes(String.fromCharCode(first, second)),
  recognise(cursor, index) {
    if (cursor.end(index) - cursor.start(index) > 400) return false;
    if (!isIndented(cursor, index)) return title.test(lineText(cursor, index).trimEnd());
    return narrow.test(lineText(cursor, index).trimEnd()) || isOther(lineText(cursor, index).trimEnd());
  },
  parse(cursor, index, sink) {
    const mappings: Mapping[] = [];
    let next = index;
    let relocated = false;
    while (next < cursor.count) {
      const segment = readSegment(cursor, next);
      if (segment === undefined) {
        if (
          !isOther(lineText(cursor, next).trimEnd()) &&
          !/^[ \t]+\[Requesting program interpreter: /.test(lineText(cursor, next))
        )
          break;
        next++;
        continue;
      }
      next += segment.lines;
      if (!segment.isLoad || segment.mapping.end <= segment.mapping.start) continue;
      // A position-independent program says 0 and is loaded elsewhere.
      if (segment.mapping.start === 0n) relocated = true;
      mappings.push(segment.mapping);
    }
    if (next === index) return 0;
    if (mappings.length > 0 && !relocated) sink.facts.push({ kind: 'mappings', textLine: index, mappings });
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
