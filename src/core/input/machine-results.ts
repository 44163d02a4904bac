/**
 * Results of gdb's machine interface as its console prints the same: frames, values, registers, memory, instructions, threads. Each piece
 * of text stands for the columns that it was made of.
 */
import { member, textOf, type MachineValue } from './machine-values.ts';

export interface MachinePiece {
  text: string;
  start: number;
  end: number;
}

/** What later results depend on. */
export interface MachineState {
  /** `-data-list-register-names`, by number. */
  registerNames: string[];
  /** `arch=` of a frame. */
  arch: string;
  /** The expression of the command before, '' when there was none. */
  expression: string;
  /** Values shown so far. */
  values: number;
}

/** gdb's numbers of the general registers (gdb/amd64-tdep.c, gdb/aarch64-tdep.c). */
const numbered: readonly (readonly [arch: string, names: readonly string[]])[] = [
  ['x86-64', 'rax rbx rcx rdx rsi rdi rbp rsp r8 r9 r10 r11 r12 r13 r14 r15 rip eflags'.split(' ')],
  ['aarch64', [...Array.from({ length: 31 }, (_, number) => `x${String(number)}`), 'sp', 'pc', 'cpsr']],
];

/** `func (name=value, …) at file:line`. */
function placeText(frame: MachineValue): string {
  const name = textOf(frame, 'func');
  const given = member(frame, 'args')?.members ?? [];
  const args = given.map((one) => `${textOf(one, 'name')}=${textOf(one, 'value')}`).join(', ');
  const file = textOf(frame, 'fullname') || textOf(frame, 'file');
  const from = textOf(frame, 'from');
  const place = file === '' ? (from === '' ? '' : ` from ${from}`) : ` at ${file}:${textOf(frame, 'line')}`;
  return `${name === '' ? '??' : name} (${args})${place}`;
}

function frameLine(frame: MachineValue): string {
  return `#${textOf(frame, 'level').padEnd(2)} ${textOf(frame, 'addr')} in ${placeText(frame)}\n`;
}

function registerLine(value: MachineValue, state: MachineState): string {
  const number = Number(textOf(value, 'number'));
  const names =
    state.registerNames.length > 0 ? state.registerNames : (numbered.find(([arch]) => state.arch.includes(arch))?.[1] ?? []);
  const name = names[number] ?? '';
  const shown = textOf(value, 'value');
  return name === '' || !/^-?(?:0x[0-9a-f]+|\d+)$/.test(shown) ? '' : `${name.padEnd(14)} ${shown.padEnd(18)} ${shown}\n`;
}

function instructionLine(one: MachineValue): string {
  const name = textOf(one, 'func-name');
  const offset = textOf(one, 'offset');
  const symbol = name === '' ? '' : ` <${name}${offset === '' || offset === '0' ? '' : `+${offset}`}>`;
  return `   ${shortAddress(textOf(one, 'address'))}${symbol}:\t${textOf(one, 'inst')}\n`;
}

/** The console prints addresses of rows without zeros in front; the runtime's own hexdumps have them. */
function shortAddress(text: string): string {
  return text.replace(/^0x0+(?=[0-9a-f])/, '0x');
}

const bytesPerRow = 8;

function byteRows(block: MachineValue): string {
  const contents = textOf(block, 'contents');
  const begin = textOf(block, 'begin');
  if (!/^0x[0-9a-f]{1,16}$/.test(begin) || !/^(?:[0-9a-f]{2})+$/.test(contents)) return '';
  const rows: string[] = [];
  for (let at = 0; at < contents.length; at += 2 * bytesPerRow) {
    const bytes = contents.slice(at, at + 2 * bytesPerRow).match(/../g) ?? [];
    rows.push(`0x${(BigInt(begin) + BigInt(at / 2)).toString(16)}:\t${bytes.map((byte) => `0x${byte}`).join('\t')}\n`);
  }
  return rows.join('');
}

function threadLine(thread: MachineValue): string {
  const frame = member(thread, 'frame');
  if (frame === undefined) return '';
  const name = textOf(thread, 'name');
  return `  ${textOf(thread, 'id').padEnd(4)} ${textOf(thread, 'target-id')}${name === '' ? '' : ` "${name}"`} ${textOf(frame, 'addr')} in ${placeText(frame)}\n`;
}

const threadHead = '  Id   Target Id         Frame \n';

/** Console text of the results of one record, in order; what has no such form is left out. */
export function* resultPieces(results: readonly MachineValue[], state: MachineState): Generator<MachinePiece> {
  for (const result of results) {
    const each = (makes: (one: MachineValue) => string): MachinePiece[] =>
      result.members.map((one) => ({ text: makes(one), start: one.start, end: one.end }));
    for (const piece of piecesOf(result, state, each)) if (piece.text !== '') yield piece;
  }
}

function piecesOf(
  result: MachineValue,
  state: MachineState,
  each: (makes: (one: MachineValue) => string) => MachinePiece[],
): MachinePiece[] {
  const whole = (text: string): MachinePiece[] => [{ text, start: result.start, end: result.end }];
  const arch = textOf(result.members[0] ?? result, 'arch') || textOf(result, 'arch');
  if (arch !== '') state.arch = arch;
  switch (result.name) {
    case 'stack':
      return each(frameLine);
    case 'frame':
      return whole(frameLine(result));
    case 'value':
      return whole(`$${String(++state.values)} = ${result.text}\n`);
    case 'msg':
      return whole(`${result.text}\n`);
    case 'register-names':
      state.registerNames = result.members.map((one) => one.text);
      return [];
    case 'register-values':
      return each((one) => registerLine(one, state));
    case 'asm_insns':
      return result.members.flatMap((one) => {
        const within = member(one, 'line_asm_insn')?.members;
        return (within ?? [one]).map((line) => ({ text: instructionLine(line), start: line.start, end: line.end }));
      });
    case 'memory':
      return each((one) => {
        const data = member(one, 'data')?.members;
        return data === undefined
          ? byteRows(one)
          : `${shortAddress(textOf(one, 'addr'))}:\t${data.map((word) => word.text).join('\t')}\n`;
      });
    case 'locals':
    case 'variables':
      return each((one) => (textOf(one, 'value') === '' ? '' : `${textOf(one, 'name')} = ${textOf(one, 'value')}\n`));
    case 'threads':
      return [{ text: threadHead, start: result.start, end: result.start }, ...each(threadLine)];
    default:
      return [];
  }
}

/** Commands of the interface as the console has them; '' for those that only ask for what the front end needs. */
export function consoleCommand(command: string, state: MachineState): string {
  state.expression = '';
  const [, name = '', rest = ''] = /^-([\w-]{1,64})[ \t]*(.*)$/.exec(command) ?? [];
  const given = rest.startsWith('"') ? readQuoted(rest) : rest;
  switch (name) {
    case 'data-evaluate-expression':
      state.expression = given;
      return `p ${given}`;
    case 'var-create': {
      const expression = /^\S+ [*@]? ?(.*)$/.exec(rest)?.[1] ?? '';
      state.expression = expression.startsWith('"') ? readQuoted(expression) : expression;
      return state.expression === '' ? '' : `p ${state.expression}`;
    }
    case 'interpreter-exec':
      return (
        /^(?:console|"console") (.*)$/
          .exec(rest)?.[1]
          ?.replace(/^"(.*)"$/, '$1')
          .replace(/\\"/g, '"') ?? ''
      );
    case 'stack-list-frames':
      return 'bt';
    case 'stack-info-frame':
      return 'frame';
    case 'data-list-register-values':
      return 'info registers';
    case 'thread-info':
      return 'info threads';
    case 'stack-list-locals':
    case 'stack-list-variables':
      return 'info locals';
    case 'data-disassemble':
      return 'disassemble';
    case 'data-read-memory':
    case 'data-read-memory-bytes':
      return `x ${given.split(' ')[0] ?? ''}`;
    case 'exec-run':
    case 'exec-continue':
    case 'exec-finish':
    case 'exec-next':
    case 'exec-step':
    case 'exec-until':
      return `${name.slice('exec-'.length)}${rest === '--reverse' ? '' : given === '' ? '' : ` ${given}`}`;
    case 'exec-next-instruction':
      return 'nexti';
    case 'exec-step-instruction':
      return 'stepi';
    default:
      return '';
  }
}

function readQuoted(text: string): string {
  return /^"((?:[^"\\]|\\.){0,4000})"/.exec(text)?.[1]?.replace(/\\(.)/g, '$1') ?? text;
}

/** `*stopped` as the console says it. `told`: the console stream said so already. */
export function stopText(results: readonly MachineValue[], told: boolean): string {
  const of = (name: string): string => results.find((one) => one.name === name)?.text ?? '';
  const frame = results.find((one) => one.name === 'frame');
  if (told || frame === undefined) return '';
  const thread = `Thread ${of('thread-id') || '1'}`;
  const place = `${textOf(frame, 'addr')} in ${placeText(frame)}\n`;
  switch (of('reason')) {
    case 'signal-received':
      return `\n${thread} received signal ${of('signal-name')}, ${of('signal-meaning')}.\n${place}`;
    case 'breakpoint-hit':
      return `\n${thread} hit Breakpoint ${of('bkptno')}, ${place}`;
    case 'watchpoint-trigger': {
      const value = results.find((one) => one.name === 'value');
      const watched = results.find((one) => one.name === 'wpt');
      if (value === undefined || watched === undefined) return place;
      return `\n${thread} hit Hardware watchpoint ${textOf(watched, 'number')}: ${textOf(watched, 'exp')}\n\nOld value = ${textOf(value, 'old')}\nNew value = ${textOf(value, 'new')}\n${place}`;
    }
    default:
      return place;
  }
}
