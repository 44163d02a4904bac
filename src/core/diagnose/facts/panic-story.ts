/** Evidence that all panic rules share: the reason, the chain of panics it stands in, and the frame that raised it. */
import type { CrashEvent } from '../../model/event.ts';
import type { Evidence, NextStep } from '../../model/finding.ts';
import type { Frame } from '../../model/goroutine.ts';
import type { Conclusion, RuleContext } from '../rule.ts';
import type { SourceRange } from '../../model/source.ts';
import { damageBeside } from './damage.ts';
import { crashGoroutineId, raisingUserFrame, type ReasonInChain } from './crash.ts';
import { code, count, eventEvidence, eventText, frameEvidence, frameText, saysTheSame } from './wording.ts';

export interface PanicStory {
  /** The user frame that raised the first panic. */
  frame?: Frame;
  /** ' in `main.f` (`f.go:12`)', or ''. */
  where: string;
  evidence: Evidence[];
  /** What the marks of the chain mean; '' for a panic that stands alone. */
  chain: string;
  /** Recovered and not raised again, as net/http does: the process went on. */
  survived: boolean;
  /** A sign of damaged memory in the same dump. */
  damage?: { statement: string; source?: SourceRange };
  focus: { goroutine?: string };
}

/** `[recovered]`, `[recovered, repanicked]` and nested panics in words. */
export function chainText(chain: readonly CrashEvent[]): string {
  const root = chain[0];
  if (root === undefined) return '';
  const later = chain.slice(1);
  if (later.length === 0) {
    if (root.repanicked === true) return `It was recovered and then panicked again with the same value.`;
    return root.recovered === true ? 'A deferred function recovered it and logged it, so the process went on.' : '';
  }
  const again = later.filter((event) => saysTheSame(event, root));
  if (again.length === later.length) {
    return root.recovered === true
      ? 'A deferred function recovered it and panicked again with the same value.'
      : 'A deferred function panicked again with the same value.';
  }
  const last = later[later.length - 1] ?? root;
  const recovered = root.recovered === true ? ' after it had been recovered' : '';
  return (
    `It came first; ${count(later.length, 'further panic')} followed in deferred functions${recovered}, ` +
    `the last was ${eventText(last)}.`
  );
}

function chainEvidence(reason: ReasonInChain): Evidence[] {
  const evidence: Evidence[] = [];
  let earlier: CrashEvent | undefined;
  for (const event of reason.chain) {
    if (event !== reason.event && evidence.length < 6) {
      const repeats = earlier !== undefined && saysTheSame(event, earlier);
      const when = earlier === undefined ? 'came first' : repeats ? 'repeats it' : 'followed';
      evidence.push(eventEvidence(event, `${eventText(event)} ${when}.`));
    }
    earlier = event;
  }
  return evidence;
}

export function panicStory(context: RuleContext, reason: ReasonInChain): PanicStory {
  const frame = raisingUserFrame(context);
  const evidence: Evidence[] = [eventEvidence(reason.event)];
  const place = reason.event.signal;
  if (place?.pc !== undefined) {
    evidence.push({
      statement: `The signal line names ${code(place.name)} at pc ${code(`0x${place.pc.toString(16)}`)}.`,
      source: reason.event.source,
    });
  }
  if (frame !== undefined) {
    evidence.push(frameEvidence(frame, `The first frame of the user's own code behind it is ${frameText(frame)}.`));
  }
  evidence.push(...chainEvidence(reason));
  const id = crashGoroutineId(context);
  const story: PanicStory = {
    where: frame === undefined ? '' : ` in ${frameText(frame)}`,
    evidence,
    chain: chainText(reason.chain),
    survived: reason.chain.length === 1 && reason.event.recovered === true && reason.event.repanicked !== true,
    focus: id === '' ? {} : { goroutine: id },
  };
  if (frame !== undefined) story.frame = frame;
  const damage = damageBeside(context);
  if (damage !== undefined) story.damage = damage;
  return story;
}

export interface PanicAnswer {
  headline: string;
  /** What happened and what it means; the story of the chain is added behind it. */
  explanation: string;
  evidence?: Evidence[];
  checks?: { statement: string; held: boolean }[];
  next: NextStep[];
  references?: string[];
}

/**
 * The conclusion of a panic rule. The runtime prints the reason itself, so the first panic of a chain is certain; one
 * that came later is only the second thing that went wrong.
 */
export function panicConclusion(reason: ReasonInChain, story: PanicStory, answer: PanicAnswer): Conclusion {
  const first = reason.chain[0];
  const later = reason.root || first === undefined ? '' : `It happened while the earlier ${eventText(first)} was being handled.`;
  return {
    headline: answer.headline,
    confidence: reason.root && story.damage === undefined ? 'certain' : 'likely',
    explanation: [answer.explanation, reason.root ? story.chain : later].filter((part) => part !== '').join(' '),
    evidence: [...story.evidence, ...(answer.evidence ?? [])],
    against: story.damage === undefined ? [] : [story.damage],
    checks: [
      { statement: 'The runtime printed this reason itself', held: true },
      { statement: 'It is the first panic of the chain', held: reason.root },
      { statement: "A frame of the user's own code is printed behind it", held: story.frame !== undefined },
      ...(answer.checks ?? []),
    ],
    next: answer.next,
    references: answer.references ?? [],
    bogus: [],
    focus: story.focus,
  };
}

/** `main.f` (`f.go:12`), or 'The program' where no frame of the user's own is printed. */
export function subjectOf(story: PanicStory): string {
  return story.frame === undefined ? 'The program' : frameText(story.frame);
}
