/**
 * One frame as gdb prints it (print_frame of gdb/stack.c), joined over the lines that the terminal, a mail or a
 * Python exception inside the arguments broke it into.
 */
import { parseAddress, type Address } from '../../model/address.ts';
import { withoutAbi } from '../../model/function-name.ts';
import type { LineCursor } from '../cursor.ts';
import { isPrompt } from './command.ts';
import { lineText, offsetOf } from './lines.ts';

/** A frame is never joined over more lines than this. */
const mostLines = 12;

export interface FrameLine {
  lines: number;
  level?: number;
  pc?: Address;
  /** '' for `??`. */
  function: string;
  file?: string;
  line?: number;
  library?: string;
  /** Text offsets of the arguments between their parentheses; equal = none. */
  argumentStart: number;
  argumentEnd: number;
}

interface Joined {
  text: string;
  /** Where each line begins in `text`: position, line and column. */
  parts: { at: number; index: number; line: string; column: number }[];
}

/** Characters and strings blanked at equal length, so that their parentheses do not count. */
function withoutQuotes(text: string): string {
  if (!text.includes("'") && !text.includes('"')) return text;
  // gdb cuts strings at 200 characters, each at most four bytes of escape.
  return text.replace(/'(?:\\(?:'|[^'\n]{1,4})|[^'\\])'|"(?:[^"\\]|\\.){0,800}"/g, (quoted) => '_'.repeat(quoted.length));
}

function depth(plain: string): number {
  let open = 0;
  for (let at = plain.indexOf('('); at >= 0; at = plain.indexOf('(', at + 1)) open++;
  for (let at = plain.indexOf(')'); at >= 0; at = plain.indexOf(')', at + 1)) open--;
  return open;
}

/** ` at FILE:LINE` or ` from LIBRARY` behind the last closing parenthesis. */
function placeOf(text: string): { close: number; file?: string; line?: number; library?: string } | undefined {
  const at = text.lastIndexOf(') at ');
  const file = at < 0 ? null : /^(\S.*):(\d{1,7})$/.exec(text.slice(at + 5));
  if (file !== null) return { close: at, file: file[1] ?? '', line: Number(file[2]) };
  const from = text.lastIndexOf(') from ');
  const library = from < 0 ? null : /^\S+$/.exec(text.slice(from + 7));
  return library === null ? undefined : { close: from, library: library[0] };
}

const placeNext = /^[ \t]*(?:at|from) \S/;
const newRecord = /^[ \t]{0,16}(?:#\d|Backtrace stopped|\(More stack|Old value|New value|```|No locals|\$\d)|^[ \t]*$/;

/** Is `text` whole, or must the next line be looked at? */
function isWhole(text: string, next: string): boolean {
  const trimmed = text.trimEnd();
  if (trimmed.endsWith(' in ?? ()') || trimmed.endsWith('<signal handler called>') || placeOf(trimmed) !== undefined) return true;
  if (/ (?:in|at|from)$/.test(trimmed)) return false;
  if (depth(withoutQuotes(trimmed)) > 0) return false;
  if (trimmed.endsWith(')')) return !placeNext.test(next);
  // Neither arguments nor place yet: a name broken off in front of its arguments.
  return !/^[ \t]*\(/.test(next);
}

function join(cursor: LineCursor, index: number, skip: number): Joined {
  const line = lineText(cursor, index);
  const joined: Joined = { text: line.slice(skip), parts: [{ at: 0, index, line, column: skip }] };
  for (let next = index + 1; next < cursor.count && next - index < mostLines; next++) {
    const following = lineText(cursor, next);
    if (isWhole(joined.text, following) || newRecord.test(following) || isPrompt(following)) break;
    const column = following.length - following.trimStart().length;
    const text = joined.text.trimEnd();
    joined.parts.push({ at: text.length + 1, index: next, line: following, column });
    joined.text = `${text} ${following.slice(column)}`;
  }
  return joined;
}

function textOffset(cursor: LineCursor, joined: Joined, at: number): number {
  let part = joined.parts[0];
  for (const candidate of joined.parts) if (candidate.at <= at) part = candidate;
  if (part === undefined) return 0;
  return offsetOf(cursor, part.index, part.line, Math.min(part.line.length, part.column + at - part.at));
}

/** Position of the parenthesis that `plain[close]` closes, or -1. */
function opening(plain: string, close: number): number {
  let open = 0;
  for (let at = close; at >= 0; at--) {
    if (plain[at] === ')') open++;
    else if (plain[at] === '(' && --open === 0) return at;
  }
  return -1;
}

const head = /^[ \t]{0,16}(?:#(\d{1,7})[ \t]+)?(?:(0x[0-9a-f]{1,16}) in )?/;
const exception = /Python Exception <[^>]*>: /g;

/** What most names are: `main.(*shard).lookup`. */
const plainName = /^[A-Za-z_][\w./*()-]*$/;

/** Function names hold dots, slashes, `·`, `(*T)` and blanks only inside brackets: prose does not pass. */
export function isFunctionName(name: string): boolean {
  if (plainName.test(name)) return true;
  let open = 0;
  for (const character of name) {
    if ('([<'.includes(character)) open++;
    else if (')]>'.includes(character)) open--;
    else if (open <= 0 && (character === ' ' || character === '\t')) return false;
  }
  return /^[^\s\d#=,;:)\]]/.test(name);
}

function read(cursor: LineCursor, joined: Joined, lines: number): FrameLine | undefined {
  const text = joined.text.trimEnd();
  const start = head.exec(text);
  if (start === null) return undefined;
  const body = start[0].length;
  const frame: FrameLine = { lines, function: '', argumentStart: 0, argumentEnd: 0 };
  if (start[1] !== undefined) frame.level = Number(start[1]);
  const pc = start[2] === undefined ? undefined : parseAddress(start[2]);
  if (pc !== undefined) frame.pc = pc;
  if (text.startsWith('<signal handler called>', body)) return { ...frame, function: '<signal handler called>' };
  const plain = withoutQuotes(text);
  const place = placeOf(text);
  const close = place?.close ?? (plain.endsWith(')') ? plain.length - 1 : -1);
  let open = close < 0 ? -1 : opening(plain, close);
  // An argument list cut off, or one whose quotes do not match: the first parenthesis behind a blank opens it.
  if (open <= body || plain[open - 1] !== ' ') open = plain.indexOf(' (', body) + 1;
  if (open <= body || (frame.pc === undefined && place === undefined)) return undefined;
  const name = text.slice(body, open).trim();
  if (name !== '??' && !isFunctionName(name)) return undefined;
  frame.function = name === '??' ? '' : withoutAbi(name);
  if (place?.file !== undefined) frame.file = place.file;
  if (place?.line !== undefined) frame.line = place.line;
  if (place?.library !== undefined) frame.library = place.library;
  const last = close < 0 ? text.length : close;
  if (last > open + 1) {
    frame.argumentStart = textOffset(cursor, joined, open + 1);
    frame.argumentEnd = textOffset(cursor, joined, last);
  }
  return frame;
}

/**
 * Reads the frame that begins at line `index`: `#1  0x… in f (a=1) at file:3`, or without `#1` the place of a stop.
 * undefined when it is none.
 * `skip` columns of the line belong to something else (`Breakpoint 1, `). A frame that its continuation lines do not complete counts with its own line alone.
 */
export function readFrame(cursor: LineCursor, index: number, skip = 0): FrameLine | undefined {
  const joined = join(cursor, index, skip);
  joined.text = joined.text.replace(exception, (noise) => ' '.repeat(noise.length));
  const whole = read(cursor, joined, joined.parts.length);
  if (joined.parts.length === 1 || (whole !== undefined && depth(withoutQuotes(joined.text)) === 0)) return whole;
  return read(cursor, { text: lineText(cursor, index).slice(skip), parts: joined.parts.slice(0, 1) }, 1);
}
