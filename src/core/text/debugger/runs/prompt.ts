/** gdb's own prompt, and those of its extensions, with a command that neither runs the program nor sets anything; the others are left to `commandReader`. */
import { startsWith } from '../../bytes.ts';
import type { LineCursor } from '../../cursor.ts';
import { namesOf } from '../../names.ts';
import { markRecognised, type RecordSink } from '../../reader.ts';
import { runCommand } from '../command.ts';

const encoder = new TextEncoder();
const prompts = ['(gdb) ', 'gef➤  ', 'pwndbg> '].map((prompt) => encoder.encode(prompt));
const space = 32;
const dollar = 36;

/** Reads the prompt on line `index`; returns 1, or 0 where it has another form. */
export function readPrompt(cursor: LineCursor, index: number, start: number, end: number, sink: RecordSink): number {
  const { bytes } = cursor;
  const prompt = prompts.find((candidate) => startsWith(bytes, start, end, candidate));
  if (prompt === undefined) return 0;
  const first = start + prompt.length;
  if (first >= end) return 0;
  // `(type) $0 = …` is a value of LLDB's.
  if ((bytes[first] ?? 0) <= space || bytes[first] === dollar || (bytes[end - 1] ?? 0) <= space) return 0;
  for (let at = first; at < end; at++) if ((bytes[at] ?? 0) > 126 || (bytes[at] ?? 0) < space) return 0;
  const { strings } = sink.columns;
  runCommand(cursor, sink, index, strings.at(namesOf(strings).intern(bytes, first, end)), 'gdb');
  markRecognised(sink, index, 1);
  return 1;
}
