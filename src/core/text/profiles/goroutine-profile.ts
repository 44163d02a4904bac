/**
 * Goroutine profiles as text (runtime/pprof/pprof.go printCountProfile and printStackRecord, all versions):
 * `goroutine profile: total N`, then for each stack `COUNT @ 0x… 0x…`, maybe `# labels: {…}`, and one line
 * `#⇥0x…⇥function+0x…⇥⇥file:line` a frame. No ids and no states are printed: a group becomes as many rows as it counts.
 */
import { FrameFlag, GoroutineFlag } from '../../model/goroutine.ts';
import { LineClass } from '../../model/line-class.ts';
import { emptyCall } from '../frames/call.ts';
import { emptyLocation } from '../frames/location.ts';
import { writerOf } from '../frames/writer.ts';
import type { LineCursor } from '../cursor.ts';
import type { RecordSink, TextReader } from '../reader.ts';

const title = /^(?:goroutine|goroutineleak) profile: total \d+\s*$/;
const group = /^(\d{1,9}) @(?: 0x[0-9a-f]+)*\s*$/;
const labels = /^# labels: \{(.*)\}\s*$/;
const frameLine = /^#[\t ]+0x([0-9a-f]{1,16})[\t ]+(\S.*?)(?:\+0x([0-9a-f]+))?[\t ]+(\S.*?):(\d+)\s*$/;
/** A code address of which nothing is known. */
const bareLine = /^#[\t ]+0x([0-9a-f]{1,16})\s*$/;
/** Goroutines made rows of one text: the counts beyond stay in the text. */
const mostRows = 200_000;

const call = emptyCall();
const location = emptyLocation();

export const goroutineProfileReader: TextReader = {
  name: 'goroutine profile',
  begins: 'g0123456789',

  recognise(cursor, index) {
    const line = cursor.line(index);
    return title.test(line) || (group.test(line) && isFrame(cursor.line(index + 1)));
  },

  parse(cursor, index, sink) {
    if (title.test(cursor.line(index))) {
      sink.lineClass[index] = LineClass.recognised;
      return 1;
    }
    const match = group.exec(cursor.line(index));
    if (match === null) return 0;
    const start = sink.columns.frames.length;
    let printed = '';
    let at = index + 1;
    for (; at < cursor.count; at++) {
      const line = cursor.line(at);
      const label = labels.exec(line)?.[1];
      if (label !== undefined) printed = label;
      else if (!readFrame(cursor, at, sink)) break;
    }
    sink.lineClass.fill(LineClass.recognised, index, at);
    const { goroutines, strings } = sink.columns;
    const room = Math.max(0, mostRows - goroutines.length);
    for (let copy = 0, copies = Math.min(Number(match[1]), room); copy < copies; copy++) {
      const row = goroutines.add();
      const { data } = goroutines;
      data.status[row] = strings.intern('unknown');
      data.flags[row] = GoroutineFlag.counted;
      data.frameStart[row] = start;
      data.frameEnd[row] = sink.columns.frames.length;
      data.labels[row] = strings.intern(printed);
      data.headerLine[row] = index;
      data.endLine[row] = at;
      data.document[row] = cursor.document;
      sink.facts.push({ kind: 'goroutine', row, textLine: index });
    }
    return at - index;
  },
};

function isFrame(line: string): boolean {
  return line.startsWith('#') && (frameLine.test(line) || labels.test(line) || bareLine.test(line));
}

function readFrame(cursor: LineCursor, index: number, sink: RecordSink): boolean {
  const line = cursor.line(index);
  const match = frameLine.exec(line);
  const pc = match?.[1] ?? bareLine.exec(line)?.[1];
  if (pc === undefined) return false;
  const writer = writerOf(sink.columns);
  location.flags = FrameFlag.hasPc;
  location.pcLow = parseInt(pc.slice(-8), 16);
  location.pcHigh = pc.length > 8 ? parseInt(pc.slice(0, -8), 16) : 0;
  location.line = 0;
  location.entryOffset = 0;
  location.fileStart = location.fileEnd = cursor.start(index);
  if (match === null) {
    writer.add(cursor, index, undefined, location);
    return true;
  }
  const name = match[2] ?? '';
  const file = match[4] ?? '';
  // Offsets count bytes; names may hold other characters than ASCII.
  const bytesTo = (column: number) => cursor.start(index) + encoder.encode(line.slice(0, column)).length;
  const nameColumn = line.indexOf(name, line.indexOf(pc) + pc.length);
  const fileColumn = line.lastIndexOf(file);
  call.nameStart = bytesTo(nameColumn);
  call.nameEnd = bytesTo(nameColumn + name.length);
  call.argumentStart = call.argumentEnd = call.nameEnd;
  call.hidden = false;
  location.fileStart = bytesTo(fileColumn);
  location.fileEnd = bytesTo(fileColumn + file.length);
  location.line = Math.min(Number(match[5]), 0xffff_ffff);
  if (match[3] !== undefined) {
    location.flags |= FrameFlag.hasEntryOffset;
    location.entryOffset = parseInt(match[3].slice(-8), 16);
  }
  writer.add(cursor, index, call, location);
  sink.frames++;
  return true;
}

const encoder = new TextEncoder();
