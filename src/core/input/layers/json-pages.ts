import { holdsAnchor } from '../bare.ts';
import type { TextBuilder } from '../builder.ts';
import { unescapeInto } from '../json-scan.ts';
import { byteString, forEachLine } from '../lines.ts';
import { recordContext } from '../record-context.ts';
import type { Window } from '../sample.ts';
import { isLocation } from '../shapes.ts';
import { messageKeys } from './json-lines.ts';
import type { Layer } from './layer.ts';

/** Filled lines of a window that must be JSON for its text to be an export. */
const share = 0.9;
const fewestMessages = 2;
/** One field or bracket a line, as printers with indentation write it. */
const field = /^[ \t]*"((?:[^"\\]|\\.){1,128})"[ \t]*:[ \t]*(?:(")|[-\d[{tfn])/;
const bracket = /^[ \t]*(?:[[\]{}][ \t,]*){1,8}$/;
const member = /^[ \t]*(?:"(?:[^"\\]|\\.){0,512}"|-?\d[\d.eE+-]{0,32}),?[ \t]*$/;
const headColumns = 700;

/**
 * Logs exported as indented JSON (cloud consoles, `journalctl -o json-pretty`): one record over several lines, the printed
 * line in one of its fields. The messages stand in place of the records, in printed order.
 */
export const jsonPages: Layer = {
  name: 'json',
  detect(text) {
    if (!text.windows.some(isExport)) return undefined;
    const context = recordContext(text, (line) => field.test(line));
    return { remove: (out) => removePages(text.bytes, out), ...(context === undefined ? {} : { context }) };
  },
};

/** The front of a message up to its contents; undefined for every other line. */
function messageFront(line: string): string | undefined {
  const match = field.exec(line);
  return match?.[2] !== undefined && messageKeys.has(match[1] ?? '') ? match[0] : undefined;
}

function isPart(line: string): boolean {
  return field.test(line) || bracket.test(line) || member.test(line);
}

function isExport({ lines }: Window): boolean {
  let filled = 0;
  let parts = 0;
  let messages = 0;
  let readable = 0;
  for (const whole of lines) {
    const line = whole.slice(0, headColumns);
    if (line.trim() === '') continue;
    filled++;
    if (!isPart(line)) continue;
    parts++;
    const front = messageFront(line);
    if (front === undefined) continue;
    messages++;
    const rest = line.slice(front.length).replace(/",?[ \t]*$/, '');
    if (holdsAnchor(rest.replaceAll('\\"', '"')) || isLocation(rest.replace(/^(?:\\t|[ \t])+/, ''))) readable++;
  }
  return messages >= fewestMessages && readable >= fewestMessages && parts >= filled * share;
}

const quote = 0x22;
const backslash = 0x5c;

function removePages(bytes: Uint8Array, out: TextBuilder): void {
  forEachLine(bytes, headColumns, (head, start, end) => {
    const past = end < bytes.length ? end + 1 : end;
    const front = messageFront(head);
    if (front === undefined) {
      // Brackets and the other fields go with the layer; what is no JSON stays.
      if (!isPart(head) && head.trim() !== '') out.copy(start, past);
      return;
    }
    const from = start + front.length;
    let close = from;
    while (close < end && bytes[close] !== quote) close += bytes[close] === backslash ? 2 : 1;
    close = Math.min(close, end);
    const before = out.length;
    unescapeInto(out, bytes, from, close);
    if (out.length === before || out.last !== 10) out.make('\n', close, past);
    // A whole record on one line has more behind the message: it goes too, unless it is no JSON.
    const rest = byteString(bytes, Math.min(close + 1, end), Math.min(end, close + 1 + headColumns));
    if (!/^[ \t]*(?:,|\}|\]|$)/.test(rest)) out.copy(close + 1, past);
  });
}
