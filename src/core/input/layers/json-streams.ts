import { holdsAnchor } from '../bare.ts';
import type { TextBuilder } from '../builder.ts';
import { scanStrings, unescapeInto, type JsonString } from '../json-scan.ts';
import { byteString } from '../lines.ts';
import { isLocation } from '../shapes.ts';
import type { Layer } from './layer.ts';

/** The first entry of a stream: nanoseconds since 1970 and a printed line. */
const firstEntry = /"values"\s*:\s*\[\s*\[\s*"\d{16,19}"\s*,\s*"/;
const nanoseconds = /^\d{16,19}$/;
const fewestReadable = 2;
/** Bytes searched for the first entry, and for lines of a stack. */
const sampledBytes = 65_536;
const lineColumns = 700;

/**
 * Answers of a log store that keeps streams (Loki's query_range; `jq` breaks them over lines): one JSON object, the lines in arrays of
 * a time and a text. The texts stand in place of the object, in printed order.
 */
export const jsonStreams: Layer = {
  name: 'json',
  detect({ bytes }) {
    const head = byteString(bytes, 0, Math.min(bytes.length, sampledBytes));
    if (!/^\s*[[{]/.test(head) || !firstEntry.test(head) || !endsInBracket(bytes)) return undefined;
    let readable = 0;
    for (const { start, end } of entriesOf(bytes, Math.min(bytes.length, sampledBytes))) {
      const line = byteString(bytes, start, Math.min(end, start + lineColumns)).replaceAll('\\"', '"');
      if (holdsAnchor(line) || isLocation(line.replace(/^(?:\\t|[ \t])+/, ''))) readable++;
    }
    return readable < fewestReadable ? undefined : { remove: (out) => removeStreams(bytes, out) };
  },
};

/** Text behind the object is no part of it and must not be lost. */
function endsInBracket(bytes: Uint8Array): boolean {
  let at = bytes.length - 1;
  while (at >= 0 && (bytes[at] === 32 || bytes[at] === 10 || bytes[at] === 13 || bytes[at] === 9)) at--;
  return bytes[at] === 0x7d || bytes[at] === 0x5d;
}

/** The text of each pair of a time and a text; other strings are labels and statistics. */
function* entriesOf(bytes: Uint8Array, end: number): Generator<JsonString> {
  let time: JsonString | undefined;
  for (const string of scanStrings(bytes, 0, end)) {
    if (time !== undefined && string.key === undefined && string.depth === time.depth) {
      yield string;
      time = undefined;
      continue;
    }
    const isTime = string.end - string.start <= 19 && nanoseconds.test(byteString(bytes, string.start, string.end));
    time = isTime ? string : undefined;
  }
}

function removeStreams(bytes: Uint8Array, out: TextBuilder): void {
  for (const { start, end } of entriesOf(bytes, bytes.length)) {
    const before = out.length;
    unescapeInto(out, bytes, start, end);
    if (out.length === before || out.last !== 10) out.make('\n', end, Math.min(end + 1, bytes.length));
  }
}
