/**
 * Commands behind a prompt that is no debugger's own (`(gdb-multiarch) `, `>>> `, one that was set), or behind none: only those that
 * are nothing else, and only directly above what they print.
 */
import { isSpace, skipSpace } from '../bytes.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type TextReader } from '../reader.ts';
import { isPrompt, runCommand } from './command.ts';
import { isDelveOutput } from './delve/session.ts';
import { lineText } from './lines.ts';
import { isLldbOutput } from './lldb/command.ts';

/** A word in parentheses, or up to three signs behind a word. */
const prompt = /^[ \t]{0,16}(?:(?:\([\w .:-]{1,24}\)|[\w-]{0,24}[>$#%\u276f\u27a4]{1,3})[$#>]?[ \u00a0]{1,4})?/;
/** A command, and what the first line that it prints looks like. */
const commands: readonly (readonly [RegExp, RegExp])[] = [
  [
    /^x\/-?\d{0,6}[a-z]{0,3}[ \t]+\S.{0,200}$/,
    /^[ \t]{0,16}(?:=>)?[ \t]*0x[0-9a-f]{1,16}(?: <[^\t]{1,400}>)?:[ \t]|^Cannot access memory /,
  ],
  [/^(?:bt|backtrace|where)(?:[ \t]+(?:full|-?\d{1,6}))*$/, /^#0 /],
  [/^thread apply (?:all|[\d ]{1,40}) (?:bt|backtrace)(?:[ \t]+(?:full|-?\d{1,6}))*$/, /^Thread [\d.]{1,12} \(/],
  [/^(?:f|frame|up|down)(?:[ \t]+\d{1,6})?$/, /^#\d/],
  [/^(?:info|i)[ \t]+(?:all-)?r(?:eg\w*)?(?:[ \t]+[$\w ]{1,200})?$/, /^[a-z][a-z0-9_]{0,15}[ \t]+0x[0-9a-f]/],
  [/^(?:info|i)[ \t]+proc[ \t]+m\w*$/, /^(?:process \d|Mapped address|[ \t]*Start Addr|[ \t]*0x)/],
  [/^(?:info|i)[ \t]+threads$/, /^[ \t]*(?:Id[ \t]|\*?[ \t]*\d+[ \t])/],
  [/^(?:info|i)[ \t]+fr(?:ame)?$/, /^Stack level /],
  [/^(?:info|i)[ \t]+sy(?:mbol)?[ \t]+\S.{0,200}$/, / in section |^No symbol matches /],
  [/^(?:info|i)[ \t]+line[ \t]+\S.{0,200}$/, /^(?:Line \d|No line number)/],
  [/^(?:info|i)[ \t]+(?:locals|args)$/, /^[~A-Za-z_][\w.$]{0,100} = /],
  [/^(?:p|print|output)(?:\/[a-z]{1,2})?[ \t]+\S.{0,300}$/, /^\$\d{1,9} = /],
  [/^ptype(?:[ \t]*\/o)?[ \t]+\S.{0,200}$/, /^(?:\/\* offset.*\*\/[ \t]*)?type = /],
  [
    /^find(?:[ \t]+|[ \t]*\/[bhwg1-9]{1,4}[ \t]+)\S[^,]{0,200},.{1,300}$/,
    /^(?:0x[0-9a-f]{1,16}(?: <.*>)?|\d{1,9} patterns? found\.?|Pattern not found\.?)$/,
  ],
  [/^disas(?:s\w*)?(?:[ \t]*\/\w{1,3})?(?:[ \t]+\S.{0,300})?$/, /^Dump of assembler code /],
  [/^(?:(?:hbreak|tbreak|b|break)[ \t]+\S.{0,300})$/, /^(?:Temporary b|B|Hardware assisted b)reakpoint \d{1,6} at 0x/],
  [/^[ra]?watch[ \t]+\S.{0,300}$/, /^(?:Hardware )?(?:read |access \(read\/write\) )?[Ww]atchpoint \d{1,6}: /],
  [/^(?:c|cont|continue|reverse-c\w*|rc|r|run|reverse-[a-z]{1,10})$/, /^(?:Continuing\.|Starting program: |Run back to )/],
  [/^(?:fin|finish|reverse-finish)$/, /^Run (?:till exit|back to call)/],
];
/** Blank lines between a command and what it prints: `thread apply all bt` begins with one. */
const mostBlanks = 2;

/** The command that stands on line `index`; undefined when it is none. */
function commandOn(cursor: LineCursor, index: number): string | undefined {
  const line = lineText(cursor, index).trimEnd();
  if (line.length > 400) return undefined;
  const behind = prompt.exec(line)?.[0].length ?? 0;
  for (const at of behind === 0 ? [0] : [behind, 0]) {
    const command = line.slice(at).trim();
    const answer = commands.find(([form]) => form.test(command))?.[1];
    if (answer === undefined) continue;
    let next = index + 1;
    while (next < cursor.count && next - index <= mostBlanks && cursor.isBlank(next)) next++;
    const printed = lineText(cursor, next);
    if (!isPrompt(printed) && answer.test(printed)) return command;
  }
  return undefined;
}

function hash(bytes: Iterable<number>): number {
  let value = 0;
  for (const byte of bytes) value = (value * 31 + byte) | 0;
  return value;
}

const verbs = new Set(
  (
    'x bt backtrace where thread f frame up down info i p print output ptype find b break hbreak tbreak watch rwatch awatch c cont ' +
    'continue reverse rc r run fin finish disas disass disassemble'
  )
    .split(' ')
    .map((verb) => hash(verb.split('').map((letter) => letter.charCodeAt(0)))),
);
const longestWord = 24;

/** Can a command, or a prompt, be the first word of line `index`? Looks at bytes only: most lines of a log are neither. */
function mayCommand(cursor: LineCursor, index: number): boolean {
  const { bytes } = cursor;
  const end = cursor.end(index);
  const from = skipSpace(bytes, cursor.start(index), end);
  let at = from;
  let value = 0;
  for (; at < end && at - from <= longestWord; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 97 || byte > 122) break;
    value = (value * 31 + byte) | 0;
  }
  const next = at < end ? (bytes[at] ?? 0) : 32;
  // Blank, carriage return, slash, or the hyphen of `reverse-step`.
  if (at > from && (isSpace(next) || next === 47 || next === 45) && verbs.has(value)) return true;
  while (at < end && at - from <= longestWord && isWordByte(bytes[at] ?? 0)) at++;
  const sign = bytes[at] ?? 0;
  return sign === 40 || sign === 62 || sign === 36 || sign === 35 || sign === 37 || sign === 0xe2;
}

function isWordByte(byte: number): boolean {
  return (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || (byte >= 48 && byte <= 57) || byte === 95 || byte === 45;
}

export const bareCommandReader: TextReader = {
  name: 'command without a prompt',
  begins: '(>$#%abcdefghijklmnopqrstuvwxyz\u00e2',
  // A line between two prompts of another debugger is its own affair.
  recognise: (cursor, index, sink) =>
    !isDelveOutput(sink) && !isLldbOutput(sink) && mayCommand(cursor, index) && commandOn(cursor, index) !== undefined,
  parse(cursor, index, sink) {
    const command = commandOn(cursor, index);
    if (command === undefined) return 0;
    runCommand(cursor, sink, index, command, 'gdb');
    markRecognised(sink, index, 1);
    return 1;
  },
};
