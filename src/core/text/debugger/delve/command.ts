/** The prompt `(dlv)` and its commands (pkg/terminal/command.go). */
import type { LineCursor } from '../../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../../reader.ts';
import { lineText } from '../lines.ts';
import { beginStep, sessionOf } from '../session.ts';
import { delveOf } from './session.ts';

const prompt = /^[ \t]{0,16}\(dlv\)(?:[ \u00a0]+|$)(.*)$/;
/** Commands that let the program run, with their aliases. */
const executing =
  /^(?:c|continue|n|next|s|step|si|step-instruction|ni|next-instruction|so|stepout|r|restart|rebuild|rev|rewind|rw|call)(?:[ \t]|$)/;
const ofFrame = /^frame[ \t]+(\d{1,7})(?:[ \t]+\S|$)/;
const letterF = 102;
const letterG = 103;
const ofGoroutine = /^(?:goroutine|gr)[ \t]+(\d{1,19})(?:[ \t]|$)/;

export function isDelvePrompt(line: string): boolean {
  return prompt.test(line);
}

/** First letters of these commands. */
const executingLetters = 'cnsr';

export function isExecuting(command: string): boolean {
  return executingLetters.includes(command.charAt(0)) && executing.test(command);
}

/** Frame of `frame 3 regs`; undefined for other commands. */
export function frameNamedBy(command: string): number | undefined {
  if (command.charCodeAt(0) !== letterF) return undefined;
  const level = ofFrame.exec(command)?.[1];
  return level === undefined ? undefined : Number(level);
}

/** Goroutine of `goroutine 7 bt`; undefined for other commands. */
export function goroutineNamedBy(command: string): string | undefined {
  return command.charCodeAt(0) === letterG ? ofGoroutine.exec(command)?.[1] : undefined;
}

/** `goroutine 7` and `frame 2` alone select; with a command behind they only apply to it. */
function select(sink: RecordSink, command: string): void {
  const goroutine = goroutineNamedBy(command);
  const frame = goroutine === undefined ? frameNamedBy(command) : undefined;
  if ((goroutine === undefined && frame === undefined) || command.split(/[ \t]+/).length !== 2) return;
  if (goroutine !== undefined) delveOf(sink).goroutine = goroutine;
  sessionOf(sink).frame = frame ?? 0;
}

/** Takes the command `printed` behind the prompt on line `index`. */
export function runDelveCommand(cursor: LineCursor, sink: RecordSink, index: number, printed: string): void {
  const session = delveOf(sink);
  // An empty line repeats the command before it.
  const command = printed === '' ? (session.command ?? '') : printed;
  if (isExecuting(command)) beginStep(sink);
  select(sink, command);
  sink.command = command;
  sink.speaker = 'delve';
  session.command = command;
  session.commandLine = index;
  const { step } = sink;
  sink.facts.push({
    kind: 'command',
    textLine: index,
    debugger: 'delve',
    command: printed,
    step,
    source: cursor.lineRange(index),
  });
}

export const delveCommandReader: TextReader = {
  name: 'Delve command',
  opens: ['(d'],
  recognise: (cursor, index) => prompt.test(lineText(cursor, index)),
  parse(cursor, index, sink) {
    const match = prompt.exec(lineText(cursor, index));
    if (match === null) return 0;
    runDelveCommand(cursor, sink, index, (match[1] ?? '').trim());
    markRecognised(sink, index, 1);
    return 1;
  },
};
