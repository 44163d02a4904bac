/**
 * DL-02: a leak of goroutines.
 *
 * Many goroutines with the same stack wait for the same kind of thing: nobody sends, receives or cancels. A pool of workers looks alike,
 * so without long waits it is a possibility only.
 */
import { conclusion } from '../facts/conclusion.ts';
import { groupsOf, tellingFrame, type GoroutineGroup } from '../facts/goroutines.ts';
import { frameOf } from '../facts/view.ts';
import { thingOf } from '../facts/waiting.ts';
import type { Evidence } from '../../model/finding.ts';
import { count, frameText, listOf, code } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** Goroutines of one stack that are many. */
const many = 100;
/** Minutes after which a wait is a long one. */
const longWait = 5;
/** Rows of a group whose creators are looked at. */
const mostSampled = 200;

/** Only a dump without a crash of its own, or a time-out, is about what goroutines wait for. */
function isAboutWaiting(context: RuleContext): boolean {
  const { crash, complaints } = context.snapshot;
  return complaints.length === 0 && (crash === undefined || crash.kind === 'dump' || crash.kind === 'timeout');
}

function creatorsOf(context: RuleContext, group: GoroutineGroup): Map<string, Evidence> {
  const creators = new Map<string, Evidence>();
  for (const row of group.rows.slice(0, mostSampled)) {
    const frame = frameOf(context, context.snapshot.goroutines.createdBy[row]);
    if (frame?.function === undefined || creators.has(frame.function)) continue;
    creators.set(frame.function, { statement: `They were started in ${frameText(frame)}.`, source: frame.source });
  }
  return creators;
}

function conclude(context: RuleContext, group: GoroutineGroup): Conclusion[] {
  const thing = thingOf(group.status);
  const frame = tellingFrame(context, group.rows[0] ?? 0);
  if (thing === undefined || frame === undefined) return [];
  const number = count(group.rows.length, 'goroutine');
  const long = group.minutes >= longWait;
  const creators = creatorsOf(context, group);
  const evidence: Evidence[] = [
    { statement: `${number} have the same stack and wait for ${thing} in ${frameText(frame)}.`, source: frame.source },
    ...[...creators.values()].slice(0, 2),
  ];
  if (group.minutes > 0)
    evidence.push({ statement: `The longest wait that is printed is ${count(group.minutes, 'minute')}.`, source: frame.source });
  return [
    conclusion({
      headline: `${number} wait for ${thing} in ${frameText(frame)}${long ? `, for up to ${count(group.minutes, 'minute')}` : ''}: a leak if their number grows`,
      confidence: long && creators.size === 1 ? 'likely' : 'possible',
      explanation: `${number} with equal stacks wait for ${thing}${creators.size === 0 ? '' : `; they were started in ${listOf([...creators.keys()].map(code))}`}. When nobody sends, receives, unlocks or cancels any more, each new one stays for ever and memory grows. A pool of workers that is idle looks the same.`,
      evidence,
      against: long ? [] : [{ statement: 'No long wait is printed: they may be idle workers, or busy ones.' }],
      checks: [
        { statement: `At least ${many.toString()} goroutines have the same stack`, held: true },
        { statement: 'One place starts them all', held: creators.size === 1 },
        { statement: 'They have waited for minutes', held: long },
      ],
      next: [
        { why: 'Take a second dump later: a growing number is a leak' },
        { why: 'Look for a missing close, send, unlock or cancel where they are started' },
      ],
    }),
  ];
}

export const dl02: Rule = {
  id: 'DL-02',
  title: 'Many goroutines wait at one place',
  weight: -1,
  examine(context) {
    if (!isAboutWaiting(context)) return [];
    return groupsOf(context)
      .filter((group) => !group.system && group.rows.length >= many)
      .flatMap((group) => conclude(context, group))
      .slice(0, 2);
  },
};
