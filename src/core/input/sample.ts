/**
 * Bounded samples of a text, on which layers are detected. A text up to `windowCount * windowBytes` is seen whole; of a
 * larger one, windows spread evenly from its first to its last byte are. Where none of these shows a crash, the text is
 * searched for one, and windows are opened there.
 */
import type { ByteStore } from '../model/bytes.ts';
import { byteString } from './lines.ts';

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
}

export function stageText(bytes: Uint8Array): StageText {
  return { bytes, windows: windowsOf({ length: bytes.length, read: (start, end) => bytes.subarray(start, end) }) };
}

/** What tells the layers of a text that is not in memory, up to taking them off. */
export function stageStore(store: ByteStore): StageText {
  return { bytes: store.read(0, windowBytes).slice(), windows: windowsOf(store) };
}

function windowsOf(bytes: ByteStore): Window[] {
  if (bytes.length <= windowBytes * windowCount) return [windowAt(bytes, 0, bytes.length)];
  const windows: Window[] = [];
  for (let index = 0; index < windowCount; index++) {
    const start = Math.floor(((bytes.length - windowBytes) * index) / (windowCount - 1));
    windows.push(windowAt(bytes, start, start + windowBytes));
  }
  return windows.some(({ lines }) => lines.some((line) => telling.test(line))) ? windows : [...windows, ...foundWindows(bytes)];
}

/** What every dump has, also inside of JSON or quoted-printable. */
const telling = /goroutine \d{1,19} (?:gp=\S{1,24} |\[)/;
const tellingWord = 'goroutine ';
/** Bytes decoded and searched at once. */
const blockBytes = 1 << 20;
/** Before the word: the reason and what the runtime said first. */
const leadBytes = 16_384;

/** Windows around the first dumps of a log that holds nothing else. */
function foundWindows(bytes: ByteStore): Window[] {
  const windows: Window[] = [];
  let seen = 0;
  for (let from = 0; from < bytes.length && windows.length < windowCount; from += blockBytes) {
    const given = bytes.read(from, Math.min(bytes.length, from + blockBytes + telledBytes));
    const block = byteString(given, 0, given.length);
    for (let at = block.indexOf(tellingWord); at >= 0; at = block.indexOf(tellingWord, at + 1)) {
      if (from + at < seen || !telling.test(block.slice(at, at + telledBytes))) continue;
      const start = Math.max(seen, from + at - leadBytes);
      seen = Math.min(bytes.length, start + windowBytes);
      windows.push(windowAt(bytes, start, seen));
      if (windows.length === windowCount) break;
    }
  }
  return windows;
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
