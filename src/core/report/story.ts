/** The story of a crash in the report and in the texts. */
import type { AnalysedSnapshot } from '../model/case.ts';
import type * as contract from './contract.ts';
import { lineOf, withoutBackticks, type ReportContext } from './facts.ts';

export function reportStory(context: ReportContext): Pick<contract.Report, 'story'> {
  const { story } = context.chosen;
  if (story === undefined) return {};
  return {
    story: story.map(({ part, text, source, inferred, finding }) => ({
      part,
      text: withoutBackticks(text),
      ...lineOf(context, source),
      ...(inferred && { inferred: true as const }),
      ...(finding !== undefined && { finding }),
    })),
  };
}

/** Fewer steps say no more than the verdict. */
const leastSteps = 3;

/** Sentences for a text, with their code between backticks; empty where the verdict says it all. */
export function storySentences({ story = [] }: Pick<AnalysedSnapshot, 'story'>): string[] {
  if (story.length < leastSteps) return [];
  return story.map(({ text, inferred }) => `${text}${inferred ? ' (inferred)' : ''}`);
}
