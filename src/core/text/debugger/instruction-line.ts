/** One disassembled instruction of gdb: `=> 0x42ad85 <f+69>:	mov 0x8(%rbx),%rsi`, with `/r` bytes or without. */
import type { ArchitectureName } from '../../model/process.ts';
import { parseAddress, type Address } from '../../model/address.ts';
import { bytesOfHex } from '../bytes.ts';

export interface InstructionLine {
  address: Address;
  /** `f+69`, `+69` inside a dump; absent where gdb knew no symbol. */
  symbol?: string;
  text: string;
  bytes?: Uint8Array;
  current: boolean;
  /** Columns of the instruction, from its address to its end. */
  from: number;
  to: number;
  /** Where its text begins, and the printed bytes stand; equal = none. */
  textFrom: number;
  bytesFrom: number;
  bytesTo: number;
}

const form = /^[ \t]{0,16}(=>)?[ \t]{0,8}(0x[0-9a-f]{1,16})(?: <([^\t]{1,400}?)>)?:[ \t]+(\S.*)$/;
const encoded = /^((?:[0-9a-f]{2} ){0,15}[0-9a-f]{2})(?:\t| {2,})[ \t]*(\S.*)$/;
const encodedWord = /^([0-9a-f]{8})\t[ \t]*(\S.*)$/;
/** A mnemonic of any architecture, a prefix, or gdb's `(bad)`. */
const mnemonic = /^(?:[a-z][a-z0-9._]{0,23}(?=[ \t,]|$)|\(bad\)|\.(?:byte|inst|word|long|short)(?=[ \t]))/;

export function readInstruction(line: string): InstructionLine | undefined {
  const trimmed = line.trimEnd();
  const match = form.exec(trimmed);
  const address = match === null ? undefined : parseAddress(match[2] ?? '');
  if (match === null || address === undefined) return undefined;
  let text = match[4] ?? '';
  const raw = encoded.exec(text) ?? encodedWord.exec(text);
  if (raw !== null && mnemonic.test(raw[2] ?? '')) text = raw[2] ?? '';
  if (!mnemonic.test(text)) return undefined;
  const instruction: InstructionLine = {
    address,
    text: text.replace(/[ \t]+/g, ' '),
    current: match[1] !== undefined,
    from: match[1] === undefined ? trimmed.indexOf('0x') : trimmed.indexOf('=>'),
    to: trimmed.length,
    textFrom: trimmed.length - text.length,
    bytesFrom: 0,
    bytesTo: 0,
  };
  if (match[3] !== undefined) instruction.symbol = match[3];
  if (raw !== null && text === raw[2]) {
    instruction.bytes = bytesOfHex(raw[1] ?? '');
    instruction.bytesFrom = trimmed.length - (match[4] ?? '').length;
    instruction.bytesTo = instruction.bytesFrom + (raw[1] ?? '').length;
  }
  return instruction;
}

/** The dialect that the operands of one instruction tell. */
export function dialectOf(text: string): 'att' | 'intel' | 'arm64' | undefined {
  if (/%[a-z]|\$0x|\$-?\d/.test(text)) return 'att';
  if (
    /\b(?:[xwvq](?:[0-9]|[12][0-9]|30)|sp|wzr|xzr)\b.*#|\[(?:sp|x\d{1,2})|^(?:stp|ldp|adrp|cbn?z|b\.[a-z]{2}) |\bx(?:29|30)\b/.test(
      text,
    )
  )
    return 'arm64';
  if (/\b(?:[QD]?WORD|BYTE|XMMWORD) PTR\b|\[r[a-z0-9]{1,3}\b|^[a-z]+ (?:r[a-z0-9]{1,3}|e[a-z]{2})\b/.test(text)) return 'intel';
  return undefined;
}

/** Assembler dialect of a listing, from the operands; `fallback` where none tells. */
export function syntaxOf(
  texts: Iterable<string>,
  arch: ArchitectureName | undefined,
  fallback: 'att' | 'intel' = 'att',
): 'att' | 'intel' | 'arm64' {
  for (const text of texts) {
    const dialect = dialectOf(text);
    if (dialect !== undefined) return dialect;
  }
  return arch === 'arm64' ? 'arm64' : fallback;
}
