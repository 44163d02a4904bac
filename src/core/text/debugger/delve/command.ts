/** The prompt `(dlv)` and its commands (pkg/terminal/command.go). */
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { lineText } from '../lines.ts';
import { beginStep, sessionOf } from '../session.ts';
import { delveOf } from './session.ts';

const prompt = /^[ \t]{0,16}\(dlv\)(?:[ \u00a0]+|$)(.*)$/;
/** Commands that let the program run, with their aliases. */
const executing =
  /^(?:c|continue|n|next|s|step|si|step-instruction|ni|next-instruction|so|stepout|r|restart|rebuild|rev|rewind|rw|call)(?:[ \t]|$)/;
const ofFrame = /^frame[ \t]+(\d{1,7})(?:[ \t]+\S|$)/;
const ofGoroutine = /^(?:goroutine|gr)[ \t]+(\d{1,19})(?:[ \t]|$)/;

export function isDelvePrompt(line: string): boolean {
  return prompt.test(line);
}

export function isExecuting(command: string): boolean {
  return executing.test(command);
}

/** Frame of `frame 3 regs`; undefined for other commands. */
export function frameNamedBy(command: string): number | undefined {
  const level = ofFrame.exec(command)?.[1];
  return level === undefined ? undefined : Number(level);
}

/** Goroutine of `goroutine 7 bt`; undefined for other commands. */
export function goroutineNamedBy(command: string): string | undefined {
  return ofGoroutine.exec(command)?.[1];
}

/** `goroutine 7` and `frame 2` alone select; with a command behind they only apply to it. */
function select(sink: RecordSink, command: string): void {
  const words = command.split(/[ \t]+/).length;
  const goroutine = goroutineNamedBy(command);
  const frame = frameNamedBy(command);
  if (goroutine !== undefined && words === 2) {
    delveOf(sink).goroutine = goroutine;
    sessionOf(sink).frame = 0;
  }
  if (frame !== undefined && words === 2) sessionOf(sink).frame = frame;
}

export const delveCommandReader: TextReader = {
  name: 'Delve command',
  opens: ['(d'],
  recognise: (cursor, index) => prompt.test(lineText(cursor, index)),
  parse(cursor, index, sink) {
    const match = prompt.exec(lineText(cursor, index));
    if (match === null) return 0;
    const printed = (match[1] ?? '').trim();
    // An empty line repeats the command before it.
    const command = printed === '' ? (delveOf(sink).command ?? '') : printed;
    if (isExecuting(command)) beginStep(sink);
    select(sink, command);
    sink.command = command;
    sink.speaker = 'delve';
    delveOf(sink).command = command;
    delveOf(sink).commandLine = index;
    sink.facts.push({
      kind: 'command',
      textLine: index,
      debugger: 'delve',
      command: printed,
      step: sink.step,
      source: cursor.lineRange(index),
    });
    markRecognised(sink, index, 1);
    return 1;
  },
};
