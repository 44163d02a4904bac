/** The source line that gdb shows behind a place: `20<TAB>	h := mix(x)`, or that it could not open the file. */
import { isDigit, tab } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import { firstByte, lineText } from './lines.ts';
import { behindDigits } from './runs/number.ts';

const mostDigits = 7;

const withTab = /^\d{1,7}\t/;
const withBlanks = /^[ \t]{0,16}\d{1,7}[ \t]{2,}\S/;
const missing =
  /^[ \t]{0,16}\d{1,7}[ \t]+(?:in )?\S.*: (?:No such file or directory|Permission denied|Not a directory)\.$|^[ \t]{0,16}\d{1,7}[ \t]+in \S+$/;

/** Only to be asked directly behind a frame or a place. */
export function isSourceEcho(line: string): boolean {
  return withTab.test(line) || withBlanks.test(line) || isMissingSource(line);
}

/** The same of line `index`, which is decoded only where it begins with a number. */
export function echoesSource(cursor: LineCursor, index: number): boolean {
  if (!isDigit(firstByte(cursor, index))) return false;
  const start = cursor.start(index);
  const behind = behindDigits(cursor.bytes, start);
  // Nearly all.
  if (behind > start && behind - start <= mostDigits && cursor.bytes[behind] === tab && behind < cursor.end(index)) return true;
  return isSourceEcho(lineText(cursor, index));
}

/** Recognised anywhere. */
export function isMissingSource(line: string): boolean {
  return missing.test(line);
}
