/**
 * Signals: `[signal …]` after a panic or throw (runtime/panic.go), the block of a fatal signal (signal_unix.go
 * sighandler), and Windows exceptions (signal_windows.go winthrow).
 */
import { parseAddress, toAddress, toSigned } from '../../model/address.ts';
import type { CrashEvent, SignalFacts } from '../../model/event.ts';
import { latestEvent } from './latest.ts';
import { EventFact, NamedSignal, PlainEvent, SignalFact, VersionHintFact } from '../facts.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import type { LineCursor } from '../cursor.ts';
import { LineClass } from '../../model/line-class.ts';

const bracket =
  /^\s*\[signal (SIG[A-Z0-9]+|0x[0-9a-f]+|\d+)(?:: [^\]]*?)? code=(-?0x[0-9a-f]{1,16}|-?\d{1,20}) addr=(0x[0-9a-f]{1,16})(?: pc=(0x[0-9a-f]{1,16}))?\s*\]?/;
const name = /^\s*((?:SIG[A-Z]{2,8})|Signal \d{1,3})(?:: ([a-z][a-z -]{2,40}))?\s*$/;
const place = /^\s*PC=(0x[0-9a-f]{1,16})(?: m=(\d{1,9}))?(?: sigcode=(-?\d{1,20}))?(?: addr=(0x[0-9a-f]{1,16}))?\s*$/;
const arrived = /^\s*\[?signal arrived during (?:cgo|external code) execution\]?\s*$/;
const instructions = /^\s*instruction bytes:((?: 0x[0-9a-f]{1,2}){1,16})\s*$/;
const exception = /^\s*Exception (0x[0-9a-f]{1,16}) (0x[0-9a-f]{1,16}) (0x[0-9a-f]{1,16}) (0x[0-9a-f]{1,16})\s*$/;

/** si_code as a signed number: sigcode=18446744073709551610 is -6. */
function signedCode(text: string): number {
  return Number(toSigned(toAddress(BigInt(text))));
}

/** Addresses below this are a nil pointer and an offset (runtime/signal_unix.go sigpanic). */
const firstPage = 0x1000n;

/** Pushes what `[signal …]` tells; false when `line` is not that. */
export function pushSignal(cursor: LineCursor, index: number, sink: RecordSink, line: string): boolean {
  const match = bracket.exec(line);
  if (match === null) return false;
  const signal: SignalFacts = new NamedSignal(match[1] ?? '');
  signal.code = signedCode(match[2] ?? '0');
  const address = parseAddress(match[3] ?? '');
  const pc = parseAddress(match[4] ?? '');
  if (address !== undefined) signal.address = address;
  if (pc !== undefined) signal.pc = pc;
  // debug.SetPanicOnFault turns a wild address into the panic of a nil one.
  const event = latestEvent(sink);
  if (event?.category === 'nil-dereference' && address !== undefined && address >= firstPage) event.category = 'fault-panic';
  sink.lineClass[index] = LineClass.recognised;
  const source = cursor.lineRange(index);
  sink.facts.push(new SignalFact(signal, index, source));
  if (windowsCode.test(signal.name)) {
    sink.facts.push({ kind: 'process', facts: { os: 'windows' }, why: 'Windows exception code', textLine: index, source });
  }
  return true;
}

/** NTSTATUS codes of errors. */
const windowsCode = /^0xc0[0-9a-f]{6}$/;

export const signalLineReader: TextReader = {
  name: 'signal line',
  begins: '[',
  recognise: (cursor, index) => bracket.test(cursor.line(index)),
  parse: (cursor, index, sink) => (pushSignal(cursor, index, sink, cursor.line(index)) ? 1 : 0),
};

/** `PC=…` and the lines below it that tell about the same signal. */
function readPlace(cursor: LineCursor, index: number, sink: RecordSink, known: SignalFacts): number {
  const match = place.exec(cursor.line(index));
  if (match === null) return 0;
  const signal: SignalFacts = { ...known };
  const pc = parseAddress(match[1] ?? '');
  const address = parseAddress(match[4] ?? '');
  if (pc !== undefined) signal.pc = pc;
  if (match[2] !== undefined) signal.m = Number(match[2]);
  if (match[3] !== undefined) signal.code = signedCode(match[3]);
  if (address !== undefined) signal.address = address;
  let next = index + 1;
  if (arrived.test(cursor.line(next))) {
    signal.duringCgo = true;
    next++;
  }
  const listed = instructions.exec(cursor.line(next));
  if (listed !== null) {
    signal.instructionBytes = Uint8Array.from((listed[1] ?? '').trim().split(' '), (byte) => parseInt(byte, 16));
    next++;
  }
  markRecognised(sink, index, next - index);
  const source = cursor.lineRange(index, next - 1);
  sink.facts.push(new SignalFact(signal, index, source));
  const faulted = signal.name === 'SIGSEGV' || signal.name === 'SIGBUS';
  if (match[3] !== undefined && faulted) {
    const why = address === undefined ? 'PC= line of a fault without addr=' : 'PC= line with addr=';
    const range = address === undefined ? { from: null, to: 21 } : { from: 22, to: null };
    sink.facts.push(new VersionHintFact(range.from, range.to, why, index, source));
  }
  return next - index;
}

export const signalBlockReader: TextReader = {
  name: 'fatal signal',
  begins: 'SEP',

  recognise(cursor, index) {
    const line = cursor.line(index);
    const match = name.exec(line);
    if (match !== null) return match[2] !== undefined || place.test(cursor.line(index + 1));
    return exception.test(line) || place.test(line);
  },

  parse(cursor, index, sink) {
    const line = cursor.line(index);
    const thrown = exception.exec(line);
    if (thrown !== null) return readException(cursor, index, sink, thrown);
    const match = name.exec(line);
    if (match === null) return readPlace(cursor, index, sink, { name: latestEvent(sink)?.signal?.name ?? '' });
    const signal: SignalFacts = new NamedSignal(match[1] ?? '');
    markRecognised(sink, index, 1);
    const event: CrashEvent = new PlainEvent('signal', 'signal', line.trim(), cursor.lineRange(index));
    event.signal = signal;
    sink.facts.push(new EventFact(event, index));
    return 1 + readPlace(cursor, index + 1, sink, signal);
  },
};

/** `Exception code info0 info1 pc`: info0 tells read, write or execute, info1 is the address of an access violation. */
function readException(cursor: LineCursor, index: number, sink: RecordSink, match: RegExpExecArray): number {
  const name = match[1] ?? '';
  const signal: SignalFacts = { name };
  const [, , info0, info1, pc] = match.map((text) => parseAddress(text));
  if (pc !== undefined) signal.pc = pc;
  if (/^0xc0000005$/.test(name)) {
    if (info0 !== undefined) signal.code = Number(info0);
    if (info1 !== undefined) signal.address = info1;
  }
  markRecognised(sink, index, 1);
  const source = cursor.lineRange(index);
  sink.facts.push({
    kind: 'event',
    event: { kind: 'exception', category: 'exception', text: match[0].trim(), signal, source },
    textLine: index,
  });
  const why = 'Windows exception block';
  sink.facts.push({ kind: 'process', facts: { os: 'windows' }, why, textLine: index, source });
  return 1 + readPlace(cursor, index + 1, sink, signal);
}

/** The lines below `PC=…` when that was cut away. */
export const signalRestReader: TextReader = {
  name: 'rest of a signal block',
  begins: '[si',
  recognise(cursor, index) {
    const line = cursor.line(index);
    return arrived.test(line) || instructions.test(line);
  },
  parse(_cursor, index, sink) {
    markRecognised(sink, index, 1);
    return 1;
  },
};
