/**
 * Bad heap pointers (runtime/mbitmap.go badPointer, Go 1.6–1.27; 1.4's `found invalid heap pointer`), with the object
 * they were found in, and bad words of a frame (runtime/stack.go adjustpointers).
 */
import type { Address } from '../../model/address.ts';
import type { Complaint } from '../../model/complaint.ts';
import type { Span, SpanState } from '../../model/memory.ts';
import { ComplaintFact, SpanFact, VersionHintFact } from '../facts.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { readObject } from './object-dump.ts';
import { address } from './printed-address.ts';

const hex = '0x[0-9a-f]{1,16}';
const pointerLine = new RegExp(
  `^\\s*runtime: pointer (${hex})(?: to (unallocated span|unused region of span)( idx=\\S+)?` +
    ` span\\.base\\(\\)=(${hex}) span\\.limit=(${hex}) span\\.state=(\\d{1,3}))?\\s*$`,
);
const foundIn = new RegExp(`^\\s*runtime: found (?:in object|obj) at \\*\\((${hex})\\+(${hex})\\)\\s*$`);
const oldPointer = new RegExp(
  `^\\s*runtime: garbage collector found invalid heap pointer \\*\\((${hex})\\+(${hex})\\)=(${hex})(?: s=nil| span=\\S+ state=(\\d+))?`,
);
const marking = new RegExp(`^\\s*runtime: marking free object (${hex}) found at \\*\\((${hex})\\+(${hex})\\)`);
const inFrame = new RegExp(`^\\s*runtime: bad pointer in frame (\\S+) at (${hex}): (${hex})\\s*$`);

const states: readonly SpanState[] = ['dead', 'in-use', 'manual', 'free'];
/** runtime/mheap.go of Go 1.5 to 1.7, whose heap began at 0xc800000000 and 0xc820000000. */
const oldStates: readonly SpanState[] = ['in-use', 'manual', 'free', 'dead'];

/** Meaning of a span.state number; the table changed in Go 1.8. */
export function spanStateOf(number: number, pointer: Address): SpanState {
  const old = pointer >> 32n === 0xc8n;
  return (old ? oldStates : states)[number] ?? 'unknown';
}

type Found = { base: Address; offset: bigint; source: ReturnType<LineCursor['lineRange']> };

/** `runtime: found in object at *(base+offset)` and the object's dump below it. */
function readFoundIn(cursor: LineCursor, index: number, sink: RecordSink) {
  let next = index;
  let found: Found | undefined;
  const match = foundIn.exec(cursor.line(next));
  if (match !== null) {
    found = { base: address(match[1]), offset: address(match[2]), source: cursor.lineRange(next) };
    markRecognised(sink, next, 1);
    next++;
  }
  const object = readObject(cursor, next, sink);
  return { next: next + object.lines, found, object: object.object };
}

function readPointer(cursor: LineCursor, index: number, sink: RecordSink): number {
  const match = pointerLine.exec(cursor.line(index));
  if (match === null) return 0;
  const pointer = address(match[1]);
  const source = cursor.lineRange(index);
  const complaint: Extract<Complaint, { kind: 'bad-heap-pointer' }> = { kind: 'bad-heap-pointer', pointer, source };
  if (match[2] !== undefined) {
    const stateNumber = Number(match[6]);
    const state = spanStateOf(stateNumber, pointer);
    const span: Span = { base: address(match[4]), limit: address(match[5]), state, source };
    complaint.where = match[2] === 'unallocated span' ? 'unallocated-span' : 'unused-region';
    complaint.span = span;
    complaint.state = state;
    complaint.stateNumber = stateNumber;
    sink.facts.push(new SpanFact(span, index));
    const isNew = match[3] === undefined;
    const why = isNew ? 'bad pointer without idx=' : 'bad pointer with idx=';
    sink.facts.push(new VersionHintFact(isNew ? 11 : null, isNew ? null : 10, why, index, source));
  }
  markRecognised(sink, index, 1);
  const { next, found, object } = readFoundIn(cursor, index + 1, sink);
  if (found !== undefined) complaint.foundIn = found;
  if (object !== undefined) complaint.object = object;
  sink.facts.push(new ComplaintFact(complaint, index));
  return next - index;
}

/** The same complaint in Go 1.4, and that of `marking free object`. */
function readOther(cursor: LineCursor, index: number, sink: RecordSink): number {
  const line = cursor.line(index);
  const source = cursor.lineRange(index);
  const old = oldPointer.exec(line);
  const free = old === null ? marking.exec(line) : null;
  const match = old ?? free;
  if (match === null) return 0;
  markRecognised(sink, index, 1);
  const at = old === null ? [match[2], match[3]] : [match[1], match[2]];
  const pointer = address(old === null ? match[1] : match[3]);
  const foundAt: Found = { base: address(at[0]), offset: address(at[1]), source };
  const { next, object } = readFoundIn(cursor, index + 1, sink);
  const complaint: Complaint = { kind: 'bad-heap-pointer', pointer, foundIn: foundAt, source };
  if (object !== undefined) complaint.object = object;
  sink.facts.push(new ComplaintFact(complaint, index));
  return next - index;
}

function readInFrame(cursor: LineCursor, index: number, sink: RecordSink): number {
  const match = inFrame.exec(cursor.line(index));
  if (match === null) return 0;
  markRecognised(sink, index, 1);
  sink.facts.push({
    kind: 'complaint',
    complaint: {
      kind: 'bad-frame-pointer-word',
      function: match[1] ?? '',
      at: address(match[2]),
      value: address(match[3]),
      source: cursor.lineRange(index),
    },
    textLine: index,
  });
  return 1;
}

export const badPointerReader: TextReader = {
  name: 'bad pointer',
  begins: 'r',
  recognise(cursor, index) {
    return /^\s*runtime: (?:pointer 0x|garbage collector found|marking free object|bad pointer in frame)/.test(
      cursor.line(index),
    );
  },
  parse(cursor, index, sink) {
    return readPointer(cursor, index, sink) || readInFrame(cursor, index, sink) || readOther(cursor, index, sink);
  },
};

/** `runtime: found in object …` whose first line was cut away. */
export const foundInReader: TextReader = {
  name: 'found in object',
  begins: 'r',
  recognise: (cursor, index) => foundIn.test(cursor.line(index)),
  parse(cursor, index, sink) {
    return readFoundIn(cursor, index, sink).next - index;
  },
};
