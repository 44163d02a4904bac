/** Drives the debugger's readers over a text, as the text reader's main loop does. */
import { FrameColumns, GoroutineColumns, StringTable } from '../../../../src/core/model/columns.ts';
import type { SourceDocument } from '../../../../src/core/model/document.ts';
import { LineClass } from '../../../../src/core/model/line-class.ts';
import { identityOrigin } from '../../../../src/core/model/origin.ts';
import type { TextFact } from '../../../../src/core/model/record.ts';
import { frameAt } from '../../../../src/core/model/tables.ts';
import { LineCursor } from '../../../../src/core/text/cursor.ts';
import { debuggerReaders } from '../../../../src/core/text/debugger/index.ts';
import type { RecordSink } from '../../../../src/core/text/reader.ts';

export function documentOf(text: string): SourceDocument {
  const bytes = new TextEncoder().encode(text);
  const starts = [0];
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 10) starts.push(at + 1);
  if (starts[starts.length - 1] !== bytes.length) starts.push(bytes.length);
  const lineStarts = Uint32Array.from(starts);
  return {
    id: 0,
    name: 'session.txt',
    byteLength: bytes.length,
    bytes,
    lineStarts,
    layers: [],
    text: { bytes, lineStarts, origin: identityOrigin(bytes.length) },
  };
}

export interface Reading {
  document: SourceDocument;
  sink: RecordSink;
  lines: string[];
}

export function read(text: string): Reading {
  const document = documentOf(text);
  const cursor = new LineCursor(document);
  const sink: RecordSink = {
    columns: { strings: new StringTable(), frames: new FrameColumns(), goroutines: new GoroutineColumns() },
    facts: [],
    lineClass: new Uint8Array(cursor.count),
    headers: 0,
    frames: 0,
    createdBy: 0,
    step: 0,
    command: '',
  };
  for (let index = 0; index < cursor.count;) {
    let consumed = 0;
    for (const reader of debuggerReaders) {
      if (!reader.recognise(cursor, index, sink)) continue;
      consumed = reader.parse(cursor, index, sink);
      if (consumed > 0) break;
    }
    if (consumed < 0 || index + consumed > cursor.count) throw new Error(`a reader consumed ${consumed} lines at ${index}`);
    if (consumed === 0 && cursor.isBlank(index)) sink.lineClass[index] = LineClass.blank;
    index += Math.max(1, consumed);
  }
  const lines = Array.from({ length: cursor.count }, (_, index) => cursor.line(index));
  return { document, sink, lines };
}

export function factsOf<Kind extends TextFact['kind']>(reading: Reading, kind: Kind): Extract<TextFact, { kind: Kind }>[] {
  return reading.sink.facts.filter((fact): fact is Extract<TextFact, { kind: Kind }> => fact.kind === kind);
}

export function framesOf(reading: Reading, stack = 0) {
  const fact = factsOf(reading, 'debugger-stack')[stack];
  if (fact === undefined) return [];
  const view = {
    strings: reading.sink.columns.strings.values,
    frames: reading.sink.columns.frames.table(),
    goroutines: reading.sink.columns.goroutines.table(),
    documents: [reading.document],
  };
  return Array.from({ length: fact.frameEnd - fact.frameStart }, (_, i) => frameAt(view, fact.frameStart + i));
}

export function proseOf(reading: Reading): string[] {
  return reading.lines.filter((_, index) => reading.sink.lineClass[index] === LineClass.prose);
}

/** The bytes that a fact names. */
export function quoted(reading: Reading, source: { start: number; end: number }): string {
  return new TextDecoder().decode(reading.document.bytes.subarray(source.start, source.end));
}
