/** Prompts and their commands: gdb, rr and the prompts that gdb's extensions set. */
import type { SourceRange } from '../../model/source.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { beginStep, sessionOf, type Session } from './session.ts';
import { lineText } from './lines.ts';

const prompt = /^[ \t]{0,16}(\(gdb\)|\(rr\)|\(gdb-peda\)\$|gdb-peda\$|gef➤|gef>|pwndbg>)(?:[ \u00a0]+|$)(.*)$/;

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

function leapTo(session: Session, moment: number): void {
  // From there the program runs forwards, even where that lies earlier.
  session.reverse = false;
  session.moment = moment;
}

/** When rr's event `number` is, as far as `when` told of others. */
function momentOfEvent(session: Session, number: number): number {
  const known = session.events.get(number);
  if (known !== undefined) return known;
  const before = [...session.events].filter(([event]) => event < number).sort(([a], [b]) => b - a)[0];
  const after = [...session.events].filter(([event]) => event > number).sort(([a], [b]) => a - b)[0];
  if (before !== undefined && after !== undefined) return (before[1] + after[1]) / 2;
  return before === undefined ? session.earliest - 1 : before[1] + 1;
}

/** `run` starts anew; under rr it goes back to the beginning of the recording, or to the event that it names. */
function startAnew(sink: RecordSink, command: string, replays: boolean): void {
  const session = sessionOf(sink);
  const event = /^(?:r|run)[ \t]+(\d{1,12})$/.exec(command)?.[1];
  if (!replays) leapTo(session, session.moment + 1);
  else leapTo(session, event === undefined ? session.earliest - 1 : momentOfEvent(session, Number(event)));
}

/** What a command does to a session. */
interface Effect {
  /** `set exec-direction`, the beginning of a recording. */
  direction: string | undefined;
  records: boolean;
  runs: boolean;
  starts: boolean;
  checkpoint: string | undefined;
  /** How far it runs. */
  length: number;
  reverse: boolean;
}

function readEffect(command: string): Effect | undefined {
  const direction = /^set exec-direction (reverse|forward)/.exec(command)?.[1];
  const records = /^(?:target )?rec(?:o|or|ord)?(?:[ \t]+(?:full|btrace))?$/.test(command);
  const runs = executing.test(command);
  const starts = starting.test(command);
  if (direction === undefined && !records && !runs && !starts) return undefined;
  const short = shortSteps.exec(command);
  return {
    direction,
    records,
    runs,
    starts,
    checkpoint: /^restart[ \t]+(\d{1,6})$/.exec(command)?.[1],
    length: short !== null ? instruction * Number(short[1] ?? 1) : longSteps.test(command) ? statement : 1,
    reverse: backwards.test(command),
  };
}

/** Effects of the commands seen: a long session repeats a few. */
const effects = new Map<string, Effect | undefined>();
const mostEffects = 1000;

function effectOf(command: string): Effect | undefined {
  // Memory is looked at in ever new places.
  if (command.startsWith('x/')) return undefined;
  const known = effects.get(command);
  if (known !== undefined || effects.has(command)) return known;
  const effect = readEffect(command);
  if (effects.size >= mostEffects) effects.clear();
  effects.set(command, effect);
  return effect;
}

/** Where in the program's time a command leads to. A recording cannot be left to its beginning. */
function advance(sink: RecordSink, effect: Effect): void {
  const session = sessionOf(sink);
  const checkpoint = session.checkpoints.get(effect.checkpoint ?? '');
  if (checkpoint !== undefined) {
    leapTo(session, checkpoint);
    return;
  }
  const reverse = effect.reverse !== session.backwards;
  session.reverse = reverse;
  session.moment += reverse ? -effect.length : effect.length;
  if (reverse && session.recordedFrom !== undefined && session.moment <= session.recordedFrom)
    session.moment = session.recordedFrom + instruction;
}

function begin(sink: RecordSink, command: string, replays: boolean): void {
  // An empty line repeats the command before it.
  const effective = command === '' ? sink.command : command;
  const effect = effectOf(effective);
  const session = sessionOf(sink);
  if (effect !== undefined) {
    if (effect.direction !== undefined) session.backwards = effect.direction === 'reverse';
    if (effect.records) session.recordedFrom = session.moment;
    if (effect.runs) {
      beginStep(sink);
      advance(sink, effect);
    } else if (effect.starts && session.stopped) {
      beginStep(sink);
      startAnew(sink, effective, replays);
    }
  }
  session.earliest = Math.min(session.earliest, session.moment);
  sink.command = effective;
}

/** Most facts of many a session: by a constructor, which the engine compiles once (`Place` of `model/origin.ts`). */
class CommandFact {
  readonly kind = 'command';
  readonly textLine: number;
  readonly debugger: 'gdb' | 'rr';
  readonly command: string;
  readonly step: number;
  readonly source: SourceRange;

  constructor(textLine: number, program: 'gdb' | 'rr', command: string, step: number, source: SourceRange) {
    this.textLine = textLine;
    this.debugger = program;
    this.command = command;
    this.step = step;
    this.source = source;
  }
}

/** Writes the command on line `index` and what it does to the session. */
export function runCommand(cursor: LineCursor, sink: RecordSink, index: number, command: string, program: 'gdb' | 'rr'): void {
  const before = sink.step;
  sink.speaker = 'gdb';
  begin(sink, command, program === 'rr');
  if (sink.step !== before) {
    const { moment, reverse } = sessionOf(sink);
    const at = { step: sink.step, at: moment, reverse: reverse === true, source: cursor.lineRange(index) };
    sink.facts.push({ kind: 'moment', textLine: index, moment: at });
  }
  sink.facts.push(new CommandFact(index, program, command, sink.step, cursor.lineRange(index)));
}

export const commandReader: TextReader = {
  name: 'debugger command',
  opens: ['(g', '(r', 'gd', 'ge', 'pw'],
  recognise: (cursor, index) => prompt.test(lineText(cursor, index)),
  parse(cursor, index, sink) {
    const match = prompt.exec(lineText(cursor, index));
    if (match === null) return 0;
    runCommand(cursor, sink, index, (match[2] ?? '').trim(), match[1] === '(rr)' ? 'rr' : 'gdb');
    markRecognised(sink, index, 1);
    return 1;
  },
};
