/** Index, slice or array bounds: runtime/panic.go goPanicIndex, goPanicSlice… with the texts of runtime/error.go. */
import { reasonOf } from '../facts/crash.ts';
import { moreDetail, runWithRaceDetector } from '../facts/next-steps.ts';
import { panicConclusion, panicStory, subjectOf } from '../facts/panic-story.ts';
import { detailOf } from '../facts/reasons.ts';
import type { Bounds } from '../../model/reason.ts';
import type { NextStep } from '../../model/finding.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** Lengths above this cannot be a slice of a living process: the header itself is damaged. */
const absurdLength = 1n << 40n;

function whatOf(bounds: Bounds): string {
  const of = bounds.limit === undefined ? '' : ` where the ${bounds.limit.of} is ${bounds.limit.value}`;
  const other = bounds.other ?? '';
  switch (bounds.form) {
    case 'index':
      return `uses index ${bounds.index}${of}`;
    case 'high':
      return `slices up to ${bounds.index}${of}`;
    case 'low':
      return `slices from ${bounds.index}${of}`;
    case 'max':
      return `slices with capacity bound ${bounds.index}${of}`;
    case 'low-high':
      return `slices from ${bounds.index} to ${other}, the start behind the end`;
    case 'high-max':
      return other === ''
        ? `slices up to ${bounds.index}${of}`
        : `slices up to ${bounds.index} with capacity bound ${other}, the end behind the bound`;
    case 'conversion':
      return `converts a slice of length ${bounds.limit?.value ?? ''} to an array of length ${bounds.index}`;
  }
}

const isNegative = (number: string): boolean => BigInt(number) < 0n;

function meaningOf(bounds: Bounds | undefined): string {
  if (bounds === undefined) {
    return 'This version of Go prints no numbers; the index and the length are to be read at that line.';
  }
  if (isNegative(bounds.index)) return `The bound is negative: ${bounds.index}.`;
  if (bounds.limit === undefined) return '';
  const { of, value } = bounds.limit;
  if (value === '0') return `The ${of} is 0: there is no element at all.`;
  if (bounds.form === 'index') {
    const off = bounds.index === value ? 'The index equals the length, one past the last element: an off-by-one. ' : '';
    return `${off}Valid indexes are 0 to ${String(BigInt(value) - 1n)}.`;
  }
  return `The bound may be at most ${value}.`;
}

function isAbsurd(bounds: Bounds | undefined): boolean {
  const value = bounds?.limit?.value;
  return value !== undefined && (BigInt(value) > absurdLength || isNegative(value));
}

function examine(context: RuleContext) {
  const reason = reasonOf(context, ['index', 'slice-bounds']);
  if (reason === undefined) return [];
  const story = panicStory(context, reason);
  const bounds = detailOf(reason.event, 'bounds');
  const absurd = isAbsurd(bounds);
  const what = bounds === undefined ? 'uses an index or bound that is out of range' : whatOf(bounds);
  const next: NextStep[] = [
    {
      why:
        story.frame === undefined
          ? 'Look at where the index comes from'
          : `Look at where the index at${story.where.slice(3)} comes from`,
    },
  ];
  if (absurd) next.push(runWithRaceDetector);
  return [
    panicConclusion(reason, story, {
      headline: `${subjectOf(story)} ${what}`,
      explanation: [
        `The check before the access${story.where} failed, so nothing outside the slice was touched.`,
        meaningOf(bounds),
        absurd ? 'Such a length is impossible: the slice header was torn by a data race or overwritten.' : '',
      ]
        .filter((part) => part !== '')
        .join(' '),
      checks: bounds?.limit === undefined ? [] : [{ statement: 'The printed length is a possible one', held: !absurd }],
      next: [...next, ...moreDetail(context)],
    }),
  ];
}

export const panic02: Rule = {
  id: 'PANIC-02',
  title: 'Index or slice bounds out of range',
  weight: 5,
  examine,
};
