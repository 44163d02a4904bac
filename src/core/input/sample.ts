/**
 * Bounded samples of a text, on which layers are detected. A text up to `windowCount * windowBytes` is seen whole; of a
 * larger one, windows spread evenly from its first to its last byte are. Where none of these shows a crash, the text is
 * searched for one, and windows are opened there.
 */
import type { ByteStore } from '../model/bytes.ts';
import { byteString } from './lines.ts';
import { isListing } from './listing.ts';

export const windowBytes = 65_536;
export const windowCount = 4;

export interface Window {
  /** Byte strings of consecutive lines, without line ends; the last may be cut. */
  lines: string[];
  /** Offset in the text of the first line. */
  start: number;
}

export interface StageText {
  /** The text; of one that is not in memory its head. */
  bytes: Uint8Array;
  windows: Window[];
  /** All windows show what debuggers print, at its place: nothing can stand in front of every line. */
  isListing: boolean;
}

export function stageText(bytes: Uint8Array): StageText {
  return { bytes, ...windowsOf({ length: bytes.length, read: (start, end) => bytes.subarray(start, end) }) };
}

/** What tells the layers of a text that is not in memory, up to taking them off. */
export function stageStore(store: ByteStore): StageText {
  return { bytes: store.read(0, windowBytes).slice(), ...windowsOf(store) };
}

/** False for a layer that the samples rule out. */
export function canBeAround(stage: StageText, layer: { onEveryLine?: true }): boolean {
  return !stage.isListing || layer.onEveryLine !== true;
}

function windowsOf(bytes: ByteStore): { windows: Window[]; isListing: boolean } {
  if (bytes.length <= windowBytes * windowCount) return { windows: [windowAt(bytes, 0, bytes.length)], isListing: false };
  const windows: Window[] = [];
  for (let index = 0; index < windowCount; index++) {
    const start = Math.floor(((bytes.length - windowBytes) * index) / (windowCount - 1));
    windows.push(windowAt(bytes, start, start + windowBytes));
  }
  const shown = windows.some(({ lines }) => lines.some((line) => line.includes(tellingWord) && telling.test(line)));
  const listing = isListing(windows);
  return { windows: shown || listing ? windows : [...windows, ...foundWindows(bytes)], isListing: listing };
}

/** What every dump has, also inside of JSON or quoted-printable. */
const telling = /goroutine \d{1,19} (?:gp=\S{1,24} |\[)/;
const tellingWord = 'goroutine ';
/** The part of it that is searched for: its last letter is rare among digits. */
const needle = Uint8Array.from('goroutin', (sign) => sign.charCodeAt(0));
/** Bytes searched at once. */
const blockBytes = 1 << 18;
/** Before the word: the reason and what the runtime said first. */
const leadBytes = 16_384;

/** Windows around the first dumps of a log that holds nothing else. */
function foundWindows(bytes: ByteStore): Window[] {
  const windows: Window[] = [];
  let seen = 0;
  for (let from = 0; from < bytes.length && windows.length < windowCount; from += blockBytes) {
    const block = bytes.read(from, Math.min(bytes.length, from + blockBytes + telledBytes));
    const found: number[] = [];
    for (let at = needleAt(block, 0); at >= 0; at = needleAt(block, at + needle.length)) {
      if (telling.test(byteString(block, at, Math.min(block.length, at + telledBytes)))) found.push(from + at);
    }
    // The next reads take the block's place.
    for (const at of found) {
      if (at < seen || windows.length === windowCount) continue;
      const start = Math.max(seen, at - leadBytes);
      seen = Math.min(bytes.length, start + windowBytes);
      windows.push(windowAt(bytes, start, seen));
    }
  }
  return windows;
}

/** How far the needle may move when its last letter stands over a byte (Horspool's search); 0 = it may stand there. */
const steps = new Uint8Array(256).fill(needle.length);
for (const [at, byte] of needle.entries()) steps[byte] = needle.length - 1 - at;

function needleAt(bytes: Uint8Array, from: number): number {
  const last = needle.length - 1;
  for (let at = from + last; at < bytes.length;) {
    const step = steps[bytes[at] ?? 0] ?? 1;
    if (step > 0) {
      at += step;
      continue;
    }
    let length = 0;
    while (length < last && bytes[at - last + length] === needle[length]) length++;
    if (length === last) return at - last;
    at++;
  }
  return -1;
}

/** A header's front. */
const telledBytes = 64;

function windowAt(text: ByteStore, from: number, to: number): Window {
  const bytes = text.read(from, to);
  // The first line of a later window is incomplete; a line longer than the window is kept, cut at both ends.
  const skipped = from > 0 ? bytes.indexOf(10) + 1 : 0;
  const lines = byteString(bytes, skipped, bytes.length).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return { lines, start: from + skipped };
}
