/** The prompt `(lldb)` and its commands. */
import type { Address } from '../../../model/address.ts';
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { lineText } from '../lines.ts';
import { beginStep, sessionOf } from '../session.ts';

const prompt = /^[ \t]{0,16}\(lldb\)(?:[ \u00a0]+|$)(.*)$/;
const executing =
  /^(?:c|continue|process (?:continue|launch)|r|run|n|next|s|step|si|ni|finish|thread (?:continue|step-\S+|until)|expr|call)(?:[ \t]|$)/;
const selecting = /^(?:frame select|f)[ \t]+(\d{1,7})$/;

interface LldbSession {
  command: string;
  /** Line of that command. */
  line: number;
  /** Watched addresses by number, and the values that the last hit printed. */
  readonly watched: Map<string, Address>;
  /** Hits of `memory find` above this line were taken already. */
  foundBefore: number;
  oldValue?: Address;
  newValue?: Address;
}

const sessions = new WeakMap<RecordSink, LldbSession>();

export function lldbOf(sink: RecordSink): LldbSession {
  let session = sessions.get(sink);
  if (session === undefined) {
    session = { command: '', line: -1, watched: new Map(), foundBefore: 0 };
    sessions.set(sink, session);
  }
  return session;
}

/** Is the last command of the text one given to LLDB? */
export function isLldbOutput(sink: RecordSink): boolean {
  return sink.speaker === 'lldb' && sink.command !== '';
}

export const lldbCommandReader: TextReader = {
  name: 'LLDB command',
  opens: ['(l'],
  recognise: (cursor, index) => prompt.test(lineText(cursor, index)),
  parse(cursor, index, sink) {
    const match = prompt.exec(lineText(cursor, index));
    if (match === null) return 0;
    const printed = (match[1] ?? '').trim();
    const session = lldbOf(sink);
    const command = printed === '' ? session.command : printed;
    if (executing.test(command)) beginStep(sink);
    const level = selecting.exec(command)?.[1];
    if (level !== undefined) sessionOf(sink).frame = Number(level);
    sink.command = command;
    sink.speaker = 'lldb';
    session.command = command;
    session.line = index;
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
