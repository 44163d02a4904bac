/**
 * `all goroutines are asleep - deadlock!` and `no goroutines (main called runtime.Goexit) - deadlock!`: runtime/proc.go
 * checkdead (Go 1.9–1.27). Who waits for what is read from the wait reasons and argument words; who holds a lock is not
 * printed, so a cycle is claimed only when each of two goroutines names the object that the other waits for.
 */
import type { Evidence } from '../../model/finding.ts';
import { argumentWords } from '../facts/arguments.ts';
import { reasonOf } from '../facts/crash.ts';
import { leaveCore, moreDetail } from '../facts/next-steps.ts';
import { detailOf } from '../facts/reasons.ts';
import { framesOf, isUserFrame } from '../facts/view.ts';
import { waitsByObject, waitsForEver, waitsOf, type Wait } from '../facts/waiting.ts';
import { code, count, eventEvidence, frameEvidence, frameText, listOf } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** Waits told one by one. */
const mostWaits = 8;
/** Waits compared pairwise when looking for a cycle. */
const mostCompared = 200;

function hex(address: bigint): string {
  return code(`0x${address.toString(16)}`);
}

function waitEvidence(wait: Wait): Evidence[] {
  const at = wait.object === undefined ? '' : ` at ${hex(wait.object.address)}`;
  return [frameEvidence(wait.user, `Goroutine ${wait.goroutine} waits for ${wait.thing}${at} in ${frameText(wait.user)}.`)];
}

/** Addresses that the user's frames of a goroutine have as arguments. */
function mentioned(context: RuleContext, wait: Wait): Set<bigint> {
  const words = framesOf(context, wait.row)
    .filter(isUserFrame)
    .flatMap((frame) => argumentWords(frame.arguments));
  return new Set(words.filter((word) => !word.stale).map((word) => word.value));
}

/** Two goroutines of which each names, in the user's frames, the object that the other waits for. */
function cycleOf(context: RuleContext, waits: readonly Wait[]): [Wait, Wait] | undefined {
  const known = waits
    .filter((wait) => wait.object !== undefined)
    .slice(0, mostCompared)
    .map((wait) => ({ wait, object: wait.object?.address ?? 0n, names: mentioned(context, wait) }));
  for (const a of known) {
    const b = known.find((other) => other.object !== a.object && other.names.has(a.object) && a.names.has(other.object));
    if (b !== undefined) return [a.wait, b.wait];
  }
  return undefined;
}

function cycleEvidence([a, b]: [Wait, Wait]): Evidence[] {
  return [a, b].flatMap((wait) => {
    const other = wait === a ? b : a;
    const { object } = wait;
    if (object === undefined) return [];
    const statement = `Goroutine ${wait.goroutine} waits for ${hex(object.address)}, which goroutine ${other.goroutine} names.`;
    return [{ ...frameEvidence(object.frame, statement), inferred: true }];
  });
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

function holderText(waits: readonly Wait[], cycle: [Wait, Wait] | undefined): string {
  if (cycle !== undefined) {
    return (
      `Goroutines ${cycle[0].goroutine} and ${cycle[1].goroutine} each name the object that the other waits for: ` +
      'they probably took two locks in opposite order.'
    );
  }
  const endless = waits.filter((wait) => waitsForEver(wait.status));
  if (endless.length > 0) {
    return `Goroutine ${endless[0]?.goroutine ?? ''} waits for something that can never come.`;
  }
  const locks = waits.filter((wait) => wait.thing.includes('lock'));
  if (locks.length === waits.length && waits.length === 1) {
    return 'Its lock is held by itself, or by a goroutine that ended without unlocking.';
  }
  if (waits.some((wait) => wait.thing.includes('channel')) && locks.length === 0) {
    return 'A sender or receiver is missing: it ended, was never started, or waits itself.';
  }
  return 'Follow the locks first: a holder among these goroutines waits for something else.';
}

function examine(context: RuleContext): Conclusion[] {
  const reason = reasonOf(context, ['deadlock']);
  if (reason === undefined) return [];
  const waits = waitsOf(context);
  const exited = detailOf(reason.event, 'goexit') !== undefined;
  const cycle = cycleOf(context, waits);
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
        ...(cycle === undefined ? [] : cycleEvidence(cycle)),
      ],
      against: [],
      checks: [
        { statement: 'The runtime printed this reason itself', held: true },
        { statement: 'Two goroutines name each other’s object (a cycle)', held: cycle !== undefined },
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
