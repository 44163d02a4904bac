/** `find`: addresses one a line, then their count (gdb/findcmd.c). */
import { parseAddress, type Address } from '../../model/address.ts';
import type { ProbeSite } from '../../model/snapshot.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { lineText } from './lines.ts';
import { parseNumber, sessionOf, teachSymbol } from './session.ts';

const hit = /^[ \t]{0,16}(0x[0-9a-f]{1,16})(?: <(.{1,400})>)?$/;
const end = /^[ \t]{0,16}(?:(\d{1,9}) patterns? found\.?|Pattern not found\.?)$/;
/** Hits that a person left out, and memory that gdb could not read between them. */
const between =
  /^[ \t]{0,16}(?:\.{3}|\u2026|\[(?:\.{3}|\u2026|snip)\]|warning: Unable to access \d{1,19} bytes of target memory at .{1,200})$/;
const mostBetween = 4;

/** The command asked about last, and its answer: a long session asks the same again and again. */
let lastCommand = '';
let lastSought: Address | undefined;

/** The value that a `find /g START, END, VALUE` looked for, when it is one number. */
export function soughtBy(command: string): Address | undefined {
  if (command === lastCommand) return lastSought;
  const parts = /^find(?:[ \t/]|$)/.test(command) ? command.slice(4).split(',') : [];
  lastCommand = command;
  lastSought = parts.length === 3 ? parseNumber((parts[2] ?? '').trim()) : undefined;
  return lastSought;
}

function isSearch(sink: RecordSink): boolean {
  return /^find(?:[ \t/]|$)/.test(sink.command);
}

/** Do hits or their count go on behind line `index`? */
function hitFollows(cursor: LineCursor, index: number): boolean {
  for (let at = index + 1; at <= index + mostBetween; at++) {
    const line = lineText(cursor, at).trimEnd();
    if (hit.test(line) || end.test(line)) return true;
    if (!between.test(line)) return false;
  }
  return false;
}

export const searchReader: TextReader = {
  name: 'debugger search',
  begins: '0123456789',
  opens: ['Pa', 'wa'],
  accepts: ({ digits, behind }) => digits === 0 || behind === 32 || behind === 120,
  recognise(cursor, index, sink) {
    const line = lineText(cursor, index).trimEnd();
    if (line.startsWith('warning: ')) return isSearch(sink) && between.test(line);
    return end.test(line) || (hit.test(line) && index >= sessionOf(sink).noHitsBefore);
  },
  parse(cursor, index, sink) {
    const search: ProbeSite = { hits: [], source: cursor.lineRange(index) };
    const value = soughtBy(sink.command);
    if (value !== undefined) search.value = value;
    let next = index;
    let ended = false;
    for (; next < cursor.count && !ended; next++) {
      const line = lineText(cursor, next).trimEnd();
      ended = end.test(line);
      if (ended) continue;
      if (between.test(line) && hitFollows(cursor, next)) continue;
      const match = hit.exec(line);
      const address = match === null ? undefined : parseAddress(match[1] ?? '');
      if (match === null || address === undefined) break;
      const source = cursor.lineRange(next);
      search.hits.push({ address, ...(match[2] === undefined ? {} : { symbol: match[2] }), source });
    }
    // Addresses alone are a search only when its count follows, or its command stands before.
    if (!ended && !isSearch(sink)) {
      sessionOf(sink).noHitsBefore = next;
      return 0;
    }
    for (const found of search.hits)
      if (found.symbol !== undefined) teachSymbol(sink, index, found.address, found.symbol, found.source);
    search.source = cursor.lineRange(index, next - 1);
    sink.facts.push({ kind: 'search', textLine: index, search });
    markRecognised(sink, index, next - index);
    return next - index;
  },
};
