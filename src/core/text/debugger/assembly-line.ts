/** Go assembly text to instructions: `MOVQ AX, BP // keep`, several on a line, or the whole function on one. */

export interface AssemblyPiece {
  /** White space folded, comment kept. */
  text: string;
  from: number;
  to: number;
}

interface Token {
  text: string;
  from: number;
  to: number;
}

/** Upper-case mnemonics of cmd/asm, with condition and size suffixes: MOVQ, VPADDD.Z, STP.P, B.EQ. */
const mnemonic = /^[A-Z][A-Z0-9]{0,15}(?:\.[A-Z]{1,3}){0,2}$/;
/** Those that may stand without operands. */
const bare = new Set(
  (
    'RET NOP NOOP VZEROUPPER VZEROALL CPUID RDTSC RDTSCP LFENCE MFENCE SFENCE PAUSE INT3 UNDEF HLT CLD STD LOCK REP REPN CQO CDQ CWD CLTQ ' +
    'MOVSB MOVSL MOVSQ MOVSW STOSB STOSL STOSQ STOSW SCASB CMPSB XLAT LAHF SAHF PUSHFQ POPFQ PUSHAL POPAL EMMS SYSCALL SYSENTER ' +
    'FCHS FABS FLD1 FLDZ WAIT LEAVEQ WFI WFE YIELD SEV ISB DMB DSB ERET AUTIASP PACIASP BREAK CLREX DWORD FENCE EBREAK ECALL'
  ).split(' '),
);
const label = /^[A-Za-z_][\w·]{0,60}:$/;
/** Registers, `$constants`, `name+8(FP)`, `(AX)(BX*8)`, `[V0.B16`, `R1<<3`, labels: no word of a sentence with its full stop. */
const operand = /^[$*(\[{-]?[\w·∕$<>.+\-*/()@[\]{}"&|~^%:]{1,120},?$/;
const operandLike = /^(?:[$([{*-]|.*[(),·]|[A-Z][A-Z0-9]{0,3}[,.]?$|[A-Z]{1,2}\d{1,2}|[a-zA-Z_]\w*,?$)/;

function tokens(text: string): Token[] {
  return [...text.matchAll(/[^\s;]+|;/g)].map((match) => ({
    text: match[0],
    from: match.index,
    to: match.index + match[0].length,
  }));
}

/** Does a mnemonic with its operands begin at token `at`? */
function beginsInstruction(all: readonly Token[], at: number): boolean {
  const token = all[at];
  if (token === undefined || !mnemonic.test(token.text)) return false;
  if (bare.has(token.text)) return true;
  const next = all[at + 1];
  return token.text.length > 1 && next !== undefined && operand.test(next.text) && operandLike.test(next.text);
}

/** Past the operands that follow token `at`: those after a comma, and the first. */
function pastOperands(all: readonly Token[], at: number): number {
  let next = at + 1;
  // `RET R30`, `DMB $7`: operands of those that rarely have one are no words.
  if (bare.has(all[at]?.text ?? '') && !/^(?:[$(]|R\d{1,2}$)/.test(all[next]?.text ?? '')) return next;
  let more = true;
  while (more) {
    const token = all[next];
    if (token === undefined || !operand.test(token.text)) break;
    next++;
    more = token.text.endsWith(',') || (all[next]?.text.startsWith(',') ?? false);
  }
  return next;
}

/** Past a comment: to the end of the line, or in flattened text to where the next instruction begins. */
function pastComment(all: readonly Token[], at: number, flat: boolean): number {
  if (!flat) return all.length;
  let next = at + 1;
  while (next < all.length && !beginsInstruction(all, next) && !label.test(all[next]?.text ?? '')) next++;
  return next;
}

/**
 * Instructions of `text`; undefined when a whole line is no assembly. In flattened text (`flat`) reading stops at the
 * first word that is none and what was read counts.
 */
export function splitAssembly(text: string, flat: boolean): AssemblyPiece[] | undefined {
  const all = tokens(text);
  const pieces: AssemblyPiece[] = [];
  let at = 0;
  while (at < all.length) {
    const token = all[at];
    if (token === undefined) break;
    if (token.text === ';' || label.test(token.text)) {
      at++;
      continue;
    }
    let next = at;
    if (token.text.startsWith('//')) {
      at = pastComment(all, at, flat);
      continue;
    }
    if (!beginsInstruction(all, at)) return flat ? pieces : undefined;
    next = pastOperands(all, at);
    if (all[next]?.text.startsWith('//')) next = pastComment(all, next, flat);
    const last = all[next - 1] ?? token;
    const words = all.slice(at, next).map((piece) => piece.text);
    pieces.push({ text: words.join(' '), from: token.from, to: last.to });
    at = next;
  }
  return pieces;
}
