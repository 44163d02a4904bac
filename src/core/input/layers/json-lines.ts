import { forEachLine } from '../lines.ts';
import { scanStrings, unescapeInto, type JsonString } from '../json-scan.ts';
import { recordContext } from '../record-context.ts';
import { holdsStack } from '../records.ts';
import type { Window } from '../sample.ts';
import type { TextBuilder } from '../builder.ts';
import type { Layer } from './layer.ts';

/** Lines of a window that must be objects with a message for the text to be a JSON log. */
const share = 0.8;
/** Fields that hold the printed line in logs of one record a line. */
export const messageKeys: ReadonlySet<string> = new Set([
  'log',
  'message',
  'msg',
  'MESSAGE',
  'textPayload',
  'line',
  'body',
  'event',
  'content',
  '_raw',
]);
const opening = /^[ \t,[\u00ef\u00bb\u00bf]*\{[ \t]*"/;
const messageField = new RegExp(`"(?:${[...messageKeys].join('|')})"[ \\t]*:[ \\t]*"`);

/** A message that is a line of a crash: its reason, a header, a location. */
const stackMessage = new RegExp(
  `"(?:${[...messageKeys].join('|')})"[ \\t]*:[ \\t]*"(?:goroutine \\d|panic: |fatal error: |\\\\t[^"\\\\]{1,400}\\.(?:go|s):\\d)`,
);
const closing = /\}[\],]*\s*$/;
const fewestStackMessages = 2;

/**
 * JSON logs: docker's json-file (`{"log":"…\n"}`), and structured loggers that put a whole dump into one string. The
 * strings' contents stand in place of the lines, in printed order; the other fields go with the layer.
 */
export const jsonLines: Layer = {
  name: 'json',
  detect(text) {
    const { bytes, windows } = text;
    const everyLine = windows.some(isJsonLog);
    if (!everyLine && !windows.some(({ lines }) => lines.some(isStackRecord))) {
      return undefined;
    }
    const context = recordContext(text, (line) => opening.test(line));
    const keepsLineEnds = windows.some(({ lines }) => lines.some((line) => line.includes(lineEnd)));
    return {
      remove: (out) => removeRecords(bytes, out, everyLine, keepsLineEnds),
      ...(context === undefined ? {} : { context }),
    };
  },
};

/** At the end of a string: docker keeps the line ends of what was printed, fluentd does not. */
const lineEnd = '\\n"';

function isStackRecord(line: string): boolean {
  return opening.test(line) && holdsStack(line);
}

function isJsonLog({ lines }: Window): boolean {
  const filled = lines.filter((line) => line.trim() !== '');
  const records = filled.filter((line) => opening.test(line) && messageField.test(line));
  // A single record tells little unless it is all there is and a stack is in it.
  if (records.length === 1 && !(filled.length === 1 && filled.some(isStackRecord))) return false;
  if (records.length > 0 && records.length >= filled.length * share) return true;
  // A few records in a letter or a report: whole ones, with lines of a stack for messages.
  return (
    records.every((line) => closing.test(line)) && records.filter((line) => stackMessage.test(line)).length >= fewestStackMessages
  );
}

function removeRecords(bytes: Uint8Array, out: TextBuilder, everyLine: boolean, keepsLineEnds: boolean): void {
  forEachLine(bytes, headColumns, (head, start, end) => {
    const past = end < bytes.length ? end + 1 : end;
    const strings = opening.test(head) ? scanStrings(bytes, start, end) : [];
    const chosen = choose(strings, everyLine);
    if (chosen.length === 0) {
      out.copy(start, past);
      return;
    }
    chosen.forEach((string, index) => {
      const before = out.length;
      unescapeInto(out, bytes, string.start, string.end);
      const ended = out.length > before && out.last === 10;
      // Docker splits long lines: a `log` without a line end goes on in the next record.
      const goesOn = keepsLineEnds && string.key === 'log' && index === chosen.length - 1 && out.length > before && !ended;
      if (!ended && !goesOn) out.make('\n', string.end, chosen[index + 1]?.start ?? past);
    });
  });
}

const headColumns = 64;

/** The message and every string of several lines; nothing when the record has neither. */
function choose(strings: readonly JsonString[], everyLine: boolean): JsonString[] {
  const stacks = strings.filter((string) => string.key !== undefined && string.lineEnds > 1);
  if (!everyLine && stacks.length === 0) return [];
  const messages = strings.filter(({ key }) => key !== undefined && messageKeys.has(key));
  // Some exports keep the record inside of another (`jsonPayload`, `_source`).
  const message = messages.find(({ depth }) => depth === 1) ?? messages[0];
  return strings.filter((string) => string === message || stacks.includes(string));
}
