/** Records of all documents → snapshots, the main one first. */
import type { SourceDocument } from '../model/document.ts';
import type { CaseColumns, TextFact, TextRecords } from '../model/record.ts';
import { mismatchText } from '../model/mismatch.ts';
import type { Coverage, Snapshot } from '../model/snapshot.ts';
import { coverageOf, lineClasses } from './coverage.ts';
import { joinSegments } from './join.ts';
import { foldRepeats } from './repeats.ts';
import { mainFirst } from './main-first.ts';
import { segmentsOf } from './segments.ts';
import { sharedArchitecture } from './siblings.ts';
import { buildSnapshot } from './snapshot.ts';

export { lineClasses } from './coverage.ts';

/** Snapshots built of one case; a log with more crashes keeps the first of them. */
const mostSnapshots = 200;

/**
 * Rebuilds each process that the documents speak of. The main snapshot carries the coverage of the whole case; the others
 * that of the lines in which they were printed.
 */
export function assemble(
  documents: readonly SourceDocument[],
  records: readonly TextRecords[],
  columns: CaseColumns,
): Snapshot[] {
  const tables = { frames: columns.frames.table(), goroutines: columns.goroutines.table(), documents };
  const parts = records.flatMap((one) => {
    const document = documents[one.document];
    return document === undefined ? [] : [{ document, records: one, classes: lineClasses(document, one) }];
  });
  const whole = coverageOf(parts);
  const segments = records.flatMap((one) => segmentsOf(one, one.lineClass.length));
  const joined = joinSegments(segments, tables, columns);
  const groups = mainFirst(foldRepeats(joined.groups, tables, columns, documents));
  if (groups.length === 0) return [buildSnapshot(0, [], columns, tables, documents, whole)];
  const shared = sharedArchitecture(
    groups.map((group) => group.facts),
    tables,
    columns,
  );
  return groups.slice(0, mostSnapshots).map(({ facts, repeats }, index) => {
    const told = shared.get(facts);
    const all = told === undefined ? facts : [...facts, told];
    const snapshot = buildSnapshot(index, all, columns, tables, documents, index === 0 ? whole : ownCoverage(facts, tables));
    if (snapshot.crash !== undefined && repeats !== undefined) snapshot.crash.repeats = repeats;
    const mismatch = joined.mismatches.get(facts);
    if (mismatch !== undefined) {
      snapshot.apart = mismatch;
      snapshot.process.why['apart'] = mismatchText(mismatch);
    }
    return snapshot;
  });
}

/** Headers and frames of the facts themselves: a further snapshot of a document has no lines of its own to count. */
function ownCoverage(
  facts: readonly TextFact[],
  tables: { goroutines: { frameStart: Uint32Array; frameEnd: Uint32Array; createdBy: Int32Array } },
): Coverage {
  const coverage: Coverage = { lines: 0, recognised: 0, prose: 0, unrecognised: [], headers: 0, frames: 0, createdBy: 0 };
  for (const fact of facts) {
    if (fact.kind !== 'goroutine' || fact.listed !== undefined) continue;
    coverage.headers++;
    coverage.frames += (tables.goroutines.frameEnd[fact.row] ?? 0) - (tables.goroutines.frameStart[fact.row] ?? 0);
    if ((tables.goroutines.createdBy[fact.row] ?? -1) >= 0) coverage.createdBy++;
  }
  return coverage;
}
