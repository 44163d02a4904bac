/**
 * The value grammar of gdb's `print` (gdb/valprint.c, c-valprint.c, go-valprint.c): nested structs and arrays, numbers with a
 * character, string or symbol behind them, strings with octal escapes, `<repeats N times>`. One row per value; never throws.
 */
export interface PrintedField {
  name: string;
  value?: bigint;
  text?: string;
  bytes?: Uint8Array;
  symbol?: string;
  repeats?: number;
  decimal?: boolean;
  /** Columns of `name = value` in the text. */
  start: number;
  end: number;
}

/** Rows kept of one value, and levels of nesting followed; gdb itself prints 200 elements and 20 levels. */
export const mostFields = 4096;
const deepest = 40;

interface Parsing {
  readonly text: string;
  at: number;
  readonly fields: PrintedField[];
  /** Bytes of what stands between quotes. */
  readonly bytesOf: (quoted: string) => Uint8Array;
}

const memberName = /([A-Za-z_~$.][\w.$·:]{0,200}|\[[^\]{}]{1,200}\]|<[^<>{}]{1,200}>|"[^"{}]{1,100}") = /y;
const typePrefix = /(?:\[[^\]]{0,20}\]|\*|[A-Za-z_.])[^{},="']{0,300} = (?=[{0-9"(])/y;
const cast = /\((?:[^()]|\([^()]{0,80}\)){1,200}\) (?=-?[0-9@{])/y;
const reference = /@0x[0-9a-f]{1,16}(?:: )?/y;
const number = /-?0x[0-9a-f]{1,16}|-?\d{1,20}(?:\.\d{1,40})?(?:e[+-]?\d{1,4})?|(?:true|false)(?![\w])/y;
const symbol = / <([^<>{}"]{1,400}(?:<[^<>]{0,100}>[^<>]{0,100})?)>/y;
const character = /'(?:\\(?:[0-7]{1,3}|x[0-9a-f]{2}|U[0-9a-f]{8}|.)|[^'\\])'/y;
const repeated = / <repeats (\d{1,9}) times>/y;

function match(parsing: Parsing, form: RegExp): RegExpExecArray | null {
  form.lastIndex = parsing.at;
  const found = form.exec(parsing.text);
  if (found !== null) parsing.at = form.lastIndex;
  return found;
}

const escapes: Record<string, number> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11, e: 27 };
const encoder = new TextEncoder();

/** ASCII without escapes. */
const plain = /^[ -[\]-~]*$/;

/** Bytes of what stands between quotes: `\250`, `\n`, `\"`. */
export function stringBytes(quoted: string): Uint8Array {
  if (plain.test(quoted)) {
    const ascii = new Uint8Array(quoted.length);
    for (let at = 0; at < ascii.length; at++) ascii[at] = quoted.charCodeAt(at);
    return ascii;
  }
  const bytes: number[] = [];
  for (const [part, octal, one] of quoted.matchAll(/\\([0-7]{1,3})|\\(.)|[^\\]+|\\/gu)) {
    if (octal !== undefined) bytes.push(parseInt(octal, 8) & 0xff);
    else if (one !== undefined) bytes.push(...(escapes[one] === undefined ? encoder.encode(one) : [escapes[one]]));
    else bytes.push(...encoder.encode(part));
  }
  return Uint8Array.from(bytes);
}

/** The string that begins at the quote under the cursor, without its quotes; '' when it does not end. */
function readString(parsing: Parsing): string {
  const { text } = parsing;
  const start = parsing.at + 1;
  let at = start;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  parsing.at = Math.min(text.length, at + 1);
  return text.slice(start, Math.min(at, text.length));
}

/** `"abc", '\000' <repeats 12 times>, "x"`: the pieces of one char array. */
function readCharacters(parsing: Parsing, field: PrintedField): void {
  const pieces: Uint8Array[] = [];
  let printed = '';
  for (;;) {
    const { text } = parsing;
    if (text[parsing.at] === '"') {
      const inner = readString(parsing);
      printed += inner;
      pieces.push(parsing.bytesOf(inner));
    } else {
      const one = match(parsing, character);
      if (one === null) break;
      const times = Math.min(mostFields, Number(match(parsing, repeated)?.[1] ?? 1));
      const bytes = parsing.bytesOf(one[0].slice(1, -1));
      for (let i = 0; i < times; i++) pieces.push(bytes);
      printed += one[0].slice(1, -1);
    }
    if (parsing.text.startsWith('...', parsing.at)) parsing.at += 3;
    if (!text.startsWith(', ', parsing.at) || !isQuote(text[parsing.at + 2])) break;
    parsing.at += 2;
  }
  field.text = printed;
  field.bytes = joined(pieces);
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'";
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function toNumber(printed: string): bigint | undefined {
  if (printed === 'true') return 1n;
  if (printed === 'false') return 0n;
  if (/^-?0x/.test(printed)) return printed.startsWith('-') ? -BigInt(printed.slice(1)) : BigInt(printed);
  return /^-?\d+$/.test(printed) ? BigInt(printed) : undefined;
}

/** Anything else up to the next comma or closing brace. */
function readOther(parsing: Parsing, field: PrintedField): void {
  const start = parsing.at;
  let open = 0;
  for (; parsing.at < parsing.text.length; parsing.at++) {
    const character = parsing.text[parsing.at] ?? '';
    if ('(<['.includes(character)) open++;
    else if (')>]'.includes(character)) open = Math.max(0, open - 1);
    else if (character === '}' || (character === ',' && open === 0)) break;
  }
  const text = parsing.text.slice(start, parsing.at).trim();
  if (text !== '') field.text = text;
}

function readScalar(parsing: Parsing, field: PrintedField): void {
  match(parsing, cast);
  match(parsing, reference);
  if (isQuote(parsing.text[parsing.at])) {
    readCharacters(parsing, field);
    return;
  }
  const printed = match(parsing, number)?.[0];
  if (printed === undefined) {
    readOther(parsing, field);
    return;
  }
  const value = toNumber(printed);
  if (value === undefined) field.text = printed;
  else {
    field.value = BigInt.asUintN(64, value);
    if (/^-?\d/.test(printed) && !/^-?0x/.test(printed)) field.decimal = true;
  }
  const named = match(parsing, symbol)?.[1];
  if (named !== undefined && !/^repeats \d/.test(named)) field.symbol = named;
  else if (named !== undefined) field.repeats = Number(named.split(' ')[1]);
  if (parsing.text[parsing.at] === ' ' && isQuote(parsing.text[parsing.at + 1])) {
    parsing.at++;
    readCharacters(parsing, field);
  }
  const rest = parsing.text[parsing.at];
  if (rest !== undefined && rest !== ',' && rest !== '}' && !parsing.text.startsWith(' <repeats', parsing.at)) {
    const more: PrintedField = { name: '', start: 0, end: 0 };
    readOther(parsing, more);
    if (more.text !== undefined && field.text === undefined) field.text = more.text;
  }
}

function readMembers(parsing: Parsing, path: string, depth: number): void {
  let index = 0;
  while (parsing.at < parsing.text.length && parsing.text[parsing.at] !== '}') {
    const start = parsing.at;
    const name = match(parsing, memberName)?.[1];
    const key = name?.replace(/^"|"$/g, '');
    const own = key === undefined ? `[${index.toString()}]` : key;
    const full = path === '' || own.startsWith('[') ? path + own : `${path}.${own}`;
    const before = parsing.fields.length;
    readValue(parsing, full, depth, start);
    const times = Number(match(parsing, repeated)?.[1] ?? 0);
    if (times > 0) for (const field of parsing.fields.slice(before)) field.repeats = times;
    index += Math.max(1, times, parsing.fields[before]?.repeats ?? 0);
    const comma = /,?[ \t]*(?:members of [^:]{1,200}:[ \t]*)?/y;
    match(parsing, comma);
    if (parsing.at === start) parsing.at++;
    if (parsing.fields.length >= mostFields) {
      parsing.at = parsing.text.length;
      return;
    }
  }
  parsing.at++;
}

const functionValue = /\{[^{}]{1,200}\} (?=0x)/y;

function readValue(parsing: Parsing, name: string, depth: number, start: number): void {
  match(parsing, typePrefix);
  match(parsing, cast);
  match(parsing, reference);
  match(parsing, functionValue);
  const field: PrintedField = { name, start, end: start };
  if (parsing.text[parsing.at] !== '{') {
    readScalar(parsing, field);
    field.end = parsing.at;
    parsing.fields.push(field);
    return;
  }
  if (depth >= deepest || parsing.text.startsWith('{...}', parsing.at) || parsing.text.startsWith('{}', parsing.at)) {
    const close = parsing.text.indexOf('}', parsing.at);
    field.text = parsing.text.slice(parsing.at, close + 1);
    parsing.at = close < 0 ? parsing.text.length : close + 1;
    field.end = parsing.at;
    parsing.fields.push(field);
    return;
  }
  parsing.at++;
  readMembers(parsing, name, depth + 1);
}

/** Rows of the value `text`, whose own name is `name` ('' for the value of a `print`). `bytesOf`: how strings are escaped, gdb's way if absent. */
export function printedFields(text: string, name = '', bytesOf = stringBytes): PrintedField[] {
  const parsing: Parsing = { text, at: 0, fields: [], bytesOf };
  readValue(parsing, name, 0, 0);
  return parsing.fields;
}
