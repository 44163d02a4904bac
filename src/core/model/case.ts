/** A case: documents, the snapshots rebuilt from them, and what was found. */
import type { DocumentKind, SourceDocument } from './document.ts';
import type { Finding } from './finding.ts';
import type { KnowledgeFile } from './knowledge.ts';
import type { Snapshot } from './snapshot.ts';
import type { StoryStep } from './story.ts';

export interface AnalysedSnapshot {
  snapshot: Snapshot;
  /** Best first; those explained by another are still in the list and named in its `explains`. */
  findings: Finding[];
  /** What was examined and holds, for "no problem found". */
  checked: string[];
  /** What could not be examined, and what would allow it; sentences like those of `checked`, absent where something was found. */
  unchecked?: string[];
  /** What happened, in causal order; absent where nothing died and nothing is damaged. */
  story?: StoryStep[];
}

export interface AnalysedCase {
  documents: SourceDocument[];
  documentKinds: DocumentKind[];
  /** Per document: LineClass of each line of its bytes. */
  lineClasses?: Uint8Array[];
  /** The first is the main one; case-level findings (several crashes) stand first there. */
  snapshots: AnalysedSnapshot[];
  /** Raw files of which nobody said where in memory their bytes lie; absent = none. */
  memoryWithoutBase?: number[];
  /** Files of knowledge among the documents; absent = none. */
  knowledge?: KnowledgeFile[];
  /** False when no reader recognised anything. */
  recognised: boolean;
}

/** View state that a permalink carries. */
export interface ViewState {
  view?: 'stack' | 'trail' | 'frames' | 'memory' | 'text';
  goroutine?: string;
  address?: string;
  flipped?: boolean;
}
