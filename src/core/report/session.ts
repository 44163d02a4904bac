/** The debugger's side of a snapshot, for the page. */
import type { AnalysedCase, AnalysedSnapshot } from '../model/case.ts';
import type { SessionView } from '../model/session.ts';
import { structViews, trailsOf, trailViews } from '../trail/index.ts';
import { questionsOf } from './ask.ts';

export function sessionOf(analysed: AnalysedCase, chosen: AnalysedSnapshot): SessionView {
  const { snapshot } = chosen;
  return {
    trails: trailViews(snapshot, trailsOf(snapshot)),
    structs: structViews(snapshot),
    questions: questionsOf(analysed, chosen),
  };
}
