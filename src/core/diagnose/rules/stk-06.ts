/**
 * STK-06: a misaligned stack pointer (arm64).
 *
 * Mechanism: arm64 faults when an address is formed from a stack pointer that is not divisible by 16 (SIGBUS, code 1). Go keeps it
 * aligned; assembly that moves it by another amount does not.
 */
import type { Evidence } from '../../model/finding.ts';
import { crashRegisters, hex } from '../facts/addresses.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashEvent, faultFrame, userFrame } from '../facts/crash.ts';
import { crashSignal } from '../facts/signal.ts';
import { eventEvidence, frameText, subjectText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

const alignment = 16n;
/** BUS_ADRALN. */
const misaligned = 1;

function examine(context: RuleContext): Conclusion[] {
  const { snapshot } = context;
  const signal = crashSignal(context);
  if (snapshot.process.arch !== 'arm64' || signal === undefined || signal.sent) return [];
  const register = crashRegisters(snapshot).find((one) => one.name === 'sp');
  if (register === undefined || register.value === 0n || register.value % alignment === 0n) return [];
  const event = crashEvent(context);
  const failed = faultFrame(context);
  const proved = signal.name === 'SIGBUS' && signal.code === misaligned;
  const evidence: Evidence[] = event === undefined ? [] : [eventEvidence(event)];
  evidence.push({ statement: `The stack pointer is ${hex(register.value)}, not divisible by 16.`, source: register.source });
  if (failed !== undefined) evidence.push({ statement: `${frameText(failed)} failed.`, source: failed.source });
  return [
    conclusion({
      headline: `The stack pointer ${hex(register.value)} is misaligned; ${subjectText(userFrame(context))} or assembly under it moved it`,
      confidence: proved ? 'very likely' : 'likely',
      explanation: `On arm64 the stack pointer must be divisible by 16 whenever memory is used through it; here it is ${hex(register.value)}. Go code keeps it so; a function in assembly moved it by another amount.`,
      evidence,
      checks: [
        { statement: 'The stack pointer is not divisible by 16', held: true },
        { statement: 'The signal says misaligned', held: proved },
      ],
      next: [
        {
          why: 'List the instructions that move the stack pointer',
          command: `grep -rnE '(ADD|SUB) *\\$[0-9]+, *RSP' --include='*_arm64.s' . "$(go env GOMODCACHE)"`,
        },
      ],
      bogus: [{ value: register.value, at: 'sp', why: 'a stack pointer that is not divisible by 16' }],
    }),
  ];
}

export const stk06: Rule = {
  id: 'STK-06',
  title: 'Misaligned stack pointer (arm64)',
  explains: ['FAULT-01', 'BUS-01'],
  weight: 8,
  examine,
};
