/** Diagnosis: snapshots in, findings out. Knows the model and no parser. */
import type { AnalysedSnapshot } from '../model/case.ts';
import type { SourceDocument } from '../model/document.ts';
import type { Knowledge } from '../model/knowledge.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { diagnoseWith } from './engine.ts';
import { withOverview } from './overview.ts';
import { withKnowledge } from './knowledge/apply.ts';
import { shippedKnowledge } from './knowledge/shipped.ts';
import { rules } from './rules/index.ts';
import { withSightings } from './sightings/apply.ts';
import { withStory } from './story.ts';

/**
 * Snapshots in the order given; the first is the main one and carries the findings about the case as a whole. `knowledge` is used
 * beside what is shipped.
 */
export function diagnose(
  snapshots: readonly Snapshot[],
  documents: readonly SourceDocument[],
  knowledge: readonly Knowledge[] = [],
): AnalysedSnapshot[] {
  return diagnoseWith(rules, snapshots, documents).map((one) => {
    const context = { snapshot: one.snapshot, all: snapshots, documents };
    const seen = withSightings(context, one);
    return withStory(withOverview(withKnowledge(context, seen, [shippedKnowledge, ...knowledge])), context);
  });
}

export { entriesOf, longestKnowledge, looksLikeKnowledge, readKnowledge } from './knowledge/read.ts';
export type { RuleFailure } from './engine.ts';
