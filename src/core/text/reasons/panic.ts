/**
 * `panic: value[ [recovered]]` and what is nested under it (runtime/panic.go printpanics). A value is free text of
 * several lines: up to Go 1.22 they stand as they are, later ones are indented by a tab.
 */
import { LineClass } from '../../model/line-class.ts';
import type { CrashEvent } from '../../model/event.ts';
import { beginsAsHeader } from '../goroutines/header.ts';
import { isPair } from '../goroutines/stack-lines.ts';
import { EventFact, PlainEvent, VersionHintFact } from '../facts.ts';
import type { LineCursor } from '../cursor.ts';
import type { RecordSink, TextReader } from '../reader.ts';
import { latestEvent } from './latest.ts';
import { panicCategory, valueHint, valueTypeOf } from './panic-categories.ts';

const opening = /^(\s*)panic: /;
const marks = / \[recovered(, repanicked)?\]\s*$/;
/** Longest value read across blank lines; inside one paragraph the limit is higher. */
const longestParagraph = 10_000;
const blankSearch = 60;

const stops =
  /^(?:\s?panic: |\s?fatal error: |\[signal |exit status \d|runtime stack:|fatal error: |goroutine profile: |FAIL\t|SIG[A-Z0-9]{2,8}: |-----$|\((?:gdb|rr|dlv|lldb)\) )/;

/** Whether the stack begins at line `index`: then the value ended before it. */
function stackBegins(cursor: LineCursor, index: number): boolean {
  if (index >= cursor.count) return true;
  const start = cursor.start(index);
  if (cursor.bytes[start] === 9) return false;
  if (!beginsAsHeader(cursor.bytes, start, cursor.end(index))) return isPair(cursor, index);
  // A post that lost its function lines has a location right under the header.
  return isPair(cursor, index + 1) || isUnavailable(cursor, index + 1) || isIndentedLocation(cursor, index + 1);
}

function isIndentedLocation(cursor: LineCursor, index: number): boolean {
  return /^\s+\/?\S+\.(?:go|s):\d+ \+0x[0-9a-f]+/.test(cursor.line(index));
}

function isUnavailable(cursor: LineCursor, index: number): boolean {
  return /^\s*goroutine running on other thread|^\s*created by |^\S+$/.test(cursor.line(index));
}

/** Functions that stop the process; the first frame behind a real `fatal error: ` inside a panic is one of theirs. */
const stoppers = /^(?:runtime|sync|internal\/[\w/]+|maps)\./;

/**
 * A tabbed `fatal error: ` ends a value (a fatal error while panicking, since Go 1.26), but a value of several lines may hold these
 * words too: then the running goroutine stands in the function that panicked.
 */
function speaksOfFatal(cursor: LineCursor, index: number): boolean {
  if (!cursor.line(index).startsWith('\tfatal error: ') || !cursor.line(index - 1).startsWith('\t')) return false;
  const search = Math.min(cursor.count, index + blankSearch);
  for (let at = index + 1; at < search; at++) {
    if (cursor.bytes[cursor.start(at)] === 9 || !beginsAsHeader(cursor.bytes, cursor.start(at), cursor.end(at))) continue;
    return /\[running\b/.test(cursor.line(at)) && !stoppers.test(cursor.line(at + 1));
  }
  return false;
}

const signalBlock = /^SIG[A-Z0-9]{2,8}: /;
const registerRow = /^(?:r[a-z0-9]{1,2}|e[a-z]{2}|x\d{1,2}|lr|pc|zero|ra|psw_?\w*|hi|status)\s+0x[0-9a-f]{1,16}/;
/** Lines in which the registers of a fatal signal are looked for; they stand behind all goroutines. */
const registerSearch = 400;

/**
 * Up to Go 1.22 the value of an error may hold the report of another program without an indent. The runtime's own block of a fatal
 * signal has registers below its goroutines.
 */
function speaksOfSignal(cursor: LineCursor, index: number): boolean {
  if (!signalBlock.test(cursor.line(index)) || !cursor.line(index + 1).startsWith('PC=0x')) return false;
  const search = Math.min(cursor.count, index + registerSearch);
  for (let at = index + 2; at < search; at++) {
    if (registerRow.test(cursor.line(at)) || /^signal arrived during /.test(cursor.line(at))) return false;
  }
  return search === cursor.count;
}

function stopsAt(cursor: LineCursor, index: number): boolean {
  return stops.test(cursor.line(index)) && !speaksOfFatal(cursor, index) && !speaksOfSignal(cursor, index);
}

/** Line past the value that begins at line `index`. */
function endOfValue(cursor: LineCursor, index: number): number {
  let at = index + 1;
  const limit = Math.min(cursor.count, index + longestParagraph);
  while (at < limit && !cursor.isBlank(at) && !stopsAt(cursor, at) && !stackBegins(cursor, at)) at++;
  if (at >= limit || !cursor.isBlank(at)) return at;
  // Blank lines may belong to the value: they do if a stack begins further on and nothing else speaks before it.
  const end = at;
  const search = Math.min(cursor.count, at + blankSearch);
  for (; at < search; at++) {
    if (cursor.isBlank(at)) {
      const line = cursor.line(at + 1);
      if (at + 1 < cursor.count && (stackBegins(cursor, at + 1) || /^(?:runtime stack:|goroutine \d)/.test(line))) return at;
    } else if (stopsAt(cursor, at)) return /^\[signal /.test(cursor.line(at)) ? at : end;
  }
  return end;
}

function read(cursor: LineCursor, index: number, sink: RecordSink): number {
  const first = cursor.line(index);
  const match = opening.exec(first);
  if (match === null) return 0;
  const next = Math.max(index + 1, endOfValue(cursor, index));
  const lines = [first.slice(match[0].length)];
  let indented = 0;
  for (let at = index + 1; at < next; at++) {
    const line = cursor.line(at);
    if (line.startsWith('\t')) indented++;
    lines.push(line);
    // A look-alike of a header inside a value is printed all the same: it counts, but it is no goroutine.
    if (beginsAsHeader(cursor.bytes, cursor.start(at), cursor.end(at)) && /^goroutine \d+ .*\[.*\].*:\s*$/.test(line)) {
      sink.headers++;
    }
  }
  sink.lineClass.fill(LineClass.recognised, index, next);
  const continued = next - index - 1;
  const tabbed = continued > 0 && indented === continued;
  let text = lines
    .map((line, i) => (tabbed && i > 0 ? line.slice(1) : line))
    .join('\n')
    .trimEnd();
  const mark = marks.exec(text);
  if (mark !== null) text = text.slice(0, mark.index);
  const source = cursor.lineRange(index, next - 1);
  const event: CrashEvent = new PlainEvent('panic', panicCategory(text), text, source);
  if (mark !== null) {
    event.recovered = true;
    if (mark[1] !== undefined) event.repanicked = true;
  }
  if (match[1] !== '' && latestEvent(sink)?.kind === 'panic') event.nested = true;
  const type = valueTypeOf(text);
  if (type !== undefined && event.category === 'user-value') event.valueType = type;
  sink.facts.push(new EventFact(event, index));
  const hint = valueHint(text);
  if (hint !== undefined) sink.facts.push(new VersionHintFact(hint.from, hint.to, hint.why, index, source));
  if (event.repanicked) {
    const why = 'panic marked [recovered, repanicked]';
    sink.facts.push(new VersionHintFact(25, null, why, index, source));
  }
  return next - index;
}

export const panicReader: TextReader = {
  name: 'panic',
  begins: 'p',
  recognise: (cursor, index) => opening.test(cursor.line(index)),
  parse: read,
};

/** The address may be lost: `<…>` vanishes from web pages. */
const serving = /^(?:.{0,160}?)\bhttp2?: panic serving (?:(?:\S*\d\S*|@|pipe): )?(.*)$/;

/** net/http's log line of a recovered panic; its stack follows at once. */
export const servingReader: TextReader = {
  name: 'http: panic serving',
  holds: ['panic'],
  recognise: (cursor, index) => cursor.line(index).includes('panic serving') && serving.test(cursor.line(index)),
  parse(cursor, index, sink) {
    const match = serving.exec(cursor.line(index));
    if (match === null) return 0;
    const next = Math.max(index + 1, endOfValue(cursor, index));
    let text = match[1] ?? '';
    for (let at = index + 1; at < next; at++) text += `\n${cursor.line(at)}`;
    text = text.trimEnd();
    sink.lineClass.fill(LineClass.recognised, index, next);
    sink.facts.push({
      kind: 'event',
      event: {
        kind: 'panic',
        category: panicCategory(text),
        text,
        recovered: true,
        source: cursor.lineRange(index, next - 1),
      },
      textLine: index,
    });
    return next - index;
  },
};
