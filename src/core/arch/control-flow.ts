/** Calls, returns, breakpoints and accesses, told by the text of an instruction in any spelling of a debugger or Go's assembler. */
import { withoutAbi } from '../model/function-name.ts';

const call = /^(?:callq?|blr?|CALL|BL)\b/;
const namedTarget = /^(?:callq?|bl|CALL|BL)\s+(?:\S*\s*<([^<>+]{1,300})>|(\S{1,300}?)(?:\(SB\))?$)/;
const anyTarget = /<([^<>]{1,300}?)(?:\+\d+)?>|(?:^|\s)([A-Za-z_][^\s,]*\.[^\s,]+?)(?:\(SB\))?$/;
const returns = /^(?:retq?|leaveq?)$/;
const breakpoint = /^int3$|^int\s+(?:\$?0x)?3$|^(?:brk)\s/i;
const memory = /[([]|\bptr\b|^(?:rep|push|pop|call|ret|leave|lods|stos|movs|scas|cmps|bl|svc|syscall|int|ud)/i;

export function isCall(text: string): boolean {
  return call.test(text);
}

/** The function that a direct call names, without ABI suffix; '' for indirect calls and everything else. */
export function callTarget(text: string): string {
  const match = namedTarget.exec(text);
  const name = withoutAbi(match?.[1] ?? match?.[2] ?? '');
  return /^[*%$0-9[]/.test(name) ? '' : name;
}

/** What a call goes to, as far as its text names anything: also the symbol beside an indirect call. '' otherwise. */
export function mentionedTarget(text: string): string {
  const match = anyTarget.exec(text);
  return match?.[1] ?? match?.[2] ?? '';
}

/** Mnemonics in lower case. */
export function isReturn(mnemonic: string): boolean {
  return returns.test(mnemonic);
}

/** A planted instruction: int3 of x86, brk of arm64. */
export function isBreakpoint(text: string): boolean {
  return breakpoint.test(text);
}

/** Whether the instruction can touch memory: by an operand, or by what it does (stack, strings, system calls). */
export function mayTouchMemory(text: string): boolean {
  return memory.test(text);
}
