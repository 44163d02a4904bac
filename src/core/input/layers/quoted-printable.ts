import type { TextBuilder } from '../builder.ts';
import { hasBareSign, isEncodedForm, isEncodedUpwards, isSoft, softRests } from '../encoded-lines.ts';
import type { Window } from '../sample.ts';
import type { Layer } from './layer.ts';

/** An equals sign that this encoding would have escaped. */
const plainForm = /\w=0x[0-9a-f]/;
/** Soft line ends that prove it where the text has no equals signs. */
const fewestSoftEnds = 3;
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
  for (const [index, line] of lines.entries()) {
    if (!line.includes('=')) continue;
    if (escapedEnd.test(line)) escaped++;
    if (isEncodedForm(line)) {
      proven = true;
      if (hasBareSign(line)) inside++;
      else outside++;
    }
    plain ||= plainForm.test(line);
    if (!line.endsWith('=') || line.length < shortestMarked || line.length > longestMarked) continue;
    if (startOf(lines[index + 1] ?? '') === startOf(line)) marked++;
    if (isSoft(line)) soft++;
  }
  // Marks before every line came later, and would stand inside the lines that this layer joins: they go first.
  if (marked >= fewestMarked && marked >= (soft + marked) * markedShare) return false;
  if (plain && !lines.some(isEncodedForm)) return false;
  // Equals signs that this encoding would not have left stand around it: they came later.
  if (inside > outside || escaped > soft) return false;
  // Where the newest line stands first, so does the rest of a line: the order comes before the encoding.
  if (isEncodedUpwards(lines)) return false;
  return proven || soft >= fewestSoftEnds || softRests(lines).below > 0;
}

/** A soft end that a string took with its line. */
const escapedEnd = /=\\{1,8}[nr]/;

/** What a line and the rest behind its soft end have in common where each line was marked or prefixed afterwards. */
const markColumns = 2;
const startOf = (line: string) => line.slice(0, markColumns).replace(/\d/g, '0');
const fewestMarked = 1;
const markedShare = 0.4;
const shortestMarked = 60;
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
      // Also where a line ends between them.
      const rest = bytes[next] === equals ? softEnd(bytes, next) : next;
      if (escaped(bytes, rest) >= 0x80) next = rest;
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
