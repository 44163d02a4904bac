/**
 * A location line onto which pasting glued the function line that should follow: `⇥file:12 +0x… pc=0x41d68, 0x2)`.
 * Web pages that swallow `<…>` leave such lines. Rare, so the line is decoded.
 */
import type { LineCursor } from '../cursor.ts';
import type { Call } from './call.ts';
import { readLocation, type Location } from './location.ts';

const locationHead =
  /^\s*\S[^:]{0,1024}(?::\d{1,10})?(?: \+0x[0-9a-f]{1,16})(?: fp=0x[0-9a-f]{1,16} sp=0x[0-9a-f]{1,16} pc=0x[0-9a-f]{1,16})?/;
const wholeCall = /^[A-Za-z_][^\s,()]*\.[^\s,]*$/;

/**
 * Splits line `index`. 'whole': `tail` holds a complete function line; 'headless': only its end is left; 'no': the line
 * is not a location with a function line at its end.
 */
export function unglue(cursor: LineCursor, index: number, location: Location, tail: Call): 'whole' | 'headless' | 'no' {
  const start = cursor.start(index);
  const end = cursor.end(index);
  if (cursor.bytes[end - 1] !== 41 || end - start > 8192) return 'no';
  const line = cursor.line(index);
  const head = locationHead.exec(line)?.[0];
  if (head === undefined || head.length >= line.length) return 'no';
  // Heads are ASCII in practice; where they are not, the columns would not be bytes.
  if (line.length !== end - start) return 'no';
  const split = start + head.length;
  if (!readLocation(cursor.bytes, start, split, location)) return 'no';
  const rest = line.slice(head.length);
  const open = rest.lastIndexOf('(');
  tail.nameStart = split;
  tail.nameEnd = open < 0 ? split : split + open;
  tail.argumentStart = open < 0 ? split : split + open + 1;
  tail.argumentEnd = end - 1;
  tail.hidden = false;
  return open > 0 && wholeCall.test(rest.slice(0, open)) ? 'whole' : 'headless';
}
