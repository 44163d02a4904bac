/** Diagnosis: snapshots in, findings out. Knows the model and no parser. */
import type { AnalysedSnapshot } from '../model/case.ts';
import type { SourceDocument } from '../model/document.ts';
import type { Knowledge } from '../model/knowledge.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { diagnoseWith } from './engine.ts';
import { withOverview } from './overview.ts';
import { knownOfCase, withKnowledge } from './knowledge/apply.ts';
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
  const found = diagnoseWith(rules, snapshots, documents);
  const contexts = found.map(({ snapshot }) => ({ snapshot, all: snapshots, documents }));
  const known = knownOfCase(snapshots, documents, [shippedKnowledge, ...knowledge]);
  return withSightings(contexts, found).map((seen, index) => {
    const context = contexts[index] ?? { snapshot: seen.snapshot, all: snapshots, documents };
    return withStory(withOverview(withKnowledge(context, seen, known)), context);
  });
}

export { entriesOf, longestKnowledge, looksLikeKnowledge, readKnowledge } from './knowledge/read.ts';
export type { RuleFailure } from './engine.ts';
