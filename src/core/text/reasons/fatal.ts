/** Fatal errors (runtime/panic.go throw and fatal), raw ones written without memory, and what stands before them. */
import { parseAddress } from '../../model/address.ts';
import { LineClass } from '../../model/line-class.ts';
import type { CrashEvent } from '../../model/event.ts';
import { EventFact, PlainEvent } from '../facts.ts';
import type { LineCursor } from '../cursor.ts';
import type { RecordSink, TextReader } from '../reader.ts';
import { crashFollows } from './follows.ts';
import { latestEvent } from './latest.ts';
import { pushSignal } from './signal.ts';
import { fatalCategory } from './fatal-categories.ts';

const fatal = /^(\s*)fatal error: (.*)$/;
/** Go 1.4 and earlier; other programs print the word too, so that a crash must follow. */
const thrown = /^throw: (.*)$/;
/** The signal's line may be joined to the reason. */
const joined = /\s*(\[signal .*)$/;
const raw = /^\s*fatal: (.*?)\s*$/;
/** What may follow `fatal: `: git and other programs print that too. */
const rawText = /morestack|systemstack|signal handler|CrashStack|bad g\b/;

/** Bytes named by the complaint just before: the stack limit, the block that could not be allocated. */
function precedingBytes(sink: RecordSink): bigint | undefined {
  for (let i = sink.facts.length - 1, from = Math.max(0, i - 4); i >= from; i--) {
    const fact = sink.facts[i];
    if (fact?.kind === 'event') return undefined;
    if (fact?.kind !== 'complaint') continue;
    if (fact.complaint.kind === 'stack-limit') return fact.complaint.bytes;
    if (fact.complaint.kind === 'runtime-state' && fact.complaint.detail?.kind === 'refused-block')
      return fact.complaint.detail.bytes;
  }
  return undefined;
}

/** The address that `unexpected fault address` named, when it was the event just before. */
function precedingAddress(sink: RecordSink) {
  const last = sink.facts[sink.facts.length - 1];
  return last?.kind === 'event' && last.event.kind === 'runtime-message' ? last.event.address : undefined;
}

/** Pushes the event of a fatal error whose text is `text`. */
export function pushFatal(cursor: LineCursor, index: number, sink: RecordSink, printed: string, nested: boolean): void {
  const signal = joined.exec(printed);
  const text = (signal === null ? printed : printed.slice(0, signal.index)).trim();
  const source = cursor.lineRange(index);
  const event: CrashEvent = new PlainEvent('fatal-error', fatalCategory(text), text, source);
  const bytes = precedingBytes(sink);
  if (bytes !== undefined) event.bytes = bytes;
  const address = precedingAddress(sink);
  if (address !== undefined) event.address = address;
  if (nested && latestEvent(sink)?.kind === 'panic') event.nested = true;
  sink.lineClass[index] = LineClass.recognised;
  sink.facts.push(new EventFact(event, index));
  if (signal?.[1] !== undefined) pushSignal(cursor, index, sink, signal[1]);
}

export const fatalReader: TextReader = {
  name: 'fatal error',
  begins: 'ft',
  recognise(cursor, index) {
    const line = cursor.line(index);
    return fatal.test(line) || (thrown.test(line) && crashFollows(cursor, index));
  },
  parse(cursor, index, sink) {
    const line = cursor.line(index);
    const match = fatal.exec(line);
    if (match === null) pushFatal(cursor, index, sink, thrown.exec(line)?.[1] ?? '', false);
    else for (const text of unglued(match[2] ?? '')) pushFatal(cursor, index, sink, text, match[1] !== '');
    return 1;
  },
};

const again = 'fatal error: ';
/** Reasons that two threads print at once: each dies of its own, and the words run together. */
const common =
  /unexpected signal during runtime execution|stopm holding locks|stopm holding p|stopm spinning|schedule: holding locks|concurrent map (?:writes|read and map write|iteration and map write)|all goroutines are asleep - deadlock!|found bad pointer in Go heap \(incorrect use of unsafe or cgo\?\)|found pointer to free object|stack overflow|out of memory|fault$|unknown caller pc|invalid pointer found on stack|malloc during signal|malloc deadlock|bad g in signal handler|casgstatus: bad incoming values|sweep increased allocation count|index out of range/g;

/** `fatal error: fatal error: AB`: the reasons A and B where one of them is known; else the text as it stands. */
function unglued(text: string): string[] {
  if (!text.startsWith(again)) return [text];
  const rest = text.split(again).join('').trim();
  const parts: string[] = [];
  let from = 0;
  for (const match of rest.matchAll(common)) {
    const before = rest.slice(from, match.index).trim();
    if (before !== '') parts.push(before);
    parts.push(match[0]);
    from = match.index + match[0].length;
  }
  const after = rest.slice(from).trim();
  if (after !== '') parts.push(after);
  return parts.length === 0 ? [text] : parts;
}

export const rawFatalReader: TextReader = {
  name: 'raw fatal',
  begins: 'f',
  recognise(cursor, index) {
    const match = raw.exec(cursor.line(index));
    return match !== null && rawText.test(match[1] ?? '');
  },
  parse(cursor, index, sink) {
    const text = raw.exec(cursor.line(index))?.[1] ?? '';
    const source = cursor.lineRange(index);
    sink.lineClass[index] = LineClass.recognised;
    sink.facts.push({ kind: 'event', event: { kind: 'throw', category: fatalCategory(text), text, source }, textLine: index });
    return 1;
  },
};

const faultAddress = /^\s*(unexpected fault address|accessed data from freed user arena) (0x[0-9a-f]{1,16})\s*$/;

export const faultAddressReader: TextReader = {
  name: 'unexpected fault address',
  begins: 'ua',
  recognise: (cursor, index) => faultAddress.test(cursor.line(index)),
  parse(cursor, index, sink) {
    const match = faultAddress.exec(cursor.line(index));
    const address = parseAddress(match?.[2] ?? '');
    if (match === null || address === undefined) return 0;
    sink.lineClass[index] = LineClass.recognised;
    sink.facts.push({
      kind: 'event',
      event: {
        kind: 'runtime-message',
        category: match[1] === 'unexpected fault address' ? 'fault' : 'arena',
        text: match[0].trim(),
        address,
        source: cursor.lineRange(index),
      },
      textLine: index,
    });
    return 1;
  },
};

const lastWords = /^\s*(?:panic during panic|stack trace unavailable|\[recovered\]|too many (?:concurrent )?timer firings)\s*$/;

/** What the runtime says when it cannot say more (runtime/panic.go startpanic_m). */
export const lastWordsReader: TextReader = {
  name: 'panic during panic',
  begins: 'pst[',
  recognise: (cursor, index) => lastWords.test(cursor.line(index)),
  parse(cursor, index, sink) {
    sink.lineClass[index] = LineClass.recognised;
    sink.facts.push({
      kind: 'event',
      event: {
        kind: 'runtime-message',
        category: 'runtime-internal',
        text: cursor.line(index).trim(),
        source: cursor.lineRange(index),
      },
      textLine: index,
    });
    return 1;
  },
};
