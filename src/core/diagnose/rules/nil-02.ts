/** Nil plus a large offset: an element or field far behind a nil pointer, [4096, 1 MiB). Go calls it an unexpected fault address. */
import { formatAddress } from '../../model/address.ts';
import { argumentWords } from '../facts/arguments.ts';
import { crashFrames, faultFrame, raisingFrames, userFrame } from '../facts/crash.ts';
import { moreDetail } from '../facts/next-steps.ts';
import { crashSignal } from '../facts/signal.ts';
import { code, frameEvidence, frameText, subjectText } from '../facts/wording.ts';
import type { Rule, RuleContext } from '../rule.ts';

const nilLimit = 4096n;
const farLimit = 1n << 20n;

function examine(context: RuleContext) {
  const signal = crashSignal(context);
  const address = signal?.address;
  if (signal?.name !== 'SIGSEGV' || address === undefined || address < nilLimit || address >= farLimit) return [];
  if (signal.sent || signal.duringCgo) return [];
  const zeroRegisters = context.snapshot.registers
    .filter((set) => set.frame === 0)
    .flatMap((set) => set.values)
    .filter((register) => register.value === 0n);
  const frame = faultFrame(context) ?? raisingFrames(crashFrames(context))[0];
  const zeroArgument = argumentWords(frame?.arguments).some((word) => word.value === 0n && !word.stale);
  if (!zeroArgument && zeroRegisters.length === 0) return [];
  const user = userFrame(context) ?? frame;
  return [
    {
      headline: `${subjectText(user)} may use a nil pointer with the large offset ${code(formatAddress(address))}`,
      confidence: zeroArgument ? ('likely' as const) : ('possible' as const),
      explanation:
        `The fault address ${code(formatAddress(address))} is too small for any object, so it is probably nil plus ${String(address)} bytes: ` +
        'an element of an array, or a field deep in a large struct, behind a nil pointer.',
      evidence: [
        {
          statement: `The fault address is ${code(formatAddress(address))}.`,
          ...(signal.source === undefined ? {} : { source: signal.source }),
        },
        ...(frame === undefined ? [] : [frameEvidence(frame, `The access is in ${frameText(frame)}.`)]),
        ...(zeroArgument && frame !== undefined ? [frameEvidence(frame, `An argument word of ${frameText(frame)} is 0.`)] : []),
      ],
      against: [{ statement: 'A small integer used as a pointer looks the same.' }],
      checks: [{ statement: 'A register or argument word of the frame is 0', held: true }],
      next: [{ why: 'Divide the address by the element size: the result is the index' }, ...moreDetail(context)],
      references: [],
      bogus: [{ value: address, why: 'nil plus a large offset' }],
    },
  ];
}

export const nil02: Rule = { id: 'NIL-02', title: 'Nil pointer with a large offset', weight: 2, explains: ['FAULT-01'], examine };
