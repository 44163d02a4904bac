/**
 * JMP-01: a call through a nil function.
 *
 * Mechanism: the program counter itself is 0. A nil func of Go faults before the jump (the code address is read through it), so a jump
 * to 0 comes from a nil C callback, an unresolved symbol of a library, or a zero in a func's code word.
 */
import type { Evidence } from '../../model/finding.ts';
import { cFunction, calledC } from '../facts/cgo.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashEvent, crashFrames, userFrame } from '../facts/crash.ts';
import { badReturns, isInjected } from '../facts/return-addresses.ts';
import { crashSignal } from '../facts/signal.ts';
import { capitalised, code, eventEvidence, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

const faults: ReadonlySet<string> = new Set(['SIGSEGV', 'SIGBUS', 'SIGILL', '0xc0000005']);

function examine(context: RuleContext): Conclusion[] {
  const signal = crashSignal(context);
  const injected = badReturns(context.snapshot).find((one) => one.value === 0n && isInjected(one));
  const atZero = signal?.pc === 0n && !signal.sent && faults.has(signal.name);
  if (!atZero && injected === undefined) return [];
  const event = crashEvent(context);
  const called = calledC(crashFrames(context));
  const user = userFrame(context);
  const evidence: Evidence[] = event === undefined ? [] : [eventEvidence(event)];
  if (atZero)
    evidence.push({
      statement: `The program counter is ${code('0x0')}.`,
      ...(event === undefined ? {} : { source: event.source }),
    });
  if (injected !== undefined) evidence.push(...injected.evidence);
  if (called !== undefined)
    evidence.push({ statement: `The call was made in C, under ${cFunction(called.name)}.`, source: called.frame.source });
  if (user !== undefined) evidence.push({ statement: `It happened under ${frameText(user)}.`, source: user.source });
  const who = called === undefined ? (user === undefined ? 'The program' : frameText(user)) : capitalised(cFunction(called.name));
  return [
    conclusion({
      headline: `${who} called a function through a nil pointer`,
      confidence: atZero ? 'very likely' : 'likely',
      explanation:
        'The program counter was 0 when the signal came: the process had jumped to address 0. ' +
        'A function pointer was nil: a C callback that was never set, a symbol that a library did not resolve, or a code word that was cleared. The caller is the innermost frame that was printed.',
      evidence,
      against: [{ statement: 'A return address that was cleared leads to 0 as well.' }],
      checks: [
        { statement: 'The program counter is 0', held: atZero },
        { statement: 'The signal was not sent by a process', held: true },
      ],
      next: [
        {
          why: 'See who called: the word at the stack pointer is the return address (gdb, from a core)',
          command: 'x/2gx $sp\nbt',
        },
        { why: 'Look at callbacks that are passed to C, and at symbols that are looked up at run time' },
      ],
      references: ['golang/go#11710', 'sciter-sdk/go-sciter#312'],
    }),
  ];
}

export const jmp01: Rule = {
  id: 'JMP-01',
  title: 'Call through a nil function',
  explains: ['NIL-01', 'FAULT-01', 'RA-04', 'CGO-03'],
  weight: 11,
  examine,
};
