/** What one crash of an input proves of the build holds for another one of the same build. */
import type { CaseColumns, TextFact } from '../model/record.ts';
import { processFacts } from './process.ts';
import { RunMarks, type MarkTables } from './run-marks.ts';

/** Crashes that are compared with each other. */
const mostCompared = 32;

type ProcessFact = Extract<TextFact, { kind: 'process' }>;

/** For groups that do not tell their architecture: a fact with the one of a sibling whose functions lie at the same addresses. */
export function sharedArchitecture(
  groups: readonly (readonly TextFact[])[],
  tables: MarkTables,
  columns: CaseColumns,
): Map<readonly TextFact[], ProcessFact> {
  const shared = new Map<readonly TextFact[], ProcessFact>();
  if (groups.length < 2) return shared;
  const compared = groups.slice(0, mostCompared).map((facts) => ({ facts, arch: processFacts(facts).arch }));
  const marked = new Map<readonly TextFact[], RunMarks>();
  const marksOf = (facts: readonly TextFact[]): RunMarks => {
    const known = marked.get(facts);
    if (known !== undefined) return known;
    const marks = new RunMarks(tables);
    marks.add(facts, columns);
    marked.set(facts, marks);
    return marks;
  };
  for (const { facts, arch } of compared) {
    if (arch !== undefined) continue;
    const first = facts[0];
    const sibling = compared.find((one) => one.arch !== undefined && marksOf(one.facts).sameBuild(marksOf(facts)));
    if (sibling?.arch === undefined || first === undefined) continue;
    const told = sibling.facts.find((fact): fact is ProcessFact => fact.kind === 'process' && fact.facts.arch === sibling.arch);
    if (told === undefined) continue;
    const why = `${told.why}, in another crash of this input with the same functions at the same addresses`;
    shared.set(facts, { kind: 'process', facts: { arch: sibling.arch }, why, source: told.source, textLine: first.textLine });
  }
  return shared;
}
