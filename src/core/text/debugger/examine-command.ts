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

/** Format and size that `text` asks for, with those kept from before; undefined when it is no `x`. */
export function examinationOf(text: string, session: Session): Examination | undefined {
  const match = command.exec(text);
  if (match === null) return undefined;
  for (const letter of match[2] ?? '') {
    const size = sizes[letter];
    if (size !== undefined) session.size = size;
    else session.format = letter;
  }
  // `a`, `i` and `s` have their own widths; a pointer is a word of the machine.
  if (session.format === 'a') session.size = 8;
  return { format: session.format, size: session.size };
}
