/**
 * One story of the findings, in causal order. It follows the best finding and those that it explains; further findings have no place in
 * it. The crashing goroutine is often only the messenger, so it comes late.
 */
import type { AnalysedSnapshot } from '../model/case.ts';
import type { BogusPointer, Finding } from '../model/finding.ts';
import type { SourceRange } from '../model/source.ts';
import type { StoryPart, StoryStep } from '../model/story.ts';
import { hex } from './facts/addresses.ts';
import { crashEvent } from './facts/crash.ts';
import { code } from './facts/wording.ts';
import { messengerText, noticedBy } from './noticed.ts';
import type { RuleContext } from './rule.ts';
import { needsCulprit, storyPartOf } from './story-parts.ts';

/** The best finding, all that it explains, and the run of bytes that did the damage. */
function familyOf(findings: readonly Finding[]): Finding[] {
  const [lead] = findings;
  if (lead === undefined || storyPartOf(lead.rule) === undefined) return [];
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const family = new Set<Finding>([lead]);
  for (const member of family) {
    for (const id of member.explains) {
      const explained = byId.get(id);
      if (explained !== undefined) family.add(explained);
    }
  }
  if (needsCulprit(lead.rule)) for (const finding of findings) if (finding.rule === 'OVW-01') family.add(finding);
  return [...family];
}

/** Lines of the evidence that speaks of the first of `names` that any speaks of; else of the first that has lines. */
function sourceOf(finding: Finding, names: readonly string[] = []): SourceRange | undefined {
  const printed = finding.evidence.filter((evidence) => evidence.source !== undefined);
  for (const name of names) {
    const told = printed.find((evidence) => evidence.statement.includes(name));
    if (told !== undefined) return told.source;
  }
  return printed[0]?.source;
}

function step(part: StoryPart, text: string, inferred: boolean, source?: SourceRange, finding?: string): StoryStep {
  return {
    part,
    text,
    inferred,
    ...(finding !== undefined && { finding }),
    ...(source !== undefined && { source }),
  };
}

function fromFinding(part: StoryPart, finding: Finding): StoryStep {
  const inferred = finding.culprit?.inferred ?? finding.confidence !== 'certain';
  const names = part === 'culprit' && finding.culprit !== undefined ? [code(finding.culprit.function)] : [];
  return step(part, finding.headline, inferred, sourceOf(finding, names), finding.id);
}

/** What the evidence about a bogus pointer speaks of: its slot, else its value. */
function namesOf({ value, at }: BogusPointer): string[] {
  return [...(typeof at === 'bigint' ? [hex(at)] : []), hex(value)];
}

/** A pointer that was only used, and stands nowhere, is no damage; a frame pointer is. */
function wordText({ rule }: Finding, { value, at, why }: BogusPointer): string | undefined {
  if (typeof at === 'bigint') return `From then on the word at ${hex(at)} is ${hex(value)}: ${why}`;
  if (at === undefined) return rule.startsWith('FP-') ? `From then on ${hex(value)} is ${why}` : undefined;
  return at === 'fault address' ? undefined : `${code(at)} holds ${hex(value)} at the crash: ${why}`;
}

function culpritStep(family: readonly Finding[]): StoryStep | undefined {
  const [lead] = family;
  if (lead === undefined) return undefined;
  const told = family.find(
    (finding) => storyPartOf(finding.rule) === 'culprit' && (finding === lead || finding.confidence !== 'possible'),
  );
  if (told !== undefined && (told === lead || needsCulprit(lead.rule))) return fromFinding('culprit', told);
  return needsCulprit(lead.rule) ? step('culprit', 'What did the damage is not in the case', true) : undefined;
}

/** Interrupted half-way: the runtime looked at the wrong place, and nothing was written. */
const leavesWhole = new Set(['RA-06', 'FP-09']);

function damageStep(family: readonly Finding[], culprit: StoryStep | undefined): StoryStep | undefined {
  const [lead] = family;
  if (lead === undefined || leavesWhole.has(lead.rule)) return undefined;
  const told = family.find((finding) => storyPartOf(finding.rule) === 'damage' && finding.id !== culprit?.finding);
  if (told !== undefined) return fromFinding('damage', told);
  for (const finding of family) {
    const [pointer] = finding.bogus;
    const text = pointer === undefined ? undefined : wordText(finding, pointer);
    if (pointer === undefined || text === undefined) continue;
    return step('damage', text, finding.confidence !== 'certain', sourceOf(finding, namesOf(pointer)), finding.id);
  }
  return undefined;
}

function noticedStep(context: RuleContext): StoryStep | undefined {
  const noticed = noticedBy(context);
  if (noticed === undefined) return undefined;
  const messenger = messengerText(context) ?? (noticed.innocent === true ? 'it is only the messenger' : undefined);
  return step('noticed', `${noticed.text}${messenger === undefined ? '' : `; ${messenger}`}`, false, noticed.source);
}

function deathStep(context: RuleContext): StoryStep | undefined {
  const { crash } = context.snapshot;
  const event = crashEvent(context);
  if (crash === undefined || crash.kind === 'dump' || crash.kind === 'race' || event === undefined) return undefined;
  const text = event.text.trim() === '' ? (crash.signal ?? '') : event.text;
  return text === '' ? undefined : step('death', `The process died: ${code(text)}`, false, event.source);
}

/** Empty for a case in which nothing died and nothing is damaged. */
export function storyOf(context: RuleContext, findings: readonly Finding[]): StoryStep[] {
  const family = familyOf(findings);
  const culprit = culpritStep(family);
  const steps = [culprit, damageStep(family, culprit), noticedStep(context), deathStep(context)];
  return steps.filter((one) => one !== undefined);
}

/** Adds the story to an analysed snapshot. */
export function withStory(analysed: AnalysedSnapshot, context: RuleContext): AnalysedSnapshot {
  const story = storyOf(context, analysed.findings);
  return story.length === 0 ? analysed : { ...analysed, story };
}
