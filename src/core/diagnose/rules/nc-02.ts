/**
 * NC-02: a misaligned vector access (amd64).
 *
 * Mechanism: movaps, movdqa and their kin need an address divisible by 16. Otherwise the processor raises the same general-protection
 * fault as for an impossible address: SIGSEGV with code 0x80 and no address, although every pointer is valid. C code that was called
 * with a misaligned stack pointer does this in its first spill.
 */
import type { Evidence } from '../../model/finding.ts';
import { hex } from '../facts/addresses.ts';
import { instructionAt } from '../facts/code-addresses.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashEvent, userFrame } from '../facts/crash.ts';
import { addressOfOperand } from '../facts/memory-operand.ts';
import { alignedAccess, alignedAccessOfBytes } from '../../arch/index.ts';
import { hasNoAddress } from '../facts/wild.ts';
import { code, eventEvidence, frameText } from '../facts/wording.ts';
import { isNonCanonical } from '../../words/index.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext): Conclusion[] {
  const { snapshot } = context;
  const { crash, process } = snapshot;
  if (!hasNoAddress(snapshot) || crash?.signal !== 'SIGSEGV' || (process.arch !== undefined && process.arch !== 'amd64'))
    return [];
  const event = crashEvent(context);
  const instruction = instructionAt(snapshot, crash.pc);
  const bytes = event?.signal?.instructionBytes;
  const access =
    (instruction === undefined ? undefined : alignedAccess(instruction)) ??
    (bytes === undefined ? undefined : alignedAccessOfBytes(bytes));
  if (access === undefined) return [];
  const place = addressOfOperand(snapshot, access.operand);
  if (place !== undefined && (isNonCanonical(snapshot, place.address) || place.address % BigInt(access.alignment) === 0n))
    return [];
  const evidence: Evidence[] = event === undefined ? [] : [eventEvidence(event)];
  const source = instruction?.source ?? event?.source;
  evidence.push({
    statement: `The instruction ${code(access.text)} needs an address divisible by ${access.alignment.toString()}.`,
    ...(source === undefined ? {} : { source }),
  });
  if (place !== undefined)
    evidence.push({ statement: `Its operand was at ${hex(place.address)}, which is not.`, inferred: true });
  const user = userFrame(context);
  if (user !== undefined) evidence.push({ statement: `It happened under ${frameText(user)}.`, source: user.source });
  const stack = access.operand.base === 'rsp' || access.operand.base === 'rbp';
  return [
    conclusion({
      headline: `A vector instruction used ${place === undefined ? 'an address' : hex(place.address)} that is not aligned${stack ? ': the stack was misaligned when foreign code was called' : ''}`,
      confidence: place === undefined ? 'possible' : 'very likely',
      explanation: `${code(access.text)} works only on addresses divisible by ${access.alignment.toString()}; for others the processor reports the same fault as for an impossible address, and the kernel prints no address. ${stack ? 'The operand is on the stack: the code was entered with a stack pointer that is off by 8, as hand-written assembly or a wrong switch to C does.' : 'The buffer it was given is not aligned as the code expects.'} No pointer is wild.`,
      evidence,
      against:
        place === undefined
          ? [{ statement: 'The register of the operand is not shown, so the address may be impossible instead.' }]
          : [],
      checks: [
        { statement: 'The signal code says that the kernel had no address', held: true },
        { statement: 'The operand is known and misaligned', held: place !== undefined },
      ],
      next: [
        { why: 'Read the operand and the stack pointer (gdb, from a core)', command: 'x/i $pc\np/x $rsp\ninfo registers' },
        { why: 'Align the stack to 16 bytes before each call of C from assembly' },
      ],
    }),
  ];
}

export const nc02: Rule = {
  id: 'NC-02',
  title: 'Misaligned vector access',
  explains: ['NC-01', 'FAULT-01', 'NIL-01', 'CGO-03'],
  weight: 10,
  examine,
};
