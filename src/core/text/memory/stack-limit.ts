/** `runtime: goroutine stack exceeds N-byte limit` and the bounds below it (runtime/stack.go newstack, all versions). */
import { parseAddress } from '../../model/address.ts';
import type { Complaint } from '../../model/complaint.ts';
import { ComplaintFact, VersionHintFact } from '../facts.ts';
import { markRecognised, type TextReader } from '../reader.ts';
import { boundsFact } from './unwinder.ts';

const limitLine = /^\s*runtime: goroutine stack exceeds (\d{1,19})-byte limit\s*$/;
const boundsLine = /^\s*runtime: sp=(0x[0-9a-f]{1,16}) stack=\[(0x[0-9a-f]{1,16}), ?(0x[0-9a-f]{1,16})\]\s*$/;

export const stackLimitReader: TextReader = {
  name: 'stack limit',
  begins: 'r',

  recognise: (cursor, index) => limitLine.test(cursor.line(index)),

  parse(cursor, index, sink) {
    const limit = limitLine.exec(cursor.line(index));
    if (limit === null) return 0;
    const complaint: Complaint = {
      kind: 'stack-limit',
      bytes: BigInt(limit[1] ?? '0'),
      source: cursor.lineRange(index),
    };
    let lines = 1;
    const bounds = boundsLine.exec(cursor.line(index + 1));
    const sp = parseAddress(bounds?.[1] ?? '');
    const lo = parseAddress(bounds?.[2] ?? '');
    const hi = parseAddress(bounds?.[3] ?? '');
    if (sp !== undefined && lo !== undefined && hi !== undefined) {
      const source = cursor.lineRange(index + 1);
      complaint.sp = sp;
      complaint.stack = { lo, hi };
      boundsFact(sink, index + 1, lo, hi, '', source);
      const why = 'stack overflow prints the stack bounds';
      sink.facts.push(new VersionHintFact(14, null, why, index + 1, source));
      lines = 2;
    }
    markRecognised(sink, index, lines);
    sink.facts.push(new ComplaintFact(complaint, index));
    return lines;
  },
};
