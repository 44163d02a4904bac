import type { TextBuilder } from '../builder.ts';
import { unescapeInto } from '../json-scan.ts';
import { byteString, forEachLine, indexWithin } from '../lines.ts';
import { recordContext } from '../record-context.ts';
import { isHead } from '../shapes.ts';
import type { Layer } from './layer.ts';

/** Escaped line ends of a string that holds a stack. */
const fewestLineEnds = 2;
const stackWords =
  /goroutine \d+ \[|\.(?:go|s):\d|panic: |fatal error: |\bSIG[A-Z]{2,6}: |runtime: pointer |unexpected return pc/;
/** Bytes of a string's start in which such words must stand. */
const tellingBytes = 4096;
/** What may stand before the quote of a value. */
const before = new Set(Uint8Array.from('=:,([{ \t', (sign) => sign.charCodeAt(0)));

const quote = 0x22;
const backslash = 0x5c;
const letterN = 0x6e;

interface Quoted {
  /** The contents, without quotes. */
  start: number;
  end: number;
  /** Past the closing quote. */
  past: number;
}

/**
 * One string with a whole stack in it, inside a line of something else: `stack="goroutine 1 [running]:\n…"` of slog and
 * logfmt, the JSON behind zap's console lines, a record in a comment or a quotation. The string is opened in its place;
 * what stands before and behind it keeps lines of its own.
 */
export const embedded: Layer = {
  name: 'quoted-string',
  detect(text) {
    if (!text.windows.some(({ lines }) => lines.some(holdsString))) return undefined;
    const context = recordContext(text, holdsString);
    return { remove: (out) => openStrings(text.bytes, out), ...(context === undefined ? {} : { context }) };
  },
};

function holdsString(line: string): boolean {
  return line.includes('\\n') && line.includes('"') && stackWords.test(line) && !isCrashText(line);
}

/** A crash may quote another one in its own words: that stays as it was printed. */
function isCrashText(line: string): boolean {
  return isHead(line) || /^\s*(?:panic: |fatal error: )/.test(line);
}

function openStrings(bytes: Uint8Array, out: TextBuilder): void {
  forEachLine(bytes, headColumns, (head, start, end) => {
    const past = end < bytes.length ? end + 1 : end;
    if (indexWithin(bytes, backslash, start, end) < 0 || isCrashText(head)) {
      out.copy(start, past);
      return;
    }
    let from = start;
    for (let string = nextStack(bytes, start, end); string !== undefined; string = nextStack(bytes, string.past, end)) {
      out.copy(from, string.start - 1);
      if (string.start - 1 > from) out.make('\n', string.start - 1, string.start);
      unescapeInto(out, bytes, string.start, string.end);
      if (out.last !== 10) out.make('\n', string.end, string.past);
      // An empty line ends the last block of the stack: another stack may follow at once.
      if (past < bytes.length) out.make('\n', string.past, string.past);
      from = string.past;
    }
    // Brackets that close the record are no text.
    if (from > start && /^[\s}\]),;]*$/.test(byteString(bytes, from, Math.min(end, from + headColumns)))) return;
    out.copy(from, past);
  });
}

const headColumns = 128;

function nextStack(bytes: Uint8Array, start: number, end: number): Quoted | undefined {
  let at = start;
  while (at < end) {
    const open = indexWithin(bytes, quote, at, end);
    if (open < 0) return undefined;
    at = open + 1;
    if (open > start && !before.has(bytes[open - 1] ?? 0)) continue;
    let lineEnds = 0;
    let close = open + 1;
    for (; close < end && bytes[close] !== quote; close++) {
      if (bytes[close] !== backslash) continue;
      close++;
      // Escaped twice: a record in the string of a record.
      if (bytes[close] === letterN || (bytes[close] === backslash && bytes[close + 1] === letterN)) lineEnds++;
    }
    close = Math.min(close, end);
    if (lineEnds >= fewestLineEnds && stackWords.test(byteString(bytes, open + 1, Math.min(close, open + 1 + tellingBytes))))
      return { start: open + 1, end: close, past: Math.min(close + 1, end) };
    // The closing quote of one string may be the opening one of the next.
    at = Math.max(close, open + 1);
  }
  return undefined;
}
