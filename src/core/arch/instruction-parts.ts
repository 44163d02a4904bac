/** An instruction as text in its parts: mnemonic, what it writes, what it reads. */
import type { CodeListing } from '../model/code.ts';

const immediate = /^[$#]?(-?)(0x[0-9a-f]{1,16}|\d{1,20})$/i;

/** `$0x1f2e3d4c`, `#-16`, `523124044`: unsigned 64-bit. */
export function immediateOf(operand: string): bigint | undefined {
  const match = immediate.exec(operand.trim());
  if (match === null) return undefined;
  const value = BigInt((match[2] ?? '0').toLowerCase());
  return BigInt.asUintN(64, match[1] === '-' ? -value : value);
}

export interface ParsedInstruction {
  /** Lower case. */
  mnemonic: string;
  /** Lower case, without `%`; '' for instructions without operands. */
  destination: string;
  sources: string[];
}

/** Splits operands at commas outside brackets and parentheses. */
function operandsOf(text: string): string[] {
  const operands: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const one = text[at];
    if (one === '(' || one === '[') depth++;
    else if (one === ')' || one === ']') depth--;
    else if (one === ',' && depth === 0) {
      operands.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  const rest = text.slice(start).trim();
  if (rest !== '') operands.push(rest);
  return operands;
}

/** Mnemonic and operands; which operand is written depends on the syntax. */
export function parseInstruction(text: string, syntax: CodeListing['syntax']): ParsedInstruction {
  const clean = text
    .replace(/\s+(?:\/\/|#\s|;).*$/, '')
    .replace(/^(?:=>|rep\w*|lock)\s+/, '')
    .trim();
  const space = clean.search(/\s/);
  if (space < 0) return { mnemonic: clean.toLowerCase(), destination: '', sources: [] };
  const operands = operandsOf(clean.slice(space + 1));
  const first = syntax === 'intel' || syntax === 'arm64';
  const destination = (first ? operands[0] : operands.at(-1)) ?? '';
  return {
    mnemonic: clean.slice(0, space).toLowerCase(),
    destination: destination.toLowerCase().replace(/^%/, ''),
    sources: first ? operands.slice(1) : operands.slice(0, -1),
  };
}

const general = new Map(['ax', 'bx', 'cx', 'dx', 'si', 'di'].map((name) => [name, `r${name}`]));

/** One name for the parts and spellings of a register: `eax`, `AX`, `%rax` → rax; `x3`, `w3` → r3. */
export function registerName(operand: string): string {
  const name = operand.toLowerCase().replace(/^%/, '');
  return general.get(name) ?? name.replace(/^e(?=[a-ds][xi]$)/, 'r').replace(/^[xw](?=\d)/, 'r');
}
