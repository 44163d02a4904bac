/**
 * RACE-02: a torn string, slice or interface.
 *
 * Mechanism: strings, slices and interfaces are two or three words, and Go writes them one after the other. A goroutine that reads while
 * another writes gets the length of one value with the data of another: an impossible length, or a nil data pointer with a length.
 */
import type { Evidence } from '../../model/finding.ts';
import { regionsOf } from '../../words/index.ts';
import { argumentWords } from '../facts/arguments.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashFrames, raisingFrames, reasonOf } from '../facts/crash.ts';
import { runWithRaceDetector } from '../facts/next-steps.ts';
import { detailOf } from '../facts/reasons.ts';
import { hasFunction } from '../facts/death.ts';
import { firstUser } from '../facts/view.ts';
import { code, eventEvidence, frameText, subjectText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** Longer than any memory: no length of a value that was written whole. */
const longestLength = 1n << 40n;
/** Longest argument list that is searched for a value with a length but no data. */
const longestList = 400;

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
function impossibleLength(context: RuleContext): { statement: string; evidence: Evidence } | undefined {
  const reason = reasonOf(context, ['index', 'slice-bounds']);
  const limit = reason === undefined ? undefined : detailOf(reason.event, 'bounds')?.limit;
  if (reason === undefined || limit === undefined) return undefined;
  const value = BigInt(limit.value);
  if (value >= 0n && value <= longestLength && !isPointerBeside(context, value)) return undefined;
  return { statement: `a ${limit.of} of ${limit.value}`, evidence: eventEvidence(reason.event) };
}

const aggregates = /\{0x0, (0x[0-9a-f]{1,16})(?:, (0x[0-9a-f]{1,16}))?\}/g;

/** An argument `{0x0, length}` of the frames that used it: data pointer nil, length not. */
function lengthWithoutData(context: RuleContext): { statement: string; evidence: Evidence } | undefined {
  const reason = reasonOf(context, ['nil-dereference']);
  if (reason === undefined) return undefined;
  const frames = raisingFrames(crashFrames(context)).slice(0, 4);
  // Only code that walks the bytes reads through the data pointer.
  if (
    !hasFunction(
      frames,
      /^(?:runtime\.(?:memmove|memequal|memhash\w*|cmpstring|strhash\w*)|internal\/bytealg\.|memeqbody|indexbody)/,
    )
  )
    return undefined;
  for (const frame of frames) {
    for (const match of (frame.arguments ?? '').slice(0, longestList).matchAll(aggregates)) {
      const [length] = argumentWords(match[1]);
      if (length === undefined || length.value === 0n || length.value > longestLength) continue;
      return {
        statement: `a length of ${length.value.toString()} without data`,
        evidence: { statement: `${frameText(frame)} was given ${code(match[0])}: no data, but a length.`, source: frame.source },
      };
    }
  }
  return undefined;
}

function examine(context: RuleContext): Conclusion[] {
  const torn = impossibleLength(context) ?? lengthWithoutData(context);
  if (torn === undefined) return [];
  const user = firstUser(raisingFrames(crashFrames(context)));
  return [
    conclusion({
      headline: `${subjectText(user)} used a string or slice with ${torn.statement}: it was torn or overwritten`,
      confidence: 'likely',
      explanation: `No value of Go can have ${torn.statement}. Strings, slices and interfaces are several words that are written one after the other; a goroutine that reads in between, without a lock, gets parts of two values. Wrong use of unsafe can make such a value too.`,
      evidence: [
        torn.evidence,
        ...(user === undefined ? [] : [{ statement: `It was used in ${frameText(user)}.`, source: user.source }]),
      ],
      against: [{ statement: 'Damaged memory gives impossible lengths too.' }],
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
