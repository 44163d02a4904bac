/**
 * GNU `objdump -d`: `0000000000468080 <strconv.Atoi>:`, then `  468080:⇥49 3b 66 10   ⇥cmp rsp,…`. Long encodings go on in a line of
 * bytes; `--no-show-raw-insn` has no bytes; `-S` puts source between. Offsets in `<…+0x27>` are hexadecimal.
 */
import { parseAddress, toAddress, type Address } from '../../model/address.ts';
import type { CodeListing } from '../../model/code.ts';
import type { Instruction } from '../../model/instruction.ts';
import { withoutAbi } from '../../model/function-name.ts';
import type { ArchitectureName } from '../../model/process.ts';
import type { LineCursor } from '../cursor.ts';
import { ascii, bytesOfHex, leadingHex, skipSpace, startsWith } from '../bytes.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';
import { syntaxOf } from '../debugger/instruction-line.ts';
import { afterNumber, columns, lineText, seek } from '../debugger/lines.ts';
import { sessionOf, teachArchitecture } from '../debugger/session.ts';

const head = /^[ \t]{0,16}([0-9a-f]{8,16}) <(\S.{0,400})>:$/;
const row =
  /^[ \t]{0,16}([0-9a-f]{1,16}):[ \t]{1,16}(?:((?:[0-9a-f]{2} ){1,15}|(?:[0-9a-f]{4} ){1,4}|[0-9a-f]{8} )[ \t]{1,60})?(\S.*)$/;
const moreBytes = /^[ \t]{0,16}[0-9a-f]{1,16}:[ \t]{1,16}(?:[0-9a-f]{2}[ \t]{1,40}){1,15}$/;
const mnemonic = /^(?:[a-z][a-z0-9._]{0,23}(?=[ \t,]|$)|\(bad\)|\.(?:byte|inst|word|long|short)(?=[ \t]))/;
const format = /^[^\s:].{0,1000}:[ \t]+file format (elf\d\d-[\w-]{1,40}|pei?-[\w-]{1,40}|mach-o[\w -]{0,40})$/;
const section = /^Disassembly of section \S{1,100}:$/;
/** Source lines between two instructions of `-S`. */
const mostSourceLines = 60;

const machines: readonly [RegExp, ArchitectureName][] = [
  [/x86-64/, 'amd64'],
  [/i386/, '386'],
  [/aarch64|arm64/, 'arm64'],
  [/littlearm/, 'arm'],
  [/littleriscv/, 'riscv64'],
  [/s390/, 's390x'],
  [/powerpcle/, 'ppc64le'],
];

function readRow(
  cursor: LineCursor,
  index: number,
  start: Address | undefined,
  name: string | undefined,
): Instruction | undefined {
  const line = lineText(cursor, index).trimEnd();
  const match = row.exec(line);
  const text = (match?.[3] ?? '').replace(/[ \t]+/g, ' ');
  const address = match === null ? undefined : parseAddress(`0x${match[1] ?? ''}`);
  if (match === null || address === undefined || !mnemonic.test(text)) return undefined;
  const from = line.indexOf(match[1] ?? '');
  const instruction: Instruction = { address, text, current: false, source: columns(cursor, index, line, from, line.length) };
  if (name !== undefined) instruction.function = name;
  if (start !== undefined && address >= start) instruction.offset = Number(address - start);
  if (match[2] !== undefined) instruction.bytes = bytesOfHex(match[2]);
  return instruction;
}

interface Body {
  instructions: Instruction[];
  next: number;
}

function readBody(cursor: LineCursor, from: number, start: Address | undefined, name: string | undefined): Body {
  const body: Body = { instructions: [], next: from };
  for (let at = from, gap = 0; at < cursor.count && gap <= mostSourceLines; at++) {
    const line = lineText(cursor, at);
    const instruction = readRow(cursor, at, start, name);
    if (instruction !== undefined) {
      // Addresses fall where another function begins whose head was cut away.
      const last = body.instructions.at(-1)?.address;
      if (last !== undefined && instruction.address !== undefined && instruction.address <= last) break;
      body.instructions.push(instruction);
    } else if (moreBytes.test(line)) {
      const last = body.instructions.at(-1);
      if (last?.bytes !== undefined)
        last.bytes = Uint8Array.from([...last.bytes, ...bytesOfHex(line.slice(line.indexOf(':') + 1))]);
    } else if (/^[ \t]{0,16}\.\.\.$/.test(line)) {
      body.next = at + 1;
      continue;
    } else if (head.test(line.trimEnd()) || section.test(line.trimEnd()) || cursor.isBlank(at)) break;
    else {
      // Source of `-S`: only between instructions of a function with its head.
      if (name === undefined) break;
      gap++;
      continue;
    }
    gap = 0;
    body.next = at + 1;
  }
  return body;
}

function pushListing(cursor: LineCursor, sink: RecordSink, index: number, name: string | undefined, body: Body): void {
  const listing: CodeListing = {
    ...(name === undefined ? {} : { function: name }),
    syntax: syntaxOf(
      body.instructions.map((instruction) => instruction.text),
      sessionOf(sink).arch,
    ),
    origin: 'disassembly',
    instructions: body.instructions,
    source: cursor.lineRange(index, body.next - 1),
  };
  sink.facts.push({ kind: 'listing', textLine: index, listing });
}

export const objdumpReader: TextReader = {
  name: 'objdump listing',
  begins: '0123456789abcdef',
  accepts: ({ digits, behind }) => behind === 58 || (digits >= 8 && behind === 32),
  recognise(cursor, index) {
    // Heads have at least eight digits, rows a colon behind theirs.
    if (afterNumber(cursor, index) >= 0) return false;
    const digits = leadingHex(cursor, index);
    const behind = cursor.bytes[skipSpace(cursor.bytes, cursor.start(index), cursor.end(index)) + digits];
    if (digits === 0 || (behind !== 58 && (digits < 8 || behind !== 32))) return false;
    const line = lineText(cursor, index).trimEnd();
    if (head.test(line)) return true;
    // Without its head a row must have bytes or a neighbour.
    if (readRow(cursor, index, undefined, undefined) === undefined) return false;
    return row.exec(line)?.[2] !== undefined || readRow(cursor, index + 1, undefined, undefined) !== undefined;
  },
  parse(cursor, index, sink) {
    const match = head.exec(lineText(cursor, index).trimEnd());
    const start = match === null ? undefined : parseAddress(`0x${match[1] ?? ''}`);
    const printed = match === null ? undefined : withoutAbi(match[2] ?? '');
    const name = printed === undefined ? undefined : printed.replace(/\+0x[0-9a-f]{1,12}$/, '');
    // `--start-address` prints the place inside the function.
    const inside = /\+(0x[0-9a-f]{1,12})$/.exec(printed ?? '')?.[1];
    const entry = start === undefined ? undefined : toAddress(start - BigInt(inside ?? '0x0'));
    const body = readBody(cursor, match === null ? index : index + 1, entry, name);
    const next = Math.max(body.next, index + 1);
    if (body.instructions.length > 0) pushListing(cursor, sink, index, name, body);
    if (name !== undefined && entry !== undefined)
      sink.facts.push({ kind: 'symbol', textLine: index, symbol: { name, start: entry, source: cursor.lineRange(index) } });
    markRecognised(sink, index, next - index);
    return next - index;
  },
};

const fileFormat = ascii('file format ');

/** A colon, blanks and `file format `: looks at bytes only. */
function holdsFormat(cursor: LineCursor, index: number): boolean {
  const end = cursor.end(index);
  for (let at = seek(cursor, 58, cursor.start(index), end); at < end; at = seek(cursor, 58, at + 1, end))
    if (startsWith(cursor.bytes, skipSpace(cursor.bytes, at + 1, end), end, fileFormat)) return true;
  return false;
}

export const objdumpHeadingReader: TextReader = {
  name: 'objdump heading',
  begins: 'D',
  holds: ['file format '],
  recognise(cursor, index) {
    const end = cursor.end(index);
    if (end - cursor.start(index) > 1200) return false;
    if (cursor.bytes[cursor.start(index)] !== 68 && !holdsFormat(cursor, index)) return false;
    const line = lineText(cursor, index).trimEnd();
    return line.includes('file format ') ? format.test(line) : section.test(line);
  },
  parse(cursor, index, sink) {
    const printed = format.exec(lineText(cursor, index).trimEnd())?.[1] ?? '';
    const arch = machines.find(([pattern]) => pattern.test(printed))?.[1];
    if (arch !== undefined) teachArchitecture(sink, index, arch, `file format ${printed}`, cursor.lineRange(index));
    markRecognised(sink, index, 1);
    return 1;
  },
};
