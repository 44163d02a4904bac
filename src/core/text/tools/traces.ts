/**
 * Sampled stacks: `perf script` (`⇥  7b696 fmt.(*fmt).fmtInteger+0x496 (/path)`, offset hexadecimal) and bpftrace maps
 * (`@[`, `    main.stacker+53`, `]: 8444`, offset decimal). They are no crash; addresses teach where functions begin.
 */
import { parseAddress } from '../../model/address.ts';
import type { LineCursor } from '../cursor.ts';
import { isIndented, trimEnd } from '../bytes.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { holds, lineText } from '../debugger/lines.ts';
import { teachSymbol } from '../debugger/session.ts';

const perfHead =
  /^\S.{0,40}?[ \t]{1,16}\d{1,10}(?:\/\d{1,10})?(?:[ \t]{1,8}\[\d{1,4}\])?[ \t]{1,8}\d{1,12}\.\d{3,9}:[ \t]{1,24}(?:\d{1,15} )?[\w:.-]{1,60}:[ \t]*$/;
const perfFrame = /^[ \t]{1,24}([0-9a-f]{1,16}) (\S.{0,400}?) \((\S.{0,400}|\[unknown\])\)$/;
const mapStart = /^@\w{0,40}\[$/;
const mapEnd = /^(?:, \S{1,64})?\]: \d{1,20}$|^\]: \d{1,20}$/;
const attached = /^Attaching \d{1,6} probes?\.\.\.$/;

/** A bpftrace program's probe, and its doubt whether it sits at the beginning of an instruction. */
const probe = /^(?:u(?:ret)?probe:\S{1,400}:(?:"[^"]{1,400}"|\S{1,400})|Can't check if uprobe is in proper place )/;

function endsInParenthesis(cursor: LineCursor, index: number): boolean {
  const end = trimEnd(cursor.bytes, cursor.start(index), cursor.end(index));
  return cursor.bytes[end - 1] === 41;
}

function isMapFrame(line: string): boolean {
  return /^[ \t]{1,24}(?:0x[0-9a-f]{1,16}|\S{1,400}\+\d{1,9})$/.test(line);
}

/** A shared object or a position-independent program is sampled at an address of this run, which an executable keeps. */
function teachFrame(cursor: LineCursor, sink: RecordSink, index: number): void {
  const match = perfFrame.exec(lineText(cursor, index).trimEnd());
  const address = match === null ? undefined : parseAddress(`0x${match[1] ?? ''}`);
  const offset = /^(.{1,400})\+(0x[0-9a-f]{1,12})$/.exec(match?.[2] ?? '');
  if (address === undefined || offset === null) return;
  // An address below the offset is one inside the file.
  if (address > BigInt(offset[2] ?? '0x0') && address >= 0x400000n)
    teachSymbol(sink, index, address, match?.[2] ?? '', cursor.lineRange(index));
}

export const traceReader: TextReader = {
  name: 'sampled stack',
  accepts: ({ first, isIndented: indented, last }) =>
    indented
      ? last === 41 || last === 32 || last === 9 || last === 13
      : last === 58 || last === 32 || '@ACu'.includes(String.fromCharCode(first)),
  recognise(cursor, index) {
    if (cursor.end(index) - cursor.start(index) > 1000) return false;
    const byte = cursor.bytes[cursor.start(index)];
    const last = cursor.bytes[cursor.end(index) - 1];
    if (byte === 67 && !holds(cursor, index, 'uprobe is in')) return false;
    if (byte === 117 && cursor.bytes[cursor.start(index) + 6] !== 58 && cursor.bytes[cursor.start(index) + 9] !== 58)
      return false;
    if (byte !== 64 && byte !== 65 && byte !== 67 && byte !== 117 && last !== 58 && last !== 32 && !isIndented(cursor, index))
      return false;
    if (byte !== 64 && byte !== 65 && byte !== 117 && isIndented(cursor, index) && !endsInParenthesis(cursor, index))
      return false;
    const line = lineText(cursor, index).trimEnd();
    if (byte === 117 || line.startsWith("Can't check")) return probe.test(line);
    if (line.startsWith('@')) return mapStart.test(line);
    if (line.startsWith('Attaching ')) return attached.test(line);
    if (line.endsWith(':')) return perfHead.test(line) && perfFrame.test(lineText(cursor, index + 1).trimEnd());
    if (!isIndented(cursor, index)) return false;
    // A sample whose head was cut away: at least two frames.
    return perfFrame.test(line) && perfFrame.test(lineText(cursor, index + 1).trimEnd());
  },
  parse(cursor, index, sink) {
    const first = lineText(cursor, index).trimEnd();
    let next = index + 1;
    if (mapStart.test(first)) {
      while (next < cursor.count && isMapFrame(lineText(cursor, next).trimEnd())) next++;
      if (mapEnd.test(lineText(cursor, next).trimEnd())) next++;
    } else if (!attached.test(first) && !probe.test(first)) {
      teachFrame(cursor, sink, index);
      for (; next < cursor.count && perfFrame.test(lineText(cursor, next).trimEnd()); next++) teachFrame(cursor, sink, next);
    }
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
