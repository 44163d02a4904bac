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

/** Format and size that `text` asks for, with those kept from before; undefined when it is no `x`. */
export function examinationOf(text: string, session: Session): Examination | undefined {
  const match = command.exec(text);
  if (match === null) return undefined;
  let isSized = false;
  let isFormed = false;
  for (const letter of match[2] ?? '') {
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
  return { format: session.format, size: session.size };
}
