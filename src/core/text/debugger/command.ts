/** Prompts and their commands: gdb, rr and the prompts that gdb's extensions set. */
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { beginStep, sessionOf } from './session.ts';
import { lineText } from './lines.ts';

const prompt = /^[ \t]{0,16}(\(gdb\)|\(rr\)|\(gdb-peda\)\$|gef➤|pwndbg>)(?:[ \u00a0]+|$)(.*)$/;

/** Commands that let the program run: gdb's names and their usual short forms. */
const executing =
  /^(?:c|cont|conti|continue|fg|s|step|n|next|si|stepi|ni|nexti|fin|finish|u|until|adv|advance|j|jump|signal|reverse-[a-z]+|rc|rs|rn|rsi|rni|restart)(?:[ \t&]|$)/;
const starting = /^(?:r|run|start|starti)(?:[ \t]|$)/;
const selecting = /^(?:f|frame|up|down)(?:[ \t]|$)/;

/** Does `command` only select a frame? Its output is one frame, not a stack. */
export function selectsFrame(command: string): boolean {
  return selecting.test(command);
}

export function isPrompt(line: string): boolean {
  return prompt.test(line);
}

/** `-exec bt`, `bt 3` → 'bt': the first word. */
export function verbOf(command: string): string {
  const space = command.search(/[ \t/]/);
  return space < 0 ? command : command.slice(0, space);
}

/** Lengths of commands that run the program, in units of a `continue`. */
const instruction = 1e-4;
const statement = 1e-2;
const shortSteps = /^(?:reverse-)?(?:si|stepi|ni|nexti|rsi|rni)(?:[ \t]+(\d{1,4}))?[ \t]*$/;
const longSteps = /^(?:reverse-)?(?:s|step|n|next|rs|rn|fin|finish|u|until|advance)(?:[ \t]|$)/;
const backwards = /^(?:reverse-|rc\b|rs\b|rn\b|rsi\b|rni\b)/;

/** Where in the program's time `command` leads to. A recording cannot be left to its beginning. */
function advance(sink: RecordSink, command: string): void {
  const session = sessionOf(sink);
  const short = shortSteps.exec(command);
  const length = short !== null ? instruction * Number(short[1] ?? 1) : longSteps.test(command) ? statement : 1;
  const reverse = backwards.test(command) !== session.backwards;
  session.reverse = reverse;
  session.moment += reverse ? -length : length;
  if (reverse && session.recordedFrom !== undefined && session.moment <= session.recordedFrom)
    session.moment = session.recordedFrom + instruction;
}

function begin(sink: RecordSink, command: string): void {
  // An empty line repeats the command before it.
  const effective = command === '' ? sink.command : command;
  const direction = /^set exec-direction (reverse|forward)/.exec(effective)?.[1];
  if (direction !== undefined) sessionOf(sink).backwards = direction === 'reverse';
  if (/^(?:target )?rec(?:o|or|ord)?(?:[ \t]+(?:full|btrace))?$/.test(effective))
    sessionOf(sink).recordedFrom = sessionOf(sink).moment;
  if (executing.test(effective)) {
    beginStep(sink);
    advance(sink, effective);
  } else if (starting.test(effective) && sessionOf(sink).stopped) beginStep(sink);
  sink.command = effective;
}

export const commandReader: TextReader = {
  name: 'debugger command',
  begins: '(gp',
  recognise: (cursor, index) => prompt.test(lineText(cursor, index)),
  parse(cursor, index, sink) {
    const match = prompt.exec(lineText(cursor, index));
    if (match === null) return 0;
    const command = (match[2] ?? '').trim();
    const before = sink.step;
    begin(sink, command);
    if (sink.step !== before) {
      const { moment, reverse } = sessionOf(sink);
      const at = { step: sink.step, at: moment, reverse: reverse === true, source: cursor.lineRange(index) };
      sink.facts.push({ kind: 'moment', textLine: index, moment: at });
    }
    sink.facts.push({
      kind: 'command',
      textLine: index,
      debugger: match[1] === '(rr)' ? 'rr' : 'gdb',
      command,
      step: sink.step,
      source: cursor.lineRange(index),
    });
    markRecognised(sink, index, 1);
    return 1;
  },
};
