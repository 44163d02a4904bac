/**
 * NC-03: the printed address is lost.
 *
 * A circumstance: user-mode emulators deliver SIGSEGV with addr=0x0 and code 1 whatever the access was. The register behind the
 * access still holds the address; 0 is no nil pointer then.
 */
import type { Address } from '../../model/address.ts';
import type { Evidence } from '../../model/finding.ts';
import { firstLegalPointer, hex } from '../facts/addresses.ts';
import { instructionAt } from '../facts/code-addresses.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashEvent } from '../facts/crash.ts';
import { framePointerCrash } from '../facts/frame-pointers.ts';
import { addressOfOperand, memoryOperand } from '../facts/memory-operand.ts';
import { eventEvidence } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** The address that the failed access must have had, from values other than the printed one. */
function trueAddress(context: RuleContext): Address | undefined {
  const { snapshot } = context;
  const instruction = instructionAt(snapshot, snapshot.crash?.pc);
  const operand = instruction === undefined ? undefined : memoryOperand(instruction.text);
  const place = operand === undefined ? undefined : addressOfOperand(snapshot, operand);
  if (place !== undefined) return place.base === 0n ? undefined : place.address;
  const reader = framePointerCrash(context);
  return reader?.heldIn === undefined && reader?.words === undefined ? undefined : reader.value;
}

function examine(context: RuleContext): Conclusion[] {
  const event = crashEvent(context);
  const signal = event?.signal;
  if (event === undefined || signal?.name !== 'SIGSEGV' || signal.code !== 1 || signal.address !== 0n) return [];
  const address = trueAddress(context);
  if (address === undefined || address < firstLegalPointer) return [];
  const evidence: Evidence[] = [
    eventEvidence(event),
    { statement: `The access that failed must have been near ${hex(address)}, not at 0.`, inferred: true },
  ];
  return [
    conclusion({
      headline: `The printed fault address 0 is lost; the access was near ${hex(address)}`,
      confidence: 'likely',
      explanation:
        'The report prints the address 0, but the register that the access used is not 0. Programs that run under user-mode emulation lose the address this way: read the register instead, and do not look for a nil pointer.',
      evidence,
      checks: [{ statement: 'A value other than the printed address tells where the access went', held: true }],
      next: [{ why: 'Repeat on a machine of the same architecture as the program: it prints the address' }],
      references: ['getsops/sops#2097'],
    }),
  ];
}

export const nc03: Rule = {
  id: 'NC-03',
  title: 'Fault address lost by an emulator',
  marker: true,
  explains: ['NIL-01'],
  examine,
};
