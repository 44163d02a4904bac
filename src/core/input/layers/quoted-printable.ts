import type { TextBuilder } from '../builder.ts';
import type { Window } from '../sample.ts';
import { isHead, isLocation } from '../shapes.ts';
import type { Layer } from './layer.ts';

/** What only this encoding writes into a dump: the equals signs of places and signals. */
const encodedForm = /\b(?:fp|sp|pc|gp|mp?|code|addr|sigcode|frame|stack|goroutine)=3D(?:0x|nil|\d|\{|\[|$)/;
/** An equals sign that this encoding would have escaped. */
const plainForm = /\w=0x[0-9a-f]/;
/** A character of several bytes. */
const encodedCharacter = /=(?:C[2-9A-F]|D[0-9A-F]|E[0-9A-F]=[89AB][0-9A-F]|F[0-4]=[89AB][0-9A-F])=[89AB][0-9A-F]/;
/** Soft line ends that prove it where the text has no equals signs. */
const fewestSoftEnds = 3;
/** Mail programs break at 76 columns or a little before. */
const shortestSoft = 60;
const longestSoft = 77;

/** Quoted-printable mail (RFC 2045): `=3D`, and lines that go on behind a `=` at their end. */
export const quotedPrintable: Layer = {
  name: 'quoted-printable',
  detect({ bytes, windows }) {
    if (!windows.some(isEncoded)) return undefined;
    return { remove: (out) => decode(bytes, out) };
  },
};

function isEncoded({ lines }: Window): boolean {
  let soft = 0;
  let marked = 0;
  let proven = false;
  let plain = false;
  let escaped = 0;
  let inside = 0;
  let outside = 0;
  let below = 0;
  let above = 0;
  for (const [index, line] of lines.entries()) {
    if (!line.includes('=')) continue;
    if (escapedEnd.test(line)) escaped++;
    if (encodedForm.test(line) || encodedCharacter.test(line)) {
      proven = true;
      if (bareSign.test(line)) inside++;
      else outside++;
    }
    plain ||= plainForm.test(line);
    if (!line.endsWith('=') || line.length < shortestSoft || line.length > longestMarked) continue;
    if (lines[index + 1]?.startsWith(line.slice(0, markColumns)) === true) marked++;
    if (line.length > longestSoft) continue;
    soft++;
    const whole = (rest: string) => isRecord(decodeLine(line.slice(0, -1) + rest));
    if (whole(lines[index + 1] ?? '')) below++;
    else if (whole(lines[index - 1] ?? '')) above++;
  }
  // Marks before every line came later, and would stand inside the lines that this layer joins: they go first.
  if (marked >= fewestMarked && marked >= (soft + marked) * markedShare) return false;
  if (plain && !lines.some((line) => encodedForm.test(line))) return false;
  // Equals signs that this encoding would not have left stand around it: they came later.
  if (inside > outside || escaped > soft) return false;
  // Where the newest line stands first, so does the rest of a line: the order comes before the encoding.
  if (above > below) return false;
  return proven || below > 0 || soft >= fewestSoftEnds;
}

/** A soft end that a string took with its line. */
const escapedEnd = /=\\{1,8}[nr]/;
/** An equals sign with neither an escape nor a line end behind it. */
const bareSign = /=(?![0-9A-Fa-f]{2}|[ \t]*\r?$)/;

/** True when the equals signs of a dump are still encoded: breaks in its lines are not those of a mail program. */
export function looksEncoded({ lines }: { lines: readonly string[] }): boolean {
  return lines.some((line) => line.includes('=3D') && encodedForm.test(line));
}

/** These lines as they will be, as far as that tells what wraps them: soft ends joined, equals signs plain. */
export function decodedLines(lines: readonly string[]): readonly string[] {
  return looksEncoded({ lines }) ? decodeLine(lines.join('\n').replace(/=\r?\n/g, '')).split('\n') : lines;
}

function isRecord(line: string): boolean {
  return isLocation(line.trim()) || isHead(line);
}

function decodeLine(line: string): string {
  return line.replace(/=3D/g, '=');
}

/** What a line and the rest behind its soft end have in common where each line was marked or prefixed afterwards. */
const markColumns = 2;
const fewestMarked = 2;
const markedShare = 0.4;
const longestMarked = 400;

const equals = 0x3d;
const decoder = new TextDecoder('utf-8');

function decode(bytes: Uint8Array, out: TextBuilder): void {
  let from = 0;
  for (let at = bytes.indexOf(equals); at >= 0; at = bytes.indexOf(equals, at)) {
    const soft = softEnd(bytes, at);
    if (soft > at) {
      out.copy(from, at);
      from = at = soft;
      continue;
    }
    // A character of several bytes is several escapes: they are decoded together.
    let next = at;
    const values: number[] = [];
    for (let value = escaped(bytes, next); value >= 0; value = escaped(bytes, next)) {
      values.push(value);
      next += 3;
      if (value < 0x80) break;
    }
    if (values.length === 0) {
      at++;
      continue;
    }
    out.copy(from, at);
    out.make(decoder.decode(Uint8Array.from(values)), at, next);
    from = at = next;
  }
  out.copy(from, bytes.length);
}

/** Offset past the line end behind the equals sign at `at`; `at` where other text follows. */
function softEnd(bytes: Uint8Array, at: number): number {
  let next = at + 1;
  while (bytes[next] === 32 || bytes[next] === 9) next++;
  if (bytes[next] === 13) next++;
  if (bytes[next] === 10) return next + 1;
  return next >= bytes.length ? bytes.length : at;
}

function escaped(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== equals) return -1;
  const high = digit(bytes[at + 1]);
  const low = digit(bytes[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function digit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 48 && byte <= 57) return byte - 48;
  // Lower case is not allowed, and written all the same.
  const upper = byte & ~0x20;
  return upper >= 65 && upper <= 70 ? upper - 55 : -1;
}
