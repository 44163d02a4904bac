/** `(dlv) ` and a command, as Delve prints them; prompts of another form are left to `delveCommandReader`. */
import { ascii, startsWith } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { namesOf } from '../../names.ts';
import { markRecognised, type RecordSink } from '../../reader.ts';
import { runDelveCommand } from '../delve/command.ts';

const prompt = ascii('(dlv) ');
/** Longer commands name an address or an expression: few are given twice. */
const longestCommon = 14;
const space = 32;

/** Reads the prompt on line `index`, whose bytes are [start, end); returns 1, or 0 where it has another form. */
export function readDelvePrompt(cursor: LineCursor, index: number, start: number, end: number, sink: RecordSink): number {
  const { bytes } = cursor;
  const first = start + prompt.length;
  if (!startsWith(bytes, start, end, prompt) || first >= end) return 0;
  if ((bytes[first] ?? 0) <= space || (bytes[end - 1] ?? 0) <= space) return 0;
  for (let at = first; at < end; at++) if ((bytes[at] ?? 0) > 126 || (bytes[at] ?? 0) < space) return 0;
  const { strings } = sink.columns;
  const isCommon = end - first <= longestCommon;
  const command = isCommon ? strings.at(namesOf(strings).intern(bytes, first, end)) : cursor.slice(first, end);
  runDelveCommand(cursor, sink, index, command);
  markRecognised(sink, index, 1);
  return 1;
}
