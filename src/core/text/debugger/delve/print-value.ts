/**
 * The value grammar of Delve's `print`, `locals` and `args` (service/api/prettyprint.go): `main.T {n: 1, p: (*int)(0xc0…)}`,
 * `[]uint8 len: 3, cap: 8, [1,2,3]`, `map[string]int ["a": 1, ]`, `error(*errors.errorString) *{s: "x"}`. One row per value, as of gdb's.
 */
import { mostFields, type PrintedField } from '../print-value.ts';

interface Parsing {
  readonly text: string;
  /** `print %x`: hexadecimal digits without 0x. */
  readonly hexadecimal: boolean;
  at: number;
  readonly fields: PrintedField[];
}

/** Levels of nesting followed, and the longest type or key that is passed over. */
const deepest = 40;
const longestType = 400;
/** Digits of a number that a double holds exactly. */
const exactDigits = 15;

const typed = /\("?\*"?[^"]{0,300}?"?\)\((0x[0-9a-f]{1,16})\)/y;
const unreadable = /\(unreadable [^()]{0,300}\)/y;
const unsafePointer = /unsafe\.Pointer\((0x[0-9a-f]{1,16})\)/y;
const nothing = /nil(?![\w.])/y;
const truth = /(?:true|false)(?![\w.])/y;
const decimal = /-?\d{1,20}(?![\w.])/y;
const digits = /-?(?:0x)?[0-9a-f]{1,16}(?![\w.])/y;
const memberName = /([A-Za-z_~$][\w.$~]{0,200}): /y;
const constant = /\((-?\d{1,20})\)/y;
const behindSlice = /, cap: \d{1,19}, (?=\[)/y;
/** `interface {}(int) 7`. */
const inInterface = /\) (-?\d{1,20})$/;
const elided = /\.\.\.\+\d{1,19} more/y;

function match(parsing: Parsing, form: RegExp): RegExpExecArray | null {
  form.lastIndex = parsing.at;
  const found = form.exec(parsing.text);
  if (found !== null) parsing.at = form.lastIndex;
  return found;
}

const tab = 9;
const space = 32;
const quote = 34;
const open = 40;
const close = 41;
const star = 42;
const comma = 44;
const minus = 45;
const dot = 46;
const zero = 48;
const nine = 57;
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

function passBlanks(parsing: Parsing): void {
  let code = parsing.text.charCodeAt(parsing.at);
  while (code === space || code === tab) code = parsing.text.charCodeAt(++parsing.at);
}

const escapes: Record<string, number> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };
const encoder = new TextEncoder();

/** Bytes of a Go string between its quotes: strconv.Quote. */
function goBytes(quoted: string): Uint8Array {
  const plain = new Uint8Array(quoted.length);
  let at = 0;
  for (; at < quoted.length; at++) {
    const code = quoted.charCodeAt(at);
    if (code === backslash || code > 126) break;
    plain[at] = code;
  }
  return at === quoted.length ? plain : escapedBytes(quoted);
}

function escapedBytes(quoted: string): Uint8Array {
  const bytes: number[] = [];
  for (const [part, hex, unicode, one] of quoted.matchAll(
    /\\x([0-9a-f]{2})|\\u([0-9a-f]{4})|\\U[0-9a-f]{8}|\\(.)|[^\\]+|\\/giu,
  )) {
    if (hex !== undefined) bytes.push(parseInt(hex, 16));
    else if (unicode !== undefined) bytes.push(...encoder.encode(String.fromCharCode(parseInt(unicode, 16))));
    else if (one !== undefined) bytes.push(...(escapes[one] === undefined ? encoder.encode(one) : [escapes[one]]));
    else bytes.push(...encoder.encode(part));
  }
  return Uint8Array.from(bytes);
}

function readString(parsing: Parsing, field: PrintedField): void {
  const { text } = parsing;
  const start = parsing.at + 1;
  let at = start;
  for (let code = text.charCodeAt(at); at < text.length && code !== quote; code = text.charCodeAt(at))
    at += code === backslash ? 2 : 1;
  const printed = text.slice(start, Math.min(at, text.length));
  const inner = printed.endsWith(' more') ? printed.replace(/\.\.\.\+\d{1,19} more$/, '') : printed;
  parsing.at = Math.min(text.length, at + 1);
  field.text = inner;
  field.bytes = goBytes(inner);
}

function setNumber(field: PrintedField, printed: string, hexadecimal: boolean): void {
  const negative = printed.charCodeAt(0) === minus;
  if (hexadecimal || negative || printed.length > exactDigits) {
    const plain = printed.replace(/^-?(?:0x)?/, '');
    const value = hexadecimal ? BigInt(`0x${plain}`) : BigInt(plain);
    field.value = BigInt.asUintN(64, negative ? -value : value);
  } else field.value = BigInt(Number(printed));
  if (!hexadecimal) field.decimal = true;
}

/** Past the bracket that closes the one at `at`, or -1. */
function behindClosing(text: string, at: number, opening: number, closing: number): number {
  let depth = 0;
  for (let next = at; next < text.length && next - at < longestType; next++) {
    const code = text.charCodeAt(next);
    if (code === opening) depth++;
    else if (code === closing && --depth === 0) return next + 1;
  }
  return -1;
}

/** Passes over a type; leaves the position at what opens the value, or at what ends it. */
function passType(parsing: Parsing): void {
  const { text } = parsing;
  const start = parsing.at;
  while (parsing.at < text.length && parsing.at - start < longestType) {
    const { at } = parsing;
    const code = text.charCodeAt(at);
    if (code === close || code === closeBrace || code === closeBracket) return;
    const before = at > start ? text.charCodeAt(at - 1) : 0;
    let behind = at + 1;
    if (code === comma) {
      if (match(parsing, behindSlice) === null) return;
      continue;
    }
    if (code === quote) {
      if (before === space) return;
    } else if (code === openBrace) {
      const isType = /(?:interface|struct) $/.test(text.slice(Math.max(start, at - 10), at));
      if (!isType && (before === space || before === star || at === start)) return;
      behind = behindClosing(text, at, openBrace, closeBrace);
    } else if (code === openBracket) {
      if (before === space) return;
      behind = behindClosing(text, at, openBracket, closeBracket);
    } else if (code === open) {
      if (before === space) return;
      behind = behindClosing(text, at, open, close);
    }
    if (behind < 0) return;
    parsing.at = behind;
  }
}

function readMembers(parsing: Parsing, path: string, depth: number, closing: '}' | ']'): void {
  const { text } = parsing;
  let index = 0;
  for (;;) {
    passBlanks(parsing);
    if (parsing.at >= text.length) return;
    if (text[parsing.at] === closing) {
      parsing.at++;
      return;
    }
    const start = parsing.at;
    if (text.charCodeAt(start) !== dot || match(parsing, elided) === null) {
      const key = closing === '}' ? match(parsing, memberName)?.[1] : mapKey(parsing);
      const own = key ?? `[${index.toString()}]`;
      readValue(parsing, path === '' || own.startsWith('[') ? path + own : `${path}.${own}`, depth, start);
      index++;
    }
    passBlanks(parsing);
    if (text[parsing.at] === ',') parsing.at++;
    // Whatever cannot be read ends the value: a character that belongs to no form would be met again.
    if (parsing.at === start || parsing.fields.length >= mostFields) {
      parsing.at = text.length;
      return;
    }
  }
}

const quotedKey = /"((?:[^"\\]|\\.){0,200})": /y;
const plainKey = /([\w.+-]{1,100}): (?!\d{1,19}, cap: )/y;

/** The key of a map's element as a name; undefined in an array. */
function mapKey(parsing: Parsing): string | undefined {
  const key = (match(parsing, quotedKey) ?? match(parsing, plainKey))?.[1];
  return key === undefined ? undefined : `[${key}]`;
}

/** `(*T)(0xc0…)`, or what could not be read. */
function readPointer(parsing: Parsing, field: PrintedField): boolean {
  const pointer = match(parsing, typed)?.[1];
  if (pointer !== undefined) {
    field.value = BigInt(pointer);
    return true;
  }
  const said = match(parsing, unreadable);
  if (said !== null) field.text = said[0];
  return said !== null;
}

const letterF = 102;
const letterN = 110;
const letterT = 116;
const letterU = 117;

function readWord(parsing: Parsing, field: PrintedField, first: number): boolean {
  if (first === letterU) {
    const pointer = match(parsing, unsafePointer)?.[1];
    if (pointer !== undefined) field.value = BigInt(pointer);
    return pointer !== undefined;
  }
  if (first === letterN) {
    const isNothing = match(parsing, nothing) !== null;
    if (isNothing) field.value = 0n;
    return isNothing;
  }
  const bool = first === letterT || first === letterF ? match(parsing, truth)?.[0] : undefined;
  if (bool !== undefined) field.value = bool === 'true' ? 1n : 0n;
  return bool !== undefined;
}

function readNumber(parsing: Parsing, field: PrintedField, first: number): boolean {
  if (!parsing.hexadecimal && first !== minus && (first < zero || first > nine)) return false;
  const number = match(parsing, parsing.hexadecimal ? digits : decimal)?.[0];
  if (number === undefined) return false;
  setNumber(field, number, parsing.hexadecimal);
  return true;
}

/** What begins with no type: numbers, strings, pointers. */
function readScalar(parsing: Parsing, field: PrintedField): boolean {
  const first = parsing.text.charCodeAt(parsing.at);
  if (first === open) return readPointer(parsing, field);
  if (first === quote) {
    readString(parsing, field);
    return true;
  }
  return readWord(parsing, field, first) || readNumber(parsing, field, first);
}

/** Anything else up to the next comma or closing bracket. */
function readOther(parsing: Parsing, from: number): string {
  const { text } = parsing;
  for (let code = text.charCodeAt(parsing.at); parsing.at < text.length; code = text.charCodeAt(++parsing.at))
    if (code === comma || code === closeBrace || code === closeBracket) break;
  return text.slice(from, parsing.at).trim();
}

function readValue(parsing: Parsing, name: string, depth: number, start: number): void {
  const { text } = parsing;
  const field: PrintedField = { name, start, end: start };
  const from = parsing.at;
  // `*(*main.item)(0xc0…)`: a pointer that was not followed.
  if (text.charCodeAt(parsing.at) === star && text.charCodeAt(parsing.at + 1) === open) parsing.at++;
  if (!readScalar(parsing, field)) {
    passType(parsing);
    const opens = text[parsing.at];
    if ((opens === '{' || opens === '[') && depth < deepest) {
      parsing.at++;
      readMembers(parsing, name, depth + 1, opens === '{' ? '}' : ']');
      return;
    }
    const number = opens === '(' ? match(parsing, constant)?.[1] : undefined;
    const type = text.slice(from, parsing.at);
    if (number !== undefined) {
      setNumber(field, number, false);
      field.text = type.replace(/ \([^()]*\)$/, '');
    } else if (opens === '"') readString(parsing, field);
    else if (/(?:^| )nil$/.test(type)) field.value = 0n;
    else {
      field.text = readOther(parsing, from);
      const boxed = inInterface.exec(field.text)?.[1];
      if (boxed !== undefined) setNumber(field, boxed, false);
    }
  }
  field.end = parsing.at;
  parsing.fields.push(field);
}

/** Rows of the value `text`, whose own name is `name` ('' for the value of a `print`). */
export function delveFields(text: string, name = '', hexadecimal = false): PrintedField[] {
  const parsing: Parsing = { text, hexadecimal, at: 0, fields: [] };
  readValue(parsing, name, 0, 0);
  return parsing.fields;
}
