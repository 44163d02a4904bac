import type { TextBuilder } from '../builder.ts';
import { unescapeInto } from '../json-scan.ts';
import { forEachLine, indexWithin } from '../lines.ts';
import { recordContext } from '../record-context.ts';
import type { Window } from '../sample.ts';
import type { Layer } from './layer.ts';

/** Filled lines of a window that must be records with a message. */
const share = 0.8;
const fewestRecords = 2;
const headColumns = 1024;
const pair = String.raw`[A-Za-z_][\w.@/-]{0,63}=(?:"(?:[^"\\]|\\.){0,400}"|[^\s"]{0,200})`;
/** Key-value pairs and then the message: `time=… level=error msg="…"`, as slog and logrus print them. */
const front = new RegExp(`^(?:${pair}[ \\t]+){1,16}(?:msg|message|line|log)=(?!&)`);
const bareValue = /^[^\s"=]+(?=[ \t]|$)/;

/** Logs of `key=value` pairs, one printed line in each message. The message stands in place of the record. */
export const logfmt: Layer = {
  name: 'logfmt',
  detect(text) {
    if (!text.windows.some(isLog)) return undefined;
    const context = recordContext(text, (line) => front.test(line.slice(0, headColumns)));
    return { remove: (out) => removeRecords(text.bytes, out), ...(context === undefined ? {} : { context }) };
  },
};

function isLog({ lines }: Window): boolean {
  const filled = lines.filter((line) => line.trim() !== '');
  const records = filled.filter((line) => line.includes('=') && front.test(line.slice(0, headColumns)));
  return records.length >= fewestRecords && records.length >= filled.length * share;
}

const quote = 0x22;

function removeRecords(bytes: Uint8Array, out: TextBuilder): void {
  forEachLine(bytes, headColumns, (head, start, end) => {
    const past = end < bytes.length ? end + 1 : end;
    const length = head.includes('=') ? (front.exec(head)?.[0].length ?? 0) : 0;
    const value = start + length;
    if (length === 0) {
      out.copy(start, past);
      return;
    }
    if (bytes[value] !== quote) {
      out.copy(value, value + (bareValue.exec(head.slice(length))?.[0].length ?? 0));
      out.copy(end, past);
      return;
    }
    let close = value + 1;
    while (close < end && bytes[close] !== quote) close += bytes[close] === 0x5c ? 2 : 1;
    close = Math.min(close, end);
    const before = out.length;
    unescapeInto(out, bytes, value + 1, close);
    const ended = out.length > before && out.last === 10;
    // Other fields may hold a stack of several lines: they follow for the layer that opens such strings.
    if (hasLineEnds(bytes, close, end)) {
      if (!ended) out.make('\n', close, close);
      out.copy(Math.min(close + 1, end), past);
    } else if (!ended) out.copy(end, past);
  });
}

function hasLineEnds(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = indexWithin(bytes, 0x5c, from, to); at >= 0; at = indexWithin(bytes, 0x5c, at + 2, to)) {
    if (bytes[at + 1] === 0x6e) return true;
  }
  return false;
}
