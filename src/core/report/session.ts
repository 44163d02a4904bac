/** The debugger's side of a snapshot, for the page. */
import type { AnalysedCase, AnalysedSnapshot } from '../model/case.ts';
import type { SessionView } from '../model/session.ts';
import { structViews, trailViews } from '../trail/index.ts';
import { questionsOf } from './ask.ts';
import { trailsFor } from './trails.ts';

export function sessionOf(analysed: AnalysedCase, chosen: AnalysedSnapshot): SessionView {
  const { snapshot } = chosen;
  return {
    trails: trailViews(snapshot, trailsFor(snapshot)),
    structs: structViews(snapshot),
    questions: questionsOf(analysed, chosen),
  };
}
