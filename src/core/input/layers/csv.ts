import { holdsAnchor } from '../bare.ts';
import type { TextBuilder } from '../builder.ts';
import { byteString } from '../lines.ts';
import type { StageText } from '../sample.ts';
import { isLocation } from '../shapes.ts';
import type { Layer } from './layer.ts';

const heading = /^(?:"?[@\w][\w@. /-]{0,63}"?,){1,63}"?[@\w][\w@. /-]{0,63}"?\r?$/;
const messageColumn = /^@?(?:message|msg|log|line|body|content|text|textPayload|jsonPayload\.message|_raw|event)$/i;
const fewestReadable = 2;
/** Records looked at. */
const sampledRecords = 400;
const headingColumns = 4096;

/** A table of log records (RFC 4180), as consoles export them: the message of each record, in printed order. */
export const csv: Layer = {
  name: 'csv',
  detect({ bytes, windows }: StageText) {
    const first = windows[0]?.lines[0];
    if (first === undefined || first.length > headingColumns || !heading.test(first)) return undefined;
    const names = first.split(',').map((name) => name.trim().replace(/^"|"$/g, ''));
    const column = names.findIndex((name) => messageColumn.test(name));
    if (column < 0) return undefined;
    const from = first.length + 1;
    let readable = 0;
    let records = 0;
    eachCell(bytes, from, column, (start, end) => {
      for (const line of byteString(bytes, start, Math.min(end, start + headingColumns)).split('\n')) {
        const bare = line.replaceAll('""', '"');
        if (holdsAnchor(bare) || isLocation(bare.trim())) readable++;
      }
      return ++records < sampledRecords && readable < fewestReadable;
    });
    return readable < fewestReadable ? undefined : { remove: (out) => removeTable(bytes, from, column, out) };
  },
};

const quote = 0x22;
const comma = 0x2c;
const lineFeed = 0x0a;

function removeTable(bytes: Uint8Array, from: number, column: number, out: TextBuilder): void {
  eachCell(bytes, from, column, (start, end, past) => {
    let at = start;
    for (let next = bytes.indexOf(quote, at); next >= 0 && next < end; next = bytes.indexOf(quote, next + 2)) {
      if (bytes[next + 1] !== quote) continue;
      out.copy(at, next + 1);
      at = next + 2;
    }
    out.copy(at, end);
    if (out.length === 0 || out.last !== lineFeed || end === start) out.make('\n', end, past);
    return true;
  });
}

/** Calls `visit` with the contents of cell `column` of each record and the record's end, until it answers false. */
function eachCell(
  bytes: Uint8Array,
  from: number,
  column: number,
  visit: (start: number, end: number, past: number) => boolean,
): void {
  let at = from;
  while (at < bytes.length) {
    let start = at;
    let end = at;
    let index = 0;
    for (let ended = false; !ended; index++) {
      const quoted = bytes[at] === quote;
      let open = quoted ? at + 1 : at;
      let close = open;
      if (quoted) {
        close = quoteEnd(bytes, open);
        at = close + 1;
      }
      while (at < bytes.length && bytes[at] !== comma && bytes[at] !== lineFeed) at++;
      if (!quoted) close = bytes[at - 1] === 0x0d && bytes[at] !== comma && at > open ? at - 1 : at;
      // A record with fewer cells than the heading holds its message in the last.
      if (index > column) open = close;
      else {
        start = open;
        end = Math.min(close, bytes.length);
      }
      ended = bytes[at] !== comma;
      at = Math.min(bytes.length, at + 1);
    }
    if (!visit(start, end, at)) return;
  }
}

function quoteEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(quote, from); at >= 0; at = bytes.indexOf(quote, at + 2)) if (bytes[at + 1] !== quote) return at;
  return bytes.length;
}
