/**
 * What the unwinder complains about (runtime/traceback.go, symtab.go, Go 1.9–1.27): the line, the frame's bounds below
 * it and the hexdump of its stack. Printed before a throw, or in the middle of a stack.
 */
import type { Address } from '../../model/address.ts';
import type { Complaint } from '../../model/complaint.ts';
import { ComplaintFact, PrintedStack, StackBoundsFact, VersionHintFact } from '../facts.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { readHexdump } from './hexdump.ts';
import { address } from './printed-address.ts';

const hex = '0x[0-9a-f]{1,16}';
const returnPc = new RegExp(
  `^\\s*runtime: (?:g ?(\\d{1,20})(?: gp=\\S+)?: )?unexpected return pc for (\\S+) called from (${hex})\\s*$`,
);
const frameLine = new RegExp(`^\\s*stack: frame=\\{sp:(${hex}), fp:(${hex})\\} stack=\\[(${hex}),\\s?(${hex})\\)?\\s*$`);
const unknownPc = new RegExp(`^\\s*runtime: (?:g ?(\\d{1,20})(?: gp=\\S+)?: )?unknown pc(?: in defer)? (${hex})\\s*$`);
const stuck = new RegExp(`^\\s*runtime: traceback stuck\\. pc=(${hex}) sp=(${hex})\\s*$`);
const unfinished = new RegExp(`^\\s*runtime: g ?(\\d{1,20})(?: gp=\\S+)?: frame\\.sp=(${hex}) top=(${hex})\\s*$`);
const unfinishedStack = new RegExp(`^\\s*stack=\\[(${hex})-(${hex})`);
const spWrite = /^\s*traceback: unexpected SPWRITE function (\S+)\s*$/;
const invalidFrame = /^\s*runtime: found invalid (?:top )?frame pointer\s*$/;
const basePointer = new RegExp(`^\\s*bp=(${hex}) min=(${hex}) max=(${hex})`);
const pcTable = new RegExp(`^\\s*runtime: (invalid pc-encoded table) f=(\\S+) pc=(${hex}) targetpc=(${hex}) tab=`);
const stackMap =
  /^\s*runtime: (?:frame \S+ untyped (?:locals|args)|pcdata is -?\d+ and|no module data for|invalid (?:pc-encoded|runtime symbol) table)/;

/** Reads `stack: frame=…` and a hexdump after line `index`, in this order, each if it is there. */
function readContext(cursor: LineCursor, index: number, sink: RecordSink, goroutine: string) {
  let next = index + 1;
  let frame: { sp: Address; fp: Address; source: ReturnType<LineCursor['lineRange']> } | undefined;
  let stack: { lo: Address; hi: Address } | undefined;
  const match = frameLine.exec(cursor.line(next));
  if (match !== null) {
    const source = cursor.lineRange(next);
    frame = { sp: address(match[1]), fp: address(match[2]), source };
    stack = { lo: address(match[3]), hi: address(match[4]) };
    boundsFact(sink, next, stack.lo, stack.hi, goroutine, source);
    markRecognised(sink, next, 1);
    next++;
  }
  next += readHexdump(cursor, next, sink);
  return { next, frame, stack };
}

/** `stack=[lo, hi)` of a goroutine; '' when the text does not say of which. */
export function boundsFact(
  sink: RecordSink,
  textLine: number,
  lo: Address,
  hi: Address,
  goroutine: string,
  source: ReturnType<LineCursor['lineRange']>,
): void {
  if (hi <= lo) return;
  sink.facts.push(new StackBoundsFact(new PrintedStack(lo, hi, goroutine, source), textLine));
}

/** Id of the goroutine whose block is being read: the last row, as long as it has no end. '' outside of a block. */
export function openGoroutine(sink: RecordSink): string {
  const { data, length } = sink.columns.goroutines;
  return length > 0 && data.endLine[length - 1] === 0 ? (data.id[length - 1] ?? 0n).toString() : '';
}

function readComplaint(cursor: LineCursor, index: number, sink: RecordSink): number {
  const line = cursor.line(index);
  const push = (complaint: Complaint, next: number): number => {
    markRecognised(sink, index, 1);
    sink.facts.push(new ComplaintFact(complaint, index));
    return next - index;
  };
  const given = (id: string | undefined): string => id ?? openGoroutine(sink);
  const named = (id: string): { goroutine?: string } => (id === '' ? {} : { goroutine: id });

  let match = returnPc.exec(line);
  if (match !== null) {
    hint(cursor, index, sink, match[1] !== undefined);
    const goroutine = given(match[1]);
    const { next, frame, stack } = readContext(cursor, index, sink, goroutine);
    return push(
      {
        kind: 'unexpected-return-pc',
        function: match[2] ?? '',
        value: address(match[3]),
        ...named(goroutine),
        ...(frame === undefined ? {} : { frame }),
        ...(stack === undefined ? {} : { stack }),
        source: cursor.lineRange(index),
      },
      next,
    );
  }
  const source = cursor.lineRange(index);
  match = unknownPc.exec(line);
  if (match !== null) {
    const goroutine = given(match[1]);
    const { next } = readContext(cursor, index, sink, goroutine);
    return push(
      { kind: 'traceback', form: 'unknown-pc', what: 'unknown pc', ...named(goroutine), pc: address(match[2]), source },
      next,
    );
  }
  match = stuck.exec(line);
  if (match !== null) {
    const goroutine = given(undefined);
    const { next } = readContext(cursor, index, sink, goroutine);
    const places = { pc: address(match[1]), sp: address(match[2]) };
    return push({ kind: 'traceback', form: 'stuck', what: 'traceback stuck', ...named(goroutine), ...places, source }, next);
  }
  match = unfinished.exec(line);
  if (match !== null) {
    let next = index + 1;
    const bounds = unfinishedStack.exec(cursor.line(next));
    if (bounds !== null) {
      boundsFact(sink, next, address(bounds[1]), address(bounds[2]), given(match[1]), cursor.lineRange(next));
      markRecognised(sink, next, 1);
      next++;
    }
    next += readHexdump(cursor, next, sink);
    const sp = address(match[2]);
    const what = 'traceback did not unwind completely';
    return push({ kind: 'traceback', form: 'unfinished', what, ...named(given(match[1])), sp, source }, next);
  }
  match = spWrite.exec(line);
  if (match !== null) {
    const name = match[1] ?? '';
    const what = `unexpected SPWRITE function ${name}`;
    return push({ kind: 'traceback', form: 'spwrite', what, function: name, source }, index + 1);
  }
  if (invalidFrame.test(line)) {
    const below = basePointer.exec(cursor.line(index + 1)) !== null;
    if (below) markRecognised(sink, index + 1, 1);
    const what = 'found invalid frame pointer';
    return push({ kind: 'traceback', form: 'invalid-frame-pointer', what, source }, index + (below ? 2 : 1));
  }
  match = pcTable.exec(line);
  if (match !== null) {
    const table = { function: match[2] ?? '', end: address(match[3]) };
    const pc = address(match[4]);
    return push({ kind: 'traceback', form: 'pc-table', what: match[1] ?? '', pc, table, source }, index + 1);
  }
  if (stackMap.test(line)) {
    const what = line.trim().slice('runtime: '.length);
    return push({ kind: 'traceback', form: 'stack-map', what, source }, index + 1);
  }
  return frameLine.test(line) ? readLoneFrame(cursor, index, sink) : 0;
}

/** `stack: frame=…` whose complaint was cut away. */
function readLoneFrame(cursor: LineCursor, index: number, sink: RecordSink): number {
  return readContext(cursor, index - 1, sink, openGoroutine(sink)).next - index;
}

function hint(cursor: LineCursor, index: number, sink: RecordSink, numbered: boolean): void {
  const why = numbered ? 'unwinder complaint names the goroutine' : 'unwinder complaint without a goroutine number';
  sink.facts.push(new VersionHintFact(numbered ? 19 : null, numbered ? null : 18, why, index, cursor.lineRange(index)));
}

export const unwinderReader: TextReader = {
  name: 'unwinder complaint',
  begins: 'rts',
  recognise(cursor, index) {
    const line = cursor.line(index);
    return /^\s*(?:runtime: |traceback: |stack: frame=)/.test(line);
  },
  parse: readComplaint,
};
