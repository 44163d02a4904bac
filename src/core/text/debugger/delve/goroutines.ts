/**
 * `goroutines` with any flags: `* Goroutine 22 - User: ./main.go:21 main.f (0x49fbc5) (thread 13919) [chan receive]`, with stacks
 * behind (`-t`), labels (`-l`) or in groups (`-group`).
 */
import { parseAddress, toAddress } from '../../../model/address.ts';
import { withoutAbi } from '../../../model/function-name.ts';
import { FrameFlag, GoroutineFlag } from '../../../model/goroutine.ts';
import type { LineCursor } from '../../cursor.ts';
import { isDigit, skipSpace } from '../../bytes.ts';
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { lineText } from '../lines.ts';
import { addDelveFrame, readDelveFrame } from './frames.ts';
import { delveOf, type DelveSession } from './session.ts';
import { keepStack, readDelveStack } from './stack.ts';

const entry =
  /^[ \t]{0,16}(\* )?Goroutine (\d{1,19}) - (User|Runtime|Go|Start): (\S{1,1024}|\?):(-?\d{1,9}) (\S.{0,1000}?) \((0x[0-9a-f]{1,16})\)(?: \(thread (\d{1,10})\))?(?: \[([^\]]{1,120}(?:\([^()]{0,40}\))?)\])?$/;
const total = /^[ \t]{0,16}\[\d{1,9} goroutines?(?:[^\]]{0,80})?\]$/;
const labels = /^[ \t]{1,24}Labels: \S/;

interface Entry {
  /** 'Go' is the statement that made the goroutine, 'Start' its outermost function: neither is where it stands. */
  place: string;
  current: boolean;
  id: string;
  file: string;
  line: number;
  function: string;
  pc: ReturnType<typeof parseAddress>;
  thread?: string;
  status: string;
}

function readEntry(line: string): Entry | undefined {
  const match = entry.exec(line.trimEnd());
  if (match === null) return undefined;
  const read: Entry = {
    current: match[1] !== undefined,
    id: match[2] ?? '',
    place: match[3] ?? '',
    file: match[4] ?? '',
    line: Math.max(0, Number(match[5])),
    function: match[6] === '???' ? '' : withoutAbi(match[6] ?? ''),
    pc: parseAddress(match[7] ?? ''),
    // Delve prints a reason for waiting goroutines only; one without a thread is ready to run.
    status: match[9]?.replace(/ \d{6,19}$/, '') ?? (match[8] === undefined ? 'runnable' : 'running'),
  };
  if (match[8] !== undefined) read.thread = match[8];
  return read;
}

function rowFor(sink: RecordSink, index: number, session: DelveSession, id: string): number {
  const known = session.rows.get(id);
  if (known !== undefined) {
    known.step = sink.step;
    return known.row;
  }
  const row = sink.columns.goroutines.add();
  const fact = { kind: 'goroutine' as const, row, listed: 'other' as const, textLine: index };
  session.rows.set(id, { row, fact, step: sink.step });
  sink.facts.push(fact);
  return row;
}

function createdBy(cursor: LineCursor, sink: RecordSink, index: number, row: number, read: Entry): void {
  const frame = addDelveFrame(cursor, sink, index, { ...read, pc: read.pc ?? toAddress(0n) });
  const { flags } = sink.columns.frames.data;
  flags[frame] = (flags[frame] ?? 0) | FrameFlag.createdBy;
  sink.columns.goroutines.data.createdBy[row] = frame;
}

function write(cursor: LineCursor, sink: RecordSink, index: number, read: Entry): number {
  const session = delveOf(sink);
  const row = rowFor(sink, index, session, read.id);
  const { data } = sink.columns.goroutines;
  data.id[row] = BigInt.asUintN(64, BigInt(read.id));
  data.status[row] = sink.columns.strings.intern(read.status);
  data.flags[row] = read.thread === undefined ? 0 : GoroutineFlag.running;
  data.headerLine[row] = index;
  data.document[row] = cursor.document;
  const listed = session.rows.get(read.id);
  if (read.current) for (const one of session.rows.values()) one.fact.listed = 'other';
  if (read.current && listed !== undefined) {
    listed.fact.listed = 'current';
    session.goroutine = read.id;
  }
  let next = index + 1;
  if (labels.test(lineText(cursor, next))) next++;
  const kept = session.stacks.get(read.id);
  if (readDelveFrame(cursor, next) !== undefined) {
    const stack = readDelveStack(cursor, next, sink);
    keepStack(sink, read.id, stack);
    next = stack.next;
  } else if (read.place === 'Go') {
    if (read.function !== '') createdBy(cursor, sink, index, row, read);
  } else if (kept?.step !== sink.step && read.pc !== undefined) {
    const frameStart = addDelveFrame(cursor, sink, index, { ...read, pc: read.pc });
    if (read.place === 'Start') sink.columns.frames.data.flags[frameStart] = 0;
    data.frameStart[row] = frameStart;
    data.frameEnd[row] = frameStart + 1;
  }
  const best = session.stacks.get(read.id);
  if (best?.step === sink.step) {
    data.frameStart[row] = best.frameStart;
    data.frameEnd[row] = best.frameEnd;
  }
  data.endLine[row] = next;
  return next;
}

/** `[12 `, `* G` or `G`: looks at bytes only. */
function mayBegin(cursor: LineCursor, index: number): boolean {
  const { bytes } = cursor;
  const at = skipSpace(bytes, cursor.start(index), cursor.end(index));
  if (bytes[at] === 91) return isDigit(bytes[at + 1]);
  return bytes[at] !== 42 || bytes[at + 2] === 71;
}

export const delveGoroutineReader: TextReader = {
  name: 'Delve goroutine',
  contains: ['oroutine'],
  begins: '*G[',
  recognise(cursor, index) {
    if (!mayBegin(cursor, index)) return false;
    const line = lineText(cursor, index).trimEnd();
    return total.test(line) || readEntry(line) !== undefined;
  },
  parse(cursor, index, sink) {
    const read = readEntry(lineText(cursor, index));
    const next = read === undefined ? index + 1 : write(cursor, sink, index, read);
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
