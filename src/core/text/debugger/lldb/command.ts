/** The prompt `(lldb)` and its commands. */
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { lineText } from '../lines.ts';
import { beginStep, sessionOf } from '../session.ts';

const prompt = /^[ \t]{0,16}\(lldb\)(?:[ \u00a0]+|$)(.*)$/;
const executing =
  /^(?:c|continue|process (?:continue|launch)|r|run|n|next|s|step|si|ni|finish|thread (?:continue|step-\S+|until)|expr|call)(?:[ \t]|$)/;
const selecting = /^(?:frame select|f)[ \t]+(\d{1,7})$/;

const given = new WeakMap<RecordSink, string>();

/** Is the last command of the text one given to LLDB? */
export function isLldbOutput(sink: RecordSink): boolean {
  return sink.command !== '' && given.get(sink) === sink.command;
}

export const lldbCommandReader: TextReader = {
  name: 'LLDB command',
  begins: '(',
  recognise: (cursor, index) => prompt.test(lineText(cursor, index)),
  parse(cursor, index, sink) {
    const match = prompt.exec(lineText(cursor, index));
    if (match === null) return 0;
    const printed = (match[1] ?? '').trim();
    const command = printed === '' ? (given.get(sink) ?? '') : printed;
    if (executing.test(command)) beginStep(sink);
    const level = selecting.exec(command)?.[1];
    if (level !== undefined) sessionOf(sink).frame = Number(level);
    sink.command = command;
    given.set(sink, command);
    sink.facts.push({
      kind: 'command',
      textLine: index,
      debugger: 'lldb',
      command: printed,
      step: sink.step,
      source: cursor.lineRange(index),
    });
    markRecognised(sink, index, 1);
    return 1;
  },
};
