/** Reports of the race detector (text of the race runtime, Go 1.22–1.27): accesses with their stacks. */
import { parseAddress, type Address } from '../../model/address.ts';
import { LineClass } from '../../model/line-class.ts';
import type { TextFact } from '../../model/record.ts';
import { emptyCall, readCall } from '../frames/call.ts';
import { emptyLocation, readLocation } from '../frames/location.ts';
import { writerOf } from '../frames/writer.ts';
import type { LineCursor } from '../cursor.ts';
import type { RecordSink, TextReader } from '../reader.ts';

const warning = /^\s{0,8}WARNING: DATA RACE\s*$/;
const rule = /^\s{0,8}={18}\s*$/;
const access =
  /^\s{0,8}((?:Previous |Atomic |Racy )*(?:read|write|atomic read|atomic write)) at (0x[0-9a-f]{1,16}) by (main goroutine|goroutine (\d{1,20})|finalizer goroutine)(?:[^:]*)?:\s*$/i;
const created = /^\s{0,8}(?:Goroutine (\d{1,20}) \((?:running|finished)\) created at:|As if synchronized via sleep.*)\s*$/;
const block = /^\s{0,8}(?:Heap block of size \d+ at 0x|Global var |Mutex M?\d+|Goroutine \d+ \()/;
const lost = /^\s*\[failed to restore the stack\]\s*$/;

type Access = Extract<TextFact, { kind: 'race' }>['accesses'][number];

const call = emptyCall();
const location = emptyLocation();

/** Frames from line `index` on, until a line that is no pair; returns the line past them. */
function readFrames(cursor: LineCursor, index: number, sink: RecordSink): number {
  const writer = writerOf(sink.columns);
  let at = index;
  while (at < cursor.count) {
    if (lost.test(cursor.line(at))) {
      at++;
      continue;
    }
    if (!readCall(cursor.bytes, cursor.start(at), cursor.end(at), call)) break;
    const below = at + 1 < cursor.count;
    if (!below || !readLocation(cursor.bytes, cursor.start(at + 1), cursor.end(at + 1), location)) break;
    writer.add(cursor, at, call, location);
    at += 2;
  }
  return at;
}

/** Line past the report whose warning is line `index`. */
function readReport(cursor: LineCursor, index: number, sink: RecordSink): number {
  const place = sink.facts.length;
  const accesses: Access[] = [];
  let address: Address | undefined;
  let at = index + 1;
  while (at < cursor.count) {
    const line = cursor.line(at);
    if (rule.test(line)) {
      at++;
      break;
    }
    const match = access.exec(line);
    if (match !== null || created.test(line) || block.test(line)) {
      const frameStart = sink.columns.frames.length;
      const next = readFrames(cursor, at + 1, sink);
      if (match !== null) {
        address ??= parseAddress(match[2] ?? '');
        accesses.push({
          kind: match[1] ?? '',
          access: /write/i.test(match[1] ?? '') ? 'write' : 'read',
          goroutine: match[4] ?? (match[3] === 'main goroutine' ? 'main' : (match[3] ?? '')),
          frameStart,
          frameEnd: sink.columns.frames.length,
          source: cursor.lineRange(at, next - 1),
        });
      }
      at = next;
    } else if (cursor.isBlank(at)) at++;
    else break;
  }
  sink.lineClass.fill(LineClass.recognised, index, at);
  const source = cursor.lineRange(index, at - 1);
  const text = 'DATA RACE';
  sink.facts.splice(
    place,
    0,
    {
      kind: 'event',
      event: { kind: 'race', category: 'race', text, ...(address === undefined ? {} : { address }), source },
      textLine: index,
    },
    ...(address === undefined ? [] : [{ kind: 'race' as const, address, accesses, source, textLine: index }]),
  );
  return at;
}

export const raceReader: TextReader = {
  name: 'race report',
  begins: '=W',

  recognise(cursor, index) {
    const line = cursor.line(index);
    return warning.test(line) || rule.test(line);
  },

  parse(cursor, index, sink) {
    if (warning.test(cursor.line(index))) return readReport(cursor, index, sink) - index;
    if (!warning.test(cursor.line(index + 1))) return 0;
    sink.lineClass[index] = LineClass.recognised;
    return readReport(cursor, index + 1, sink) - index;
  },
};
