/**
 * RACE-02: a torn string, slice or interface.
 *
 * Mechanism: strings, slices and interfaces are two or three words, and Go writes them one after the other. A goroutine that reads while
 * another writes gets the length of one value with the data of another: an impossible length, or a nil data pointer with a length.
 */
import { formatAddress } from '../../model/address.ts';
import { regionsOf } from '../../words/index.ts';
import { argumentWords } from '../facts/arguments.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashFrames, raisingFrames, reasonOf } from '../facts/crash.ts';
import { runWithRaceDetector } from '../facts/next-steps.ts';
import { detailOf } from '../facts/reasons.ts';
import { longestLength, tornValue, type TornValue } from '../facts/torn-values.ts';
import { firstUser } from '../facts/view.ts';
import { eventEvidence, frameText, subjectText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** Heap arenas of 64-bit systems (runtime/malloc.go): a number from the arena of the stack or of an argument is a pointer. */
const arenaBytes = 1n << 26n;
const leastPointer = 1n << 32n;

function isPointerBeside(context: RuleContext, value: bigint): boolean {
  if (value < leastPointer) return false;
  if (regionsOf(context.snapshot).inKnownArena(value)) return true;
  return raisingFrames(crashFrames(context))
    .slice(0, 2)
    .some((frame) =>
      argumentWords(frame.arguments).some((word) => !word.stale && word.value / arenaBytes === value / arenaBytes),
    );
}

/** The length or capacity that was compared, where it is impossible. */
function impossibleLength(context: RuleContext): TornValue | undefined {
  const reason = reasonOf(context, ['index', 'slice-bounds']);
  const limit = reason === undefined ? undefined : detailOf(reason.event, 'bounds')?.limit;
  if (reason === undefined || limit === undefined) return undefined;
  const value = BigInt(limit.value);
  if (value >= 0n && value <= longestLength && !isPointerBeside(context, value)) return undefined;
  // Written as an address, a pointer in the place of a length is seen at once.
  const shown = value > longestLength || isPointerBeside(context, value) ? ` (${formatAddress(BigInt.asUintN(64, value))})` : '';
  return { statement: `a ${limit.of} of ${limit.value}${shown}`, of: 'string or slice', evidence: eventEvidence(reason.event) };
}

function examine(context: RuleContext): Conclusion[] {
  const torn = impossibleLength(context) ?? tornValue(context);
  if (torn === undefined) return [];
  // A variable of a session that did not fail may not have been set yet where the debugger stopped.
  const used = reasonOf(context, ['nil-dereference', 'index', 'slice-bounds', 'fault', 'unexpected-signal']) !== undefined;
  const user = firstUser(raisingFrames(crashFrames(context)));
  return [
    conclusion({
      headline: `${subjectText(user)} ${used ? 'used' : 'holds'} ${torn.of === 'interface' ? 'an' : 'a'} ${torn.of} with ${torn.statement}: it was torn or overwritten`,
      confidence: used ? 'likely' : 'possible',
      explanation: `No ${torn.of} of Go can have ${torn.statement}. Strings, slices and interfaces are several words that are written one after the other; a goroutine that reads in between, without a lock, gets parts of two values. Wrong use of unsafe can make such a value too.`,
      evidence: [
        torn.evidence,
        ...(user === undefined ? [] : [{ statement: `It was used in ${frameText(user)}.`, source: user.source }]),
      ],
      against: [
        { statement: 'Damaged memory gives impossible values too.' },
        ...(used ? [] : [{ statement: 'The variable may not have been set yet where the debugger stopped.' }]),
      ],
      checks: [{ statement: 'The value cannot have been written whole', held: true }],
      next: [runWithRaceDetector, { why: 'Look for variables of these types that two goroutines share without a lock' }],
      references: ['golang/go#12192'],
    }),
  ];
}

export const race02: Rule = {
  id: 'RACE-02',
  title: 'Torn string, slice or interface',
  explains: ['PANIC-02', 'NIL-01'],
  weight: 3,
  examine,
};
