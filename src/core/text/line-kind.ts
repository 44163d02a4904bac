/** What tells lines apart before a reader looks at one: a few of its bytes, and the debugger that speaks. Lines of one kind ask the same readers. */
import { hexTable, skipSpace } from './bytes.ts';

export type Speaker = '' | 'gdb' | 'delve' | 'lldb';

export interface LineKind {
  /** Its first byte behind white space, and the one behind that; a line feed where the line ends. */
  first: number;
  second: number;
  /** It begins with a blank or a tabulator. */
  isIndented: boolean;
  /** Hexadecimal digits at `first`; 15 = as many or more. */
  digits: number;
  /** The byte behind them: one of `behindBytes`, 0 = another. */
  behind: number;
  /** Its last byte: one of `lastBytes`, 0 = another. */
  last: number;
  /** The debugger whose prompt stood last. */
  speaker: Speaker;
}

export const behindBytes = ': -x\t\r\n';
export const lastBytes = ':{) \t\r';
const speakers: readonly Speaker[] = ['', 'gdb', 'delve', 'lldb'];
const lineFeed = 10;
const carriageReturn = 13;

/** For each byte, one more than its place in `text`; 0 = it is not there. */
function places(text: string): Uint8Array {
  const table = new Uint8Array(256);
  for (let at = 0; at < text.length; at++) table[text.charCodeAt(at)] = at + 1;
  return table;
}

const behindPlaces = places(behindBytes);
const lastPlaces = places(lastBytes);

/** The kind of bytes [start, end) as a number. -1 = a carriage return stands before the rest: `kindOf` does not tell such lines. */
export function kindKey(bytes: Uint8Array, start: number, end: number, speaker: Speaker): number {
  const begin = bytes[start] ?? 0;
  if (begin === carriageReturn) return -1;
  const at = begin === 32 || begin === 9 ? skipSpace(bytes, start, end) : start;
  if (at >= end) return -1;
  const first = bytes[at] ?? 0;
  const second = at + 1 < end ? (bytes[at + 1] ?? 0) : lineFeed;
  let digits = 0;
  let behind = 0;
  if ((hexTable[first] ?? -1) >= 0) {
    let next = at + 1;
    while (next < end && (hexTable[bytes[next] ?? 0] ?? -1) >= 0) next++;
    digits = Math.min(15, next - at);
    behind = next < end ? (behindPlaces[bytes[next] ?? 0] ?? 0) : (behindPlaces[lineFeed] ?? 0);
  }
  const last = lastPlaces[bytes[end - 1] ?? 0] ?? 0;
  const spoken = speaker === '' ? 0 : speaker === 'gdb' ? 1 : speaker === 'delve' ? 2 : 3;
  const head = ((first << 8) | second) << 5;
  return ((((((head | (digits << 1) | (at > start ? 1 : 0)) << 3) | behind) << 3) | last) << 2) | spoken;
}

/** The kind of a key that is not negative. */
export function kindOf(key: number): LineKind {
  const last = (key >> 2) & 7;
  const behind = (key >> 5) & 7;
  return {
    first: (key >> 21) & 255,
    second: (key >> 13) & 255,
    isIndented: ((key >> 8) & 1) === 1,
    digits: (key >> 9) & 15,
    behind: behind === 0 ? 0 : behindBytes.charCodeAt(behind - 1),
    last: last === 0 ? 0 : lastBytes.charCodeAt(last - 1),
    speaker: speakers[key & 3] ?? '',
  };
}
