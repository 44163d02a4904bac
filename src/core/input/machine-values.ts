/**
 * Values of gdb's machine interface (gdb/mi/mi-out.c): `name="text"`, `name={…}`, `name=[…]`. A line is a byte string, so that columns are
 * offsets.
 */

export interface MachineValue {
  name: string;
  /** Unescaped; '' for tuples and lists. */
  text: string;
  /** Members of a tuple or list, in order. */
  members: MachineValue[];
  /** Columns of the whole value in its line. */
  start: number;
  end: number;
}

/** Tuples within tuples; gdb nests fewer than ten. */
const deepest = 24;
/** Bytes of a result that are looked at. */
export const longestResult = 1 << 22;

const utf8 = new TextDecoder();
const letters: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', a: '\u0007', e: '\u001b' };

/** The text of the C string whose quote opens at `at`, and the column behind its closing quote (or the line's end). */
export function readText(line: string, at: number): { text: string; end: number } {
  let text = '';
  let end = at + 1;
  let plain = end;
  while (end < line.length && line.charCodeAt(end) !== 34) {
    if (line.charCodeAt(end) !== 92) {
      end++;
      continue;
    }
    text += line.slice(plain, end);
    const octal = /^[0-7]{3}/.exec(line.slice(end + 1, end + 4));
    const letter = line[end + 1] ?? '';
    text += octal === null ? (letters[letter] ?? letter) : String.fromCharCode(parseInt(octal[0], 8) & 0xff);
    end += octal === null ? 2 : 4;
    plain = end;
  }
  text += line.slice(plain, end);
  return { text: decoded(text), end: Math.min(line.length, end + 1) };
}

/** A byte string as what its bytes spell. */
function decoded(bytes: string): string {
  let ascii = true;
  for (let at = 0; at < bytes.length && ascii; at++) ascii = bytes.charCodeAt(at) < 0x80;
  return ascii ? bytes : utf8.decode(Uint8Array.from(bytes, (sign) => sign.charCodeAt(0)));
}

/** The results `a=…,b=…` from column `from` on; those behind a mistake are left out. */
export function readResults(line: string, from: number): MachineValue[] {
  return readMembers(line.length > longestResult ? line.slice(0, longestResult) : line, from, 0).members;
}

const nameForm = /[A-Za-z_][\w-]{0,63}=/y;

function readMembers(line: string, from: number, depth: number): { members: MachineValue[]; end: number } {
  const members: MachineValue[] = [];
  let at = from;
  while (at < line.length) {
    const start = at;
    nameForm.lastIndex = at;
    const name = nameForm.exec(line)?.[0] ?? '';
    at += name.length;
    const value: MachineValue = { name: name.slice(0, -1), text: '', members: [], start, end: at };
    const opened = line[at];
    if (opened === '"') {
      const { text, end } = readText(line, at);
      value.text = text;
      at = end;
    } else if ((opened === '{' || opened === '[') && depth < deepest) {
      const inner = readMembers(line, at + 1, depth + 1);
      value.members = inner.members;
      at = inner.end;
    } else return { members, end: opened === '}' || opened === ']' ? at + 1 : line.length };
    value.end = at;
    members.push(value);
    if (line[at] === ',') at++;
  }
  return { members, end: at };
}

/** The member of this name. */
export function member(value: MachineValue, name: string): MachineValue | undefined {
  return value.members.find((one) => one.name === name);
}

/** The text of the member of this name; '' where there is none. */
export function textOf(value: MachineValue, name: string): string {
  return member(value, name)?.text ?? '';
}
