/** The `x/NFU` command: count, format letter and unit, in any order; letters persist (gdb/printcmd.c decode_format). */
import type { Session } from './session.ts';

export interface Examination {
  /** '' = not known. */
  format: string;
  /** Bytes of a unit; 0 = not known. */
  size: number;
}

const sizes: Record<string, number> = { b: 1, h: 2, w: 4, g: 8 };
const command = /^x(?:[ \t]*\/[ \t]*(-?\d{0,9})([a-z]{0,4}))?(?:[ \t]|$)/;

/** The unit of `format` where the command names none, after units of `last` bytes. */
function defaultSize(format: string, last: number): number {
  if (format === 'c' || format === 's') return 1;
  return format === 'f' && last !== 0 && last !== 4 ? 8 : last;
}

const letterX = 120;
const slash = 47;
const mostDigits = 9;
const mostLetters = 4;

/** The letters of `text` where it is `x/` with count, letters and a blank; undefined where it may have another form. */
function plainLetters(text: string): string | undefined {
  let at = 2;
  let code = text.charCodeAt(at);
  while (code >= 48 && code <= 57) code = text.charCodeAt(++at);
  const first = at;
  while (code >= 97 && code <= 122) code = text.charCodeAt(++at);
  return code === 32 && first - 2 <= mostDigits && at - first <= mostLetters ? text.slice(first, at) : undefined;
}

/** Format and size that `text` asks for, with those kept from before (the session's own); undefined when it is no `x`. */
export function examinationOf(text: string, session: Session): Examination | undefined {
  if (text.charCodeAt(0) !== letterX) return undefined;
  let letters = text.charCodeAt(1) === slash ? plainLetters(text) : undefined;
  if (letters === undefined) {
    const match = command.exec(text);
    if (match === null) return undefined;
    letters = match[2] ?? '';
  }
  let isSized = false;
  let isFormed = false;
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] ?? '';
    const size = sizes[letter];
    if (size !== undefined) {
      session.size = size;
      isSized = true;
    } else {
      session.format = letter;
      isFormed = true;
    }
  }
  // `a`, `i` and `s` have their own widths; a pointer is a word of the machine.
  if (session.format === 'a') session.size = 8;
  else if (isFormed && !isSized) session.size = defaultSize(session.format, session.size);
  return session;
}
