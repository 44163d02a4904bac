/**
 * Bounded samples of a text, on which layers are detected. A text up to `windowCount * windowBytes` is seen whole; of a
 * larger one, windows spread evenly from its first to its last byte are.
 */
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
  bytes: Uint8Array;
  windows: Window[];
}

export function stageText(bytes: Uint8Array): StageText {
  return { bytes, windows: windowsOf(bytes) };
}

function windowsOf(bytes: Uint8Array): Window[] {
  if (bytes.length <= windowBytes * windowCount) return [windowAt(bytes, 0, bytes.length)];
  const windows: Window[] = [];
  for (let index = 0; index < windowCount; index++) {
    const start = Math.floor(((bytes.length - windowBytes) * index) / (windowCount - 1));
    windows.push(windowAt(bytes, start, start + windowBytes));
  }
  return windows;
}

function windowAt(bytes: Uint8Array, from: number, to: number): Window {
  let start = from;
  if (from > 0) {
    // The first line of a later window is incomplete; a line longer than the window is kept, cut at both ends.
    const feed = bytes.subarray(from, to).indexOf(10);
    if (feed >= 0) start = from + feed + 1;
  }
  const lines = byteString(bytes, start, to).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return { lines, start };
}
