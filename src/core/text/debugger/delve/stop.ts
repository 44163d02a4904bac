/**
 * Stops: `> [Breakpoint 1] main.f() ./main.go:26 (hits goroutine(1):1 total:1) (PC: 0x4b74aa)` (pkg/terminal/command.go printcontext).
 * Delve's own breakpoints on a panic and on the runtime's fatal errors name the death.
 */
import { parseAddress, type Address } from '../../../model/address.ts';
import type { CrashEvent, DebuggerStop } from '../../../model/event.ts';
import { withoutAbi } from '../../../model/function-name.ts';
import type { LineCursor } from '../../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { fatalCategory } from '../../reasons/fatal-categories.ts';
import { panicCategory } from '../../reasons/panic-categories.ts';
import { lineText } from '../lines.ts';
import { endStep, sessionOf } from '../session.ts';
import { isExecuting } from './command.ts';
import { delveOf, isDelveOutput } from './session.ts';
import { skipSource } from './source-lines.ts';

/** The `> ` is lost where a mail's quoting was taken away. */
const head = /^[ \t]{0,16}(?:> )?(?:\[([^\]]{1,80})\] |watchpoint on \[([^\]]{1,200})\] )?(?=\S)/;
const tail =
  / (\S{1,1024}|<[^<>]{1,40}>):(-?\d{1,9})(?: \(hits (?:goroutine\((\d{1,19})\):\d{1,19} )?total:\d{1,19}\))? \(PC: (0x[0-9a-f]{1,16})\)$/;
const warning = /^[ \t]{0,16}Warning: debugging optimized function$/;
/** Expressions that a breakpoint prints: `⇥runtime.curg._panic.arg: interface {}(string) "…"`. */
const printedExpression = /^(?:\t|[ ]{2,24})(\S[^:"]{0,200}): (.{1,4000})$/;
const frameLine = /^[ \t]{0,16}Frame (\d{1,7}): \S{1,1024}:-?\d{1,9} \(PC: (?:0x)?[0-9a-f]{1,16}\)$/;
const frameAt = /^[ \t]{0,16}Goroutine (\d{1,19}) frame (\d{1,7}) at \S{1,1024}:-?\d{1,9} \(PC: (?:0x)?[0-9a-f]{1,16}\)$/;

interface StopLine {
  breakpoint?: string;
  watched?: string;
  goroutine?: string;
  stop: DebuggerStop;
}

function readStop(line: string): StopLine | undefined {
  const start = head.exec(line);
  const end = start === null ? null : tail.exec(line.trimEnd());
  const pc = end === null ? undefined : parseAddress(end[4] ?? '');
  if (start === null || end === null || pc === undefined) return undefined;
  const place = line.slice(start[0].length, end.index);
  const open = openingOf(place);
  if (open <= 0) return undefined;
  const stop: DebuggerStop = { function: withoutAbi(place.slice(0, open)), file: end[1] ?? '', pc };
  const number = Number(end[2]);
  if (number > 0) stop.line = number;
  const read: StopLine = { stop };
  if (start[1] !== undefined) read.breakpoint = start[1];
  if (start[2] !== undefined) read.watched = start[2];
  if (end[3] !== undefined) read.goroutine = end[3];
  return read;
}

/** Position of the parenthesis that the last character closes; -1 when there is none. */
function openingOf(place: string): number {
  let open = 0;
  for (let at = place.length - 1; at >= 0; at--) {
    if (place[at] === ')') open++;
    else if (place[at] === '(' && --open === 0) return at;
    if (open === 0) return -1;
  }
  return -1;
}

/** `interface {}(string) "runtime error: …"` → the text; other values as printed. */
function panicText(printed: string): string {
  const quoted = /^interface \{\}\([^()]{1,200}\) "((?:[^"\\]|\\.){0,4000})"/.exec(printed);
  return quoted?.[1] ?? printed;
}

/** What Delve's own breakpoints say of the death. */
function deathOf(read: StopLine, expressions: ReadonlyMap<string, string>): Partial<CrashEvent> | undefined {
  if (read.breakpoint === 'unrecovered-panic') {
    const argument = expressions.get('runtime.curg._panic.arg');
    if (argument === undefined) return { kind: 'panic', text: '' };
    const text = panicText(argument);
    return { kind: 'panic', category: panicCategory(text), text };
  }
  if (read.breakpoint !== 'runtime-fatal-throw' && read.breakpoint !== 'fatal-throw') return undefined;
  if (/^runtime\.(?:fatalsignal|winthrow|sighandler|exceptionhandler)$/.test(read.stop.function ?? ''))
    return { kind: 'signal', category: 'signal', text: 'fatal signal' };
  const said = [...expressions].find(([name]) => /(?:^|\.)s$/.test(name))?.[1];
  const text = said?.replace(/^"(.*)"$/, '$1');
  return text === undefined
    ? { kind: 'fatal-error', category: 'runtime-internal', text: `stopped in ${read.stop.function ?? 'the runtime'}` }
    : { kind: 'fatal-error', category: fatalCategory(text), text };
}

function isEcho(sink: RecordSink): boolean {
  // `frame 3`, `list` and `up` print the stop again.
  return !isExecuting(sink.command) && !sessionOf(sink).running;
}

/** First byte of line `index` behind its blanks; 0 past the end. */
function firstByte(cursor: LineCursor, index: number): number {
  if (index >= cursor.count) return 0;
  let at = cursor.start(index);
  while (cursor.bytes[at] === 32 || cursor.bytes[at] === 9) at++;
  return cursor.bytes[at] ?? 0;
}

/** Has line `index` a colon with a blank behind it, before any other one and before quotes? Looks at bytes only. */
function mayBeExpression(cursor: LineCursor, index: number): boolean {
  if (index >= cursor.count) return false;
  const end = cursor.end(index);
  const { bytes } = cursor;
  let at = cursor.start(index);
  if (bytes[at] !== 9 && bytes[at] !== 32) return false;
  while (at < end && bytes[at] !== 58 && bytes[at] !== 34) at++;
  return bytes[at] === 58 && bytes[at + 1] === 32;
}

function readExpressions(cursor: LineCursor, from: number): { next: number; expressions: ReadonlyMap<string, string> } {
  let next = from;
  if (firstByte(cursor, next) === 87 && warning.test(lineText(cursor, next))) next++;
  if (!mayBeExpression(cursor, next)) return { next, expressions: noExpressions };
  const expressions = new Map<string, string>();
  for (; mayBeExpression(cursor, next) && next - from < 40; next++) {
    const match = printedExpression.exec(lineText(cursor, next));
    if (match === null) break;
    expressions.set(match[1] ?? '', match[2] ?? '');
  }
  return { next, expressions };
}

const noExpressions: ReadonlyMap<string, string> = new Map();

const returned = /^[ \t]{0,16}Values returned:[ \t]*$/;
/** Lines of returned values. */
const mostReturned = 100;

/** Past the values that a function returned, which stand between a stop and its source; a blank line ends them. */
function skipReturned(cursor: LineCursor, from: number): number {
  if (firstByte(cursor, from) !== 86 || !returned.test(lineText(cursor, from))) return from;
  let next = from + 1;
  while (next < cursor.count && next - from < mostReturned && cursor.bytes[cursor.start(next)] === 9) next++;
  return next < cursor.count && cursor.isBlank(next) ? next + 1 : next;
}

/** Does line `index` end in `(PC: 0x…)`? Looks at its last bytes only. */
function endsInPc(cursor: LineCursor, index: number): boolean {
  const start = cursor.start(index);
  const { bytes } = cursor;
  let at = cursor.end(index) - 1;
  while (at > start && (bytes[at] === 32 || bytes[at] === 13)) at--;
  if (bytes[at] !== 41) return false;
  const open = bytes.subarray(Math.max(start, at - 24), at).lastIndexOf(40);
  return open >= 0 && bytes[Math.max(start, at - 24) + open + 1] === 80;
}

/** `*(*int)(0xc000012345)` names it; of another expression `watch` said it. */
function watchedAddress(sink: RecordSink, expression: string): Address | undefined {
  const printed = /^\*\([^()]{1,200}\)\((0x[0-9a-f]{1,16})\)$/.exec(expression)?.[1];
  return printed === undefined ? delveOf(sink).watched.get(expression) : parseAddress(printed);
}

export const delveStopReader: TextReader = {
  name: 'Delve stop',
  accepts: ({ last }) => last === 41 || last === 32 || last === 13,
  recognise: (cursor, index) => endsInPc(cursor, index) && readStop(lineText(cursor, index)) !== undefined,
  parse(cursor, index, sink) {
    const read = endsInPc(cursor, index) ? readStop(lineText(cursor, index)) : undefined;
    if (read === undefined) return 0;
    const { next: behind, expressions } = readExpressions(cursor, index + 1);
    let next = behind;
    const frame = firstByte(cursor, next) === 70 ? frameLine.exec(lineText(cursor, next)) : null;
    const session = delveOf(sink);
    const printed = lineText(cursor, index).trim();
    const echo = frame !== null || (isDelveOutput(sink) ? isEcho(sink) : session.stopLine === printed);
    session.stopLine = printed;
    if (frame !== null) {
      sessionOf(sink).frame = Number(frame[1]);
      next++;
    }
    next = skipSource(cursor, skipReturned(cursor, next));
    markRecognised(sink, index, next - index);
    if (read.goroutine !== undefined) session.goroutine = read.goroutine;
    if (echo) return next - index;
    endStep(sink);
    session.fatalSignal = undefined;
    if (read.goroutine !== undefined) read.stop.goroutine = read.goroutine;
    const death = read.breakpoint === undefined ? undefined : deathOf(read, expressions);
    const kind = read.watched === undefined ? 'stop' : 'watchpoint';
    const text = read.watched ?? (printed.startsWith('> ') ? printed.slice(2) : printed);
    const { stop } = read;
    const { step } = sink;
    const source = cursor.lineRange(index, behind - 1);
    const event: CrashEvent =
      death === undefined ? { kind, text, stop, step, source } : { kind, text, ...death, stop, step, source };
    const address = read.watched === undefined ? undefined : watchedAddress(sink, read.watched);
    if (address !== undefined) event.address = address;
    const { pc } = read.stop;
    const function_ = read.stop.function ?? '';
    if (death?.kind === 'signal' && pc !== undefined && function_ === 'runtime.fatalsignal') session.fatalSignal = event;
    sink.facts.push({ kind: 'event', textLine: index, event });
    return next - index;
  },
};

export const delveFrameReader: TextReader = {
  name: 'Delve frame',
  opens: ['Fr', 'Go'],
  recognise(cursor, index) {
    const line = lineText(cursor, index).trimEnd();
    return frameLine.test(line) || frameAt.test(line);
  },
  parse(cursor, index, sink) {
    const level = frameLine.exec(lineText(cursor, index).trimEnd())?.[1];
    if (level !== undefined) sessionOf(sink).frame = Number(level);
    const next = skipSource(cursor, index + 1);
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
