/**
 * FP-08: assembly uses the frame-pointer register of arm64 as an ordinary one.
 *
 * Mechanism: on arm64 Go keeps the frame pointer in R29. Generated arithmetic code takes every register that it can name, R29
 * included, and returns with an operand in it. The next Go function saves the operand as a frame pointer.
 */
import type { BogusPointer, Evidence } from '../../model/finding.ts';
import { classifyWord } from '../../words/index.ts';
import { hex } from '../facts/addresses.ts';
import { conclusion } from '../facts/conclusion.ts';
import { framePointerCrash, pointsIntoStack } from '../facts/frame-pointers.ts';
import { callerEvidence, ordinaryWrite } from '../facts/clobber.ts';
import { code } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext): Conclusion[] {
  const { snapshot } = context;
  const crash = framePointerCrash(context);
  if (crash?.arch !== 'arm64' || crash.words !== undefined || crash.value === undefined) return [];
  const { value } = crash;
  const meaning = classifyWord(snapshot, value);
  if (pointsIntoStack(snapshot, value) || meaning.kind === 'text') return [];
  const write = ordinaryWrite(snapshot);
  if (write === undefined) return [];
  const who = code(write.function);
  const evidence: Evidence[] = [
    ...crash.evidence,
    {
      statement: `${who} has ${code(write.instruction.text)} and does not give ${code('R29')} back before it returns.`,
      source: write.instruction.source,
    },
    ...callerEvidence(crash.callers, write.function),
  ];
  const bogus: BogusPointer = { value, why: 'taken for a frame pointer; no address of a stack' };
  if (crash.link?.value === value) bogus.at = crash.link.slot;
  else if (crash.heldIn !== undefined) bogus.at = crash.heldIn;
  return [
    conclusion({
      headline: `${who} uses the frame-pointer register ${code('R29')} as an ordinary one and leaves ${hex(value)} in it`,
      confidence: 'very likely',
      explanation: `On arm64 the register ${code('R29')} holds the frame pointer, the address at which a function keeps its caller's frame pointer. ${who} used it for a number and returned with ${hex(value)} in it; profilers and the tracer then follow that as an address. ${code(crash.reader.function ?? 'The reader')} is only the one that noticed.`,
      evidence,
      against: [],
      checks: [
        { statement: 'The value lies in no stack and in no code', held: true },
        { statement: 'A listed function writes the register and does not restore it', held: true },
      ],
      next: [
        {
          why: 'List the writes to the register in assembly sources',
          command: `grep -rnE ', *R29\\b' --include='*_arm64.s' . "$(go env GOMODCACHE)"`,
        },
        { why: 'The fix is another register, or saving and restoring R29 around its use' },
      ],
      references: ['cloudflare/bn256#46'],
      bogus: [bogus],
      focus: { goroutine: crash.goroutine },
      culprit: { function: write.function, inferred: false },
    }),
  ];
}

export const fp08: Rule = {
  id: 'FP-08',
  title: 'Frame-pointer register used as an ordinary one (arm64)',
  explains: ['FP-02', 'FAULT-01', 'NIL-02'],
  weight: 8,
  examine,
};
