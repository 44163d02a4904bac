/** Endless recursion: runtime/stack.go newstack `goroutine stack exceeds N-byte limit`, then `fatal error: stack overflow`. */
import { hex } from '../facts/addresses.ts';
import { crashFrames, crashGoroutine, crashGoroutineId, reasonOf } from '../facts/crash.ts';
import { argumentChanges, findRecursion, type ChangingArgument, type Recursion } from '../facts/recursion.ts';
import { firstUser, isUserFrame } from '../facts/view.ts';
import { code, eventEvidence, frameEvidence, frameText, listOf, subjectText } from '../facts/wording.ts';
import type { Evidence } from '../../model/finding.ts';
import type { Frame } from '../../model/goroutine.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

function changeText(change: ChangingArgument): string {
  return change.change === 'same'
    ? `argument word ${String(change.position)} stays ${hex(change.inner)}`
    : `argument word ${String(change.position)} ${change.change} from ${hex(change.outer)} to ${hex(change.inner)}`;
}

/** Distinct functions of a turn, the user's own first to speak. */
function namesOf(recursion: Recursion): string[] {
  const own = recursion.cycle.filter(isUserFrame);
  const frames = own.length > 0 ? own : recursion.cycle;
  return [...new Set(frames.map((frame) => frame.function ?? ''))].filter((name) => name !== '');
}

function argumentEvidence(recursion: Recursion, frame: Frame): Evidence[] {
  const changes = argumentChanges(recursion, frame.function ?? '').slice(0, 4);
  if (changes.length === 0) return [];
  const moving = changes.filter((change) => change.change !== 'same');
  const statement =
    moving.length === 0
      ? `Nothing changes from call to call: ${listOf(changes.map(changeText))}.`
      : `From the outer to the inner calls ${listOf(changes.map(changeText))}.`;
  return [frameEvidence(frame, statement)];
}

/** Deepest call that is not part of the cycle: who started it. */
function starter(frames: readonly Frame[], recursion: Recursion): Frame | undefined {
  const names = new Set(recursion.cycle.map((frame) => frame.function));
  const outermost = frames.findLastIndex((frame) => names.has(frame.function));
  return frames.slice(outermost + 1).find(isUserFrame);
}

function examine(context: RuleContext): Conclusion[] {
  const reason = reasonOf(context, ['stack-overflow']);
  // A debugger may have stopped the process between the two lines.
  const limit = context.snapshot.complaints.find((complaint) => complaint.kind === 'stack-limit');
  if (reason === undefined && limit === undefined) return [];
  const frames = crashFrames(context);
  const recursion = findRecursion(frames);
  const culprit = recursion === undefined ? firstUser(frames) : (firstUser(recursion.cycle) ?? recursion.cycle[0]);
  const leftOut = crashGoroutine(context)?.elided;
  const elided = leftOut?.count ?? 0;
  const depth = frames.length + elided;
  // Before Go 1.21 the runtime does not count the frames that it leaves out.
  const atLeast = leftOut !== undefined && elided === 0 ? 'more than' : 'about';
  const bytes = limit?.bytes ?? reason?.event.bytes;
  const names = recursion === undefined ? [] : namesOf(recursion);
  const place = subjectText(culprit);
  const limitText = bytes === undefined ? 'its limit' : `its limit of ${bytes.toLocaleString('en-US')} bytes`;
  const headline =
    recursion === undefined
      ? `${place} needed more stack than ${limitText} allows`
      : names.length < 2
        ? `${place} calls itself without end`
        : `${listOf(names.map(code), 3)} call each other without end`;
  const from = recursion === undefined ? undefined : starter(frames, recursion);
  const id = crashGoroutineId(context);
  const evidence: Evidence[] = [
    ...(reason === undefined ? [] : [eventEvidence(reason.event)]),
    ...(limit === undefined ? [] : [{ statement: `The goroutine's stack had grown to ${limitText}.`, source: limit.source }]),
  ];
  if (culprit !== undefined && recursion !== undefined) {
    evidence.push(
      frameEvidence(
        culprit,
        `The same ${recursion.cycle.length === 1 ? 'call' : `${String(recursion.cycle.length)} calls`} repeat` +
          `${recursion.cycle.length === 1 ? 's' : ''} ${String(recursion.turns)} times in the printed frames` +
          `${elided > 0 ? `, and ${elided.toLocaleString('en-US')} further frames are left out` : ''}.`,
      ),
      ...argumentEvidence(recursion, culprit),
    );
  }
  if (from !== undefined) evidence.push(frameEvidence(from, `The recursion was entered from ${frameText(from)}.`));
  return [
    {
      headline,
      confidence: recursion === undefined ? 'very likely' : 'certain',
      explanation:
        recursion === undefined
          ? `The stack of goroutine ${id === '' ? '?' : id} outgrew ${limitText}, but no call repeats in the printed frames: one very large frame, or a cycle that is left out.`
          : `The stack outgrew ${limitText} after ${atLeast} ${depth.toLocaleString('en-US')} frames of the same calls. ` +
            'The recursion has no end for this input: its stop condition is never met, or the data refers to itself.',
      evidence,
      against: [],
      checks: [
        { statement: 'The runtime printed this reason itself', held: true },
        { statement: 'A cycle of calls repeats at least three times', held: recursion !== undefined },
      ],
      next: [
        {
          why:
            culprit === undefined
              ? 'Look for the function that calls itself'
              : `Look at the stop condition of ${frameText(culprit)}, and at data that contains itself`,
        },
        { why: '`debug.SetMaxStack` makes the overflow come earlier, with less to read' },
      ],
      references: [],
      bogus: [],
      ...(culprit?.function === undefined ? {} : { culprit: { function: culprit.function, inferred: recursion === undefined } }),
      ...(id === '' ? {} : { focus: { goroutine: id } }),
    },
  ];
}

export const stk01: Rule = { id: 'STK-01', title: 'Endless recursion', weight: 8, examine };
