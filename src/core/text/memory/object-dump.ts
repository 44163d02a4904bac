/** Object dumps of runtime/mgcmark.go gcDumpObject: the span's numbers, then words by decimal offset. */
import { offsetBy, parseAddress } from '../../model/address.ts';
import type { KnownWord, ObjectDump, Span, SpanState } from '../../model/memory.ts';
import { ObjectFact, SpanFact, VersionHintFact } from '../facts.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { address } from './printed-address.ts';

const header =
  /^\s*(object|base|obj)=(0x[0-9a-f]{1,16})(?: k=0x[0-9a-f]+)?(?: s\.base\(\)=(0x[0-9a-f]+) s\.limit=(0x[0-9a-f]+) s\.spanclass=(\d+) s\.elemsize=(\d+) s\.state=(\S+)| s=nil| is not in the Go heap)\s*$/;
const wordLine = /^\s*\*\((object|base|obj)\+(\d{1,9})\) = (0x[0-9a-f]{1,16})( <==| &lt;==)?\s*$/;
const gapLine = /^\s\.\.\.\s*$/;

const stateNames: Record<string, SpanState> = {
  mspandead: 'dead',
  mspaninuse: 'in-use',
  mspanmanual: 'manual',
  mspanstack: 'manual',
  mspanfree: 'free',
};

/** Reads the dump at line `index`: pushes the object and its words; `lines` is 0 when there is none. */
export function readObject(cursor: LineCursor, index: number, sink: RecordSink): { lines: number; object?: ObjectDump } {
  const match = header.exec(cursor.line(index));
  if (match === null) return { lines: 0 };
  const base = address(match[2]);
  const source = cursor.lineRange(index);
  const words: ObjectDump['words'] = [];
  let next = index + 1;
  for (; next < cursor.count; next++) {
    const line = cursor.line(next);
    const word = wordLine.exec(line);
    if (word === null) {
      if (!gapLine.test(line)) break;
      continue;
    }
    words.push({
      offset: Number(word[2]),
      value: BigInt(word[3] ?? '0'),
      marked: word[4] !== undefined,
      source: cursor.lineRange(next),
    });
  }
  markRecognised(sink, index, next - index);
  const object: ObjectDump = { label: match[1] ?? 'object', base, words, source };
  if (match[3] !== undefined) {
    const span = spanOf(match, source);
    object.span = span;
    sink.facts.push(new SpanFact(span, index));
    nameHint(sink, index, match[7] ?? '', source);
  }
  sink.facts.push(new ObjectFact(object, index));
  if (words.length > 0) {
    const wordSize = words.some((word) => word.offset % 8 === 4) ? 4 : 8;
    const known = words.map((word): KnownWord => ({
      address: offsetBy(base, word.offset),
      value: word.value,
      source: word.source,
      step: 0,
    }));
    sink.facts.push({ kind: 'words', words: known, wordSize, textLine: index });
  }
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
  recognise: (cursor, index) => header.test(cursor.line(index)),
  parse: (cursor, index, sink) => readObject(cursor, index, sink).lines,
};
