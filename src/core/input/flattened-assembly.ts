/** Go assembly whose line ends became blanks: `TEXT ·f(SB),4,$0-8 MOVQ a+0(FP), AX RET`. */
import type { Break } from './flattened-dump.ts';

const text = /(?:^|[ \t])TEXT [^\s(]+\(SB\), ?\S/;
const directive = /^(?:TEXT|DATA|GLOBL|FUNCDATA|PCDATA)$/;
const mnemonic = /^[A-Z][A-Z0-9]{1,11}(?:\.[A-Z]{1,2})?$/;
const bare = /^(?:RET|NOP|NOOP|HLT|UNDEF|CLD|STD|PAUSE|CPUID|RDTSC|SYSCALL|VZEROUPPER|VZEROALL|MFENCE|LFENCE|SFENCE)$/;
const label = /^[A-Za-z_][\w·.]{0,80}:$/;
const fewestInstructions = 3;

export function isFlattenedAssembly(line: string): boolean {
  return text.test(line) && assemblyBreaks(line).length >= fewestInstructions;
}

/** Breaks before each instruction, label and directive from the first TEXT on. */
export function assemblyBreaks(line: string): Break[] {
  const breaks: Break[] = [];
  const first = text.exec(line);
  if (first === null) return breaks;
  // What the next token may be: operands follow a mnemonic, and a comma asks for another.
  let state: 'start' | 'operand' | 'done' | 'comment' = 'start';
  let before = -1;
  for (const match of line.matchAll(/\S+/g)) {
    const token = match[0];
    const at = match.index;
    const begins = at >= first.index && beginsLine(token, state, line.slice(at + token.length, at + token.length + 80));
    if (begins && before >= 0)
      breaks.push({ at: before, end: at, made: label.test(token) || directive.test(token) ? '\n' : '\n\t' });
    if (begins) state = bare.test(token) || label.test(token) ? 'done' : 'operand';
    else if (token.startsWith('//')) state = 'comment';
    else if (state === 'operand' && !token.endsWith(',')) state = 'done';
    else if (state === 'done' && token.startsWith(',')) state = 'operand';
    before = at + token.length;
  }
  return breaks;
}

function beginsLine(token: string, state: string, rest: string): boolean {
  if (directive.test(token)) return token !== 'TEXT' || /^ \S+\(SB\)/.test(rest);
  if (state === 'operand') return false;
  if (label.test(token)) return state !== 'comment' || /^ [A-Z][A-Z0-9]{1,11}(?: |$)/.test(rest);
  if (/^\[$|^\[\.\.\.\]$/.test(token)) return true;
  // Inside a comment upper-case words may be prose: there an operand must follow.
  return (
    mnemonic.test(token) &&
    (state !== 'comment' || bare.test(token) || /^ (?:[$·(\w][^\s]*,|\$?[\w·]+\(|\$0x|[A-Za-z_]\w*(?: |$))/.test(rest))
  );
}
