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
      if (sequenceEnd(bytes, at) > at) return { remove: (out) => removeSequences(bytes, out.copy.bind(out)) };
      at = bytes.indexOf(27, at + 1);
    }
    return undefined;
  },
};

function removeSequences(bytes: Uint8Array, copy: (start: number, end: number) => void): void {
  let from = 0;
  let at = bytes.indexOf(27);
  while (at >= 0) {
    const end = sequenceEnd(bytes, at);
    if (end > at) {
      copy(from, at);
      from = end;
    }
    at = bytes.indexOf(27, Math.max(end, at + 1));
  }
  copy(from, bytes.length);
}

/** Offset past the sequence that the escape at `at` begins; `at` when it begins none. */
function sequenceEnd(bytes: Uint8Array, at: number): number {
  const kind = bytes[at + 1];
  if (kind === 0x5b) return controlEnd(bytes, at);
  if (kind === 0x5d) return commandEnd(bytes, at);
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
