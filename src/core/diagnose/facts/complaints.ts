/** Complaints of the runtime by what they mean. */
import type { Complaint, StateDetail } from '../../model/complaint.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { SourceRange } from '../../model/source.ts';

export interface StateComplaint<K extends StateDetail['kind']> {
  detail: Extract<StateDetail, { kind: K }>;
  /** The form of the line, to be quoted. */
  what: string;
  source: SourceRange;
}

function hasKind<K extends StateDetail['kind']>(detail: StateDetail, kind: K): detail is Extract<StateDetail, { kind: K }> {
  return detail.kind === kind;
}

/** The first line of the allocator, sweeper or scheduler that means `kind`. */
export function stateComplaint<K extends StateDetail['kind']>({ complaints }: Snapshot, kind: K): StateComplaint<K> | undefined {
  for (const one of complaints) {
    if (one.kind !== 'runtime-state' || one.detail === undefined) continue;
    if (hasKind(one.detail, kind)) return { detail: one.detail, what: one.what, source: one.source };
  }
  return undefined;
}

export type TracebackComplaint = Extract<Complaint, { kind: 'traceback' }>;
