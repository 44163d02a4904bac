import type { TextBuilder } from '../builder.ts';
import { firstEscape } from '../lines.ts';
import type { Layer } from './layer.ts';

/** A sequence longer than this is no terminal sequence (OSC 8 links are the longest in use). */
const longestSequence = 4096;
/** Escapes looked at before the text is taken to have none. */
const escapesTried = 64;

/** Terminal colours and titles: CSI and OSC sequences (ECMA-48), charset selections. */
export const ansi: Layer = {
  name: 'ansi',
  detect({ bytes }) {
    let at = firstEscape(bytes);
    for (let tried = 0; at >= 0 && tried < escapesTried; tried++) {
      if (sequenceEnd(bytes, at) > at) return { remove: (out) => removeSequences(bytes, out) };
      at = bytes.indexOf(27, at + 1);
    }
    return undefined;
  },
};

function removeSequences(bytes: Uint8Array, out: TextBuilder): void {
  let from = 0;
  let at = bytes.indexOf(27);
  /** Nothing but sequences stands before `from` on its line. */
  let bare = false;
  while (at >= 0) {
    let end = sequenceEnd(bytes, at);
    if (end > at) {
      bare = at === 0 || bytes[at - 1] === lineFeed || (bare && from === at);
      out.copy(from, at);
      // Readline leaves its line with a sequence and a return: it goes back to a column that it did not leave.
      while (bare && bytes[end] === carriageReturn && bytes[end + 1] !== lineFeed) end++;
      from = end;
    }
    at = bytes.indexOf(27, Math.max(end, at + 1));
  }
  out.copy(from, bytes.length);
}

const lineFeed = 10;
const carriageReturn = 13;
/** Offset past the sequence that the escape at `at` begins; `at` when it begins none. */
function sequenceEnd(bytes: Uint8Array, at: number): number {
  const kind = bytes[at + 1];
  if (kind === 0x5b) return controlEnd(bytes, at);
  if (kind === 0x5d) return commandEnd(bytes, at);
  // Keypad modes, cursor kept and restored, one line up.
  if (kind === 0x3d || kind === 0x3e || kind === 0x37 || kind === 0x38 || kind === 0x4d) return at + 2;
  if (kind === 0x28 || kind === 0x29) return at + 3 <= bytes.length ? at + 3 : at;
  return at;
}

/** CSI: parameters 0x30–0x3f, intermediates 0x20–0x2f, a final byte 0x40–0x7e. */
function controlEnd(bytes: Uint8Array, at: number): number {
  const limit = Math.min(bytes.length, at + longestSequence);
  let next = at + 2;
  while (next < limit && inside(bytes[next], 0x30, 0x3f)) next++;
  while (next < limit && inside(bytes[next], 0x20, 0x2f)) next++;
  return next < limit && inside(bytes[next], 0x40, 0x7e) ? next + 1 : at;
}

/** OSC: ends with BEL or ESC \, on the same line. */
function commandEnd(bytes: Uint8Array, at: number): number {
  const limit = Math.min(bytes.length, at + longestSequence);
  for (let next = at + 2; next < limit; next++) {
    const byte = bytes[next];
    if (byte === 7) return next + 1;
    if (byte === 27) return bytes[next + 1] === 0x5c ? next + 2 : at;
    if (byte === 10) return at;
  }
  return at;
}

function inside(byte: number | undefined, low: number, high: number): boolean {
  return byte !== undefined && byte >= low && byte <= high;
}
