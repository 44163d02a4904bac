/**
 * `all goroutines are asleep - deadlock!` and `no goroutines (main called runtime.Goexit) - deadlock!`: runtime/proc.go
 * checkdead (Go 1.9–1.27). Who waits for what is read from the wait reasons and argument words; who holds a lock is not
 * printed, so a circle is claimed only when each goroutine of it names the object that the one before waits for.
 */
import type { Evidence } from '../../model/finding.ts';
import { hex } from '../facts/addresses.ts';
import { reasonOf } from '../facts/crash.ts';
import { leaveCore, moreDetail } from '../facts/next-steps.ts';
import { detailOf } from '../facts/reasons.ts';
import { waitGraph, type WaitGraph } from '../facts/wait-graph.ts';
import { waitsByObject, waitsForEver, waitsOf, type Wait } from '../facts/waiting.ts';
import { count, eventEvidence, frameEvidence, frameText, listOf } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** Waits told one by one. */
const mostWaits = 8;
/** Wakers told one by one. */
const mostWakers = 3;

function waitEvidence(wait: Wait): Evidence[] {
  const at = wait.object === undefined ? '' : ` at ${hex(wait.object.address)}`;
  return [frameEvidence(wait.user, `Goroutine ${wait.goroutine} waits for ${wait.thing}${at} in ${frameText(wait.user)}.`)];
}

function cycleEvidence(cycle: readonly Wait[]): Evidence[] {
  return cycle.flatMap((wait, index) => {
    const other = cycle[(index + 1) % cycle.length];
    const { object } = wait;
    if (object === undefined || other === undefined) return [];
    const statement = `Goroutine ${wait.goroutine} waits for ${hex(object.address)}, which goroutine ${other.goroutine} names.`;
    return [{ ...frameEvidence(object.frame, statement), inferred: true }];
  });
}

/** Who could have woken whom, and why it does not. */
function wakerEvidence({ wakers, cycle }: WaitGraph): Evidence[] {
  if (cycle.length > 0) return [];
  return [...wakers]
    .flatMap(([wait, others]) => {
      const [other] = others;
      if (other === undefined || wait.object === undefined) return [];
      const statement = `Goroutine ${other.goroutine} names ${hex(wait.object.address)}, for which goroutine ${wait.goroutine} waits: it could wake it, but waits for ${other.thing} itself.`;
      return [{ ...frameEvidence(other.user, statement), inferred: true }];
    })
    .slice(0, mostWakers);
}

function objectEvidence(waits: readonly Wait[]): Evidence[] {
  return waitsByObject(waits)
    .filter((group) => group.length > 1)
    .slice(0, 3)
    .flatMap((group) => {
      const object = group[0]?.object;
      if (object === undefined) return [];
      const ids = listOf(group.map((wait) => wait.goroutine));
      return [frameEvidence(object.frame, `Goroutines ${ids} wait for the same object at ${hex(object.address)}.`)];
    });
}

function headlineOf(waits: readonly Wait[], exited: boolean): string {
  if (exited && waits.length === 0) return 'The main goroutine ended with `Goexit` and no other goroutine is left';
  const parts = waits.slice(0, 2).map((wait) => `${frameText(wait.user)} for ${wait.thing}`);
  const rest = waits.length - parts.length;
  const more = rest > 0 ? [...parts, count(rest, 'further goroutine')] : parts;
  if (parts.length === 0) return 'Every goroutine of the process waits, so none can go on';
  const [only] = waits;
  if (waits.length === 1 && only !== undefined)
    return `${frameText(only.user)} waits for ever for ${only.thing}; nobody is left to wake it`;
  return `Every goroutine waits: ${listOf(more)}`;
}

function holderText(waits: readonly Wait[], cycle: readonly Wait[]): string {
  const ids = listOf(cycle.map((wait) => wait.goroutine));
  if (cycle.length === 2)
    return `Goroutines ${ids} each name the object that the other waits for: they probably took two locks in opposite order.`;
  if (cycle.length > 2) return `Goroutines ${ids} wait in a circle: each waits for an object that the next one names.`;
  const endless = waits.filter((wait) => waitsForEver(wait.status));
  if (endless.length > 0) {
    return `Goroutine ${endless[0]?.goroutine ?? ''} waits for something that can never come.`;
  }
  const locks = waits.filter((wait) => wait.kind === 'lock');
  if (locks.length === waits.length && waits.length === 1) {
    return 'Its lock is held by itself, or by a goroutine that ended without unlocking.';
  }
  if (waits.some((wait) => wait.kind === 'channel') && locks.length === 0) {
    return 'A sender or receiver is missing: it ended, was never started, or waits itself.';
  }
  return 'Follow the locks first: a holder among these goroutines waits for something else.';
}

function examine(context: RuleContext): Conclusion[] {
  const reason = reasonOf(context, ['deadlock']);
  if (reason === undefined) return [];
  const waits = waitsOf(context);
  const exited = detailOf(reason.event, 'goexit') !== undefined;
  const graph = waitGraph(context, waits);
  const { cycle } = graph;
  const first = waits[0];
  return [
    {
      headline: headlineOf(waits, exited),
      confidence: 'certain',
      explanation: exited
        ? 'The main goroutine called `runtime.Goexit` (a failed test helper called from it does so too) and all others ended or wait, ' +
          `so the process could never end. ${waits.length === 0 ? '' : holderText(waits, cycle)}`.trim()
        : `No goroutine can run and none is waiting for input, so nothing can ever wake one. ${holderText(waits, cycle)}`,
      evidence: [
        eventEvidence(reason.event),
        ...waits.slice(0, mostWaits).flatMap(waitEvidence),
        ...objectEvidence(waits),
        ...cycleEvidence(cycle),
        ...wakerEvidence(graph),
      ],
      against: [],
      checks: [
        { statement: 'The runtime printed this reason itself', held: true },
        { statement: 'Goroutines wait for each other in a circle', held: cycle.length > 0 },
      ],
      next: [
        { why: 'Find who should send, receive or unlock, and where it went' },
        ...(waits.some((wait) => wait.object === undefined) ? moreDetail(context) : []),
        leaveCore,
      ],
      references: [],
      bogus: [],
      ...(first === undefined ? {} : { focus: { goroutine: first.goroutine } }),
    },
  ];
}

export const dl01: Rule = { id: 'DL-01', title: 'Deadlock: all goroutines wait', weight: 7, examine };
