/** Diagnosis: snapshots in, findings out. Knows the model and no parser. */
import type { AnalysedSnapshot } from '../model/case.ts';
import type { SourceDocument } from '../model/document.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { diagnoseWith } from './engine.ts';
import { withOverview } from './overview.ts';
import { rules } from './rules/index.ts';
import { withStory } from './story.ts';

/** Snapshots in the order given; the first is the main one and carries the findings about the case as a whole. */
export function diagnose(snapshots: readonly Snapshot[], documents: readonly SourceDocument[]): AnalysedSnapshot[] {
  return diagnoseWith(rules, snapshots, documents).map((one) =>
    withStory(withOverview(one), { snapshot: one.snapshot, all: snapshots, documents }),
  );
}

export type { RuleFailure } from './engine.ts';
