/**
 * The first line of a frame: `function(arguments)` (runtime/traceback.go). Names hold parentheses themselves
 * (`main.(*T).f`), so the list starts at the parenthesis that balances the last one.
 */
import { isSpace, skipSpace, trimEnd } from '../bytes.ts';

/** What the last successful `readCall` read. One object is reused: copy what is kept. */
export interface Call {
  nameStart: number;
  nameEnd: number;
  argumentStart: number;
  argumentEnd: number;
  /** `(...)`: inlined, or nothing known of the arguments. */
  hidden: boolean;
}

export function emptyCall(): Call {
  return { nameStart: 0, nameEnd: 0, argumentStart: 0, argumentEnd: 0, hidden: false };
}

export function readCall(bytes: Uint8Array, start: number, end: number, out: Call): boolean {
  const past = trimEnd(bytes, start, end);
  if (past <= start || bytes[past - 1] !== 41) return false;
  const first = skipSpace(bytes, start, past);
  let depth = 0;
  for (let at = past - 1; at >= first; at--) {
    const byte = bytes[at];
    if (byte === 41) depth++;
    else if (byte === 40 && --depth === 0) {
      if (at === first) return false;
      out.nameStart = first;
      out.nameEnd = at;
      out.argumentStart = at + 1;
      out.argumentEnd = past - 1;
      out.hidden = past - at === 5 && bytes[at + 1] === 46 && bytes[at + 2] === 46 && bytes[at + 3] === 46;
      return true;
    }
  }
  return false;
}

/**
 * Whether [start, end) can be a linker symbol: no blanks, no quotes or separators of prose, starts with a letter,
 * underscore or a non-ASCII byte. `dotted` asks for a package too, as every Go function but `panic` has one.
 */
export function looksLikeName(bytes: Uint8Array, start: number, end: number, dotted: boolean): boolean {
  if (end <= start || end - start > 4096) return false;
  const first = bytes[start] ?? 0;
  if (!(isLetter(first) || first === 95 || first >= 128)) return false;
  let dots = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    // A dot counts between two parts of a name, not at the end of a sentence.
    if (byte === 46 && at > start && at + 1 < end) dots++;
    else if (isSpace(byte) || byte === 34 || byte === 44 || byte === 59 || byte === 61 || byte === 96) return false;
  }
  if (bytes[end - 1] === 58) return false;
  return dots > 0 || !dotted;
}

function isLetter(byte: number): boolean {
  return (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90);
}
