/** `coredumpctl info` (systemd): fields of the dead process, then a stack per thread without source places. */
import { parseAddress, type Address } from '../../model/address.ts';
import type { SignalFacts } from '../../model/event.ts';
import { withoutAbi } from '../../model/function-name.ts';
import { FrameFlag } from '../../model/goroutine.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { lineText } from '../debugger/lines.ts';

const field =
  /^[ \t]{0,24}(PID|UID|GID|Signal|Timestamp|Command Line|Executable|Control Group|Unit|User Unit|Slice|Owner UID|Boot ID|Machine ID|Hostname|Storage|Disk Size|Size on Disk|Session|Package|build-id|Message|Module): (\S.{0,1000})$/;
const known = /^(?:\d{1,10}(?: \(.{1,80}\))?|\d{1,3} \([A-Z0-9]{2,10}\))$/;
const thread = /^[ \t]{0,24}(?:Message: .*)?Stack trace of thread (\d{1,10}):$/;
const frame = /^[ \t]{0,24}#(\d{1,6})[ \t]{1,4}(0x[0-9a-f]{8,16}) (\S.{0,400}?) \((\S.{0,200}? \+ 0x[0-9a-f]{1,16}|\S{1,200})\)$/;
const signalNames: Readonly<Record<string, string>> = {
  '4': 'SIGILL',
  '5': 'SIGTRAP',
  '6': 'SIGABRT',
  '7': 'SIGBUS',
  '8': 'SIGFPE',
  '11': 'SIGSEGV',
};
/** Fields of one report. */
const mostLines = 400;

function addFrame(cursor: LineCursor, sink: RecordSink, index: number, pc: Address, name: string): void {
  const columns = sink.columns.frames;
  const row = columns.add();
  columns.data.functionName[row] = sink.columns.strings.intern(name === 'n/a' ? '' : withoutAbi(name));
  columns.data.pc[row] = pc;
  columns.data.flags[row] = FrameFlag.hasPc;
  columns.data.textLine[row] = index;
  columns.data.document[row] = cursor.document;
}

/** Frames behind `Stack trace of thread N:`; returns the line past them. */
function readThread(cursor: LineCursor, index: number, sink: RecordSink, tid: string): number {
  const frameStart = sink.columns.frames.length;
  let next = index + 1;
  for (; next < cursor.count; next++) {
    const match = frame.exec(lineText(cursor, next).trimEnd());
    const pc = match === null ? undefined : parseAddress(match[2] ?? '');
    if (match === null || pc === undefined) break;
    addFrame(cursor, sink, next, pc, match[3] ?? '');
  }
  const frameEnd = sink.columns.frames.length;
  if (frameEnd > frameStart)
    sink.facts.push({
      kind: 'debugger-stack',
      textLine: index,
      frameStart,
      frameEnd,
      thread: `Thread ${tid}`,
      tid: Number(tid),
      step: sink.step,
      source: cursor.lineRange(index, next - 1),
    });
  return next;
}

function pushField(cursor: LineCursor, sink: RecordSink, index: number, name: string, value: string): void {
  const source = cursor.lineRange(index);
  const number = /^(\d{1,10})\b/.exec(value)?.[1];
  if (number === undefined) return;
  if (name === 'PID')
    sink.facts.push({
      kind: 'process',
      textLine: index,
      facts: { pid: Number(number), os: 'linux' },
      why: `PID: ${number}`,
      source,
    });
  if (name !== 'Signal') return;
  const signal: SignalFacts = { name: signalNames[number] ?? `SIG${/\(([A-Z0-9]{2,10})\)/.exec(value)?.[1] ?? number}` };
  sink.facts.push({
    kind: 'event',
    textLine: index,
    event: { kind: 'log', category: 'signal', text: `${signal.name} (core dumped)`, signal, source },
  });
}

export const coredumpReader: TextReader = {
  name: 'coredumpctl info',
  opens: ['PI', 'Me', 'St'],
  recognise(cursor, index) {
    if (cursor.end(index) - cursor.start(index) > 1200) return false;
    const line = lineText(cursor, index).trimEnd();
    if (thread.test(line)) return frame.test(lineText(cursor, index + 1).trimEnd());
    const match = field.exec(line);
    // The report begins with the process and its owner.
    return match?.[1] === 'PID' && known.test(match[2] ?? '') && field.test(lineText(cursor, index + 1).trimEnd());
  },
  parse(cursor, index, sink) {
    let next = index;
    while (next < cursor.count && next - index < mostLines) {
      const line = lineText(cursor, next).trimEnd();
      const tid = thread.exec(line)?.[1];
      if (tid !== undefined) {
        next = readThread(cursor, next, sink, tid);
        continue;
      }
      const match = field.exec(line);
      if (match !== null) pushField(cursor, sink, next, match[1] ?? '', match[2] ?? '');
      else if (!(
        cursor.isBlank(next) &&
        (thread.test(lineText(cursor, next + 1).trimEnd()) || field.test(lineText(cursor, next + 1).trimEnd()))
      ))
        break;
      next++;
    }
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
