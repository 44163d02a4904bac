/**
 * NIL-03: a small negative address.
 *
 * Mechanism: -1 or another error number was used as a pointer (the result of a system call or of a C function that was not checked), or
 * a negative 32-bit length was extended with its sign, or a nil pointer with a negative offset.
 */
import { toSigned } from '../../model/address.ts';
import type { Evidence } from '../../model/finding.ts';
import { hex, operandRegisters } from '../facts/addresses.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashEvent, faultFrame, userFrame } from '../facts/crash.ts';
import { failedReader } from '../facts/frame-pointers.ts';
import { crashSignal } from '../facts/signal.ts';
import { code, eventEvidence, frameText, subjectText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** Addresses of the last 64 KiB. */
const reach = 1n << 16n;

function examine(context: RuleContext): Conclusion[] {
  const signal = crashSignal(context);
  if (signal?.address === undefined || signal.sent || failedReader(context) !== undefined) return [];
  const { wordSize } = context.snapshot.memory;
  const address = wordSize === 4 ? BigInt.asIntN(32, signal.address) : toSigned(signal.address);
  if (address >= 0n || address < -reach) return [];
  const event = crashEvent(context);
  const user = userFrame(context);
  const failed = faultFrame(context);
  const register = operandRegisters(context.snapshot).find(({ value }) => {
    const signed = toSigned(value);
    return (signed < 0n && signed >= -reach) || (value >> 32n === 0n && BigInt.asIntN(32, value) < 0n);
  });
  const evidence: Evidence[] = event === undefined ? [] : [eventEvidence(event)];
  evidence.push({
    statement: `The address ${hex(signal.address)} read as a signed number is ${address.toString()}.`,
    ...(event === undefined ? {} : { source: event.source }),
  });
  if (register !== undefined)
    evidence.push({
      statement: `Register ${code(register.name)} holds ${toSigned(register.value).toString()}.`,
      source: register.source,
    });
  if (failed !== undefined) evidence.push({ statement: `${frameText(failed)} made the access.`, source: failed.source });
  return [
    conclusion({
      headline: `${subjectText(user)} used the negative number ${address.toString()} as an address`,
      confidence: 'likely',
      explanation: `The access went to ${hex(signal.address)}, which is ${address.toString()} as a signed number. An error result such as -1 was taken for a pointer, a negative length or index was used without a check, or a nil pointer was used with a negative offset.`,
      evidence,
      checks: [
        { statement: 'The address is a small negative number', held: true },
        { statement: 'A register holds a negative number', held: register !== undefined },
      ],
      next: [
        { why: 'Print the registers as signed numbers (gdb, from a core)', command: 'x/i $pc\ninfo registers' },
        { why: 'Look for results of system calls or C functions that are used as pointers without a check' },
      ],
      references: ['golang/go#41285'],
      bogus: [{ value: signal.address, why: 'a small negative number used as an address' }],
    }),
  ];
}

export const nil03: Rule = {
  id: 'NIL-03',
  title: 'Small negative address',
  explains: ['FAULT-01'],
  weight: 2,
  examine,
};
