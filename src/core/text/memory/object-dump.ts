/** Object dumps of runtime/mgcmark.go gcDumpObject: the span's numbers, then words by decimal offset. */
import { parseAddress } from '../../model/address.ts';
import type { ObjectDump, Span, SpanState } from '../../model/memory.ts';
import { WordRunFact } from '../../model/word-columns.ts';
import { ObjectFact, RowRun, SpanFact, VersionHintFact } from '../facts.ts';
import { ascii, skipSpace, startsWith } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { dumpColumnsOf } from './dump-columns.ts';
import { isGap, ObjectRows } from './object-rows.ts';
import { address } from './printed-address.ts';

const header =
  /^\s*(object|base|obj)=(0x[0-9a-f]{1,16})(?: k=0x[0-9a-f]+)?(?: s\.base\(\)=(0x[0-9a-f]+) s\.limit=(0x[0-9a-f]+) s\.spanclass=(\d+) s\.elemsize=(\d+) s\.state=(\S+)| s=nil| is not in the Go heap)\s*$/;

const stateNames: Record<string, SpanState> = {
  mspandead: 'dead',
  mspaninuse: 'in-use',
  mspanmanual: 'manual',
  mspanstack: 'manual',
  mspanfree: 'free',
};

const openings = ['object=', 'base=', 'obj='].map(ascii);

function beginsObject(cursor: LineCursor, index: number): boolean {
  const end = cursor.end(index);
  const at = skipSpace(cursor.bytes, cursor.start(index), end);
  return openings.some((text) => startsWith(cursor.bytes, at, end, text));
}

/** Reads the dump at line `index`: pushes the object and its words; `lines` is 0 when there is none. */
export function readObject(cursor: LineCursor, index: number, sink: RecordSink): { lines: number; object?: ObjectDump } {
  const match = index < cursor.count && beginsObject(cursor, index) ? header.exec(cursor.line(index)) : null;
  if (match === null) return { lines: 0 };
  const base = address(match[2]);
  const source = cursor.lineRange(index);
  const { words: columns } = dumpColumnsOf(cursor, sink);
  const run = new ObjectRows(columns, base);
  let next = index + 1;
  for (; next < cursor.count; next++) {
    if (run.add(cursor, next)) continue;
    if (!isGap(cursor, next)) break;
  }
  markRecognised(sink, index, next - index);
  const object = run.object(match[1] ?? 'object', source);
  if (match[3] !== undefined) {
    const span = spanOf(match, source);
    object.span = span;
    sink.facts.push(new SpanFact(span, index));
    nameHint(sink, index, match[7] ?? '', source);
  }
  sink.facts.push(new ObjectFact(object, index));
  if (columns.length > run.from)
    sink.facts.push(new WordRunFact(index, run.wordSize, new RowRun(columns, run.from, columns.length)));
  return { lines: next - index, object };
}

function spanOf(match: RegExpExecArray, source: Span['source']): Span {
  const span: Span = {
    base: address(match[3]),
    state: stateNames[(match[7] ?? '').replace(/^_/, '').toLowerCase()] ?? 'unknown',
    spanClass: Number(match[5]),
    elementSize: Number(match[6]),
    source,
  };
  const limit = parseAddress(match[4] ?? '');
  if (limit !== undefined) span.limit = limit;
  return span;
}

/** runtime/mheap.go mSpanStateNames lost its underscores in Go 1.12. */
function nameHint(sink: RecordSink, textLine: number, name: string, source: Span['source']): void {
  const old = name.startsWith('_MSpan');
  if (!old && !name.startsWith('mSpan')) return;
  const why = old ? 'span state named _MSpan…' : 'span state named mSpan…';
  sink.facts.push(new VersionHintFact(old ? null : 12, old ? 11 : null, why, textLine, source));
}

export const objectReader: TextReader = {
  name: 'object dump',
  begins: 'ob',
  recognise: (cursor, index) => beginsObject(cursor, index) && header.test(cursor.line(index)),
  parse: (cursor, index, sink) => readObject(cursor, index, sink).lines,
};
