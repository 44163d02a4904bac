/**
 * Findings get what is known of them. A module or release that is known for a finding's mechanism is evidence marked as inferred, and said
 * to be not proven, unless the function that did the damage belongs to it. What is known but fits no finding is told among the checks.
 */
import type { AnalysedSnapshot } from '../../model/case.ts';
import type { Evidence, Finding } from '../../model/finding.ts';
import { packageOf, withoutAbi } from '../../model/function-name.ts';
import type { Knowledge, KnownModule } from '../../model/knowledge.ts';
import type { ModuleVersion } from '../../model/system.ts';
import { hex } from '../facts/addresses.ts';
import { code } from '../facts/wording.ts';
import { matchesRule } from '../ranking.ts';
import type { RuleContext } from '../rule.ts';
import { modulesOf } from './modules.ts';
import { isIn } from './releases.ts';

/** Sentences about known modules that fit nothing. */
const mostUnrelated = 5;

function concerns(entry: { rules: string[]; arch?: string[] }, arch: string | undefined, finding: Finding): boolean {
  const machine = entry.arch === undefined || arch === undefined || entry.arch.includes(arch);
  return machine && entry.rules.some((pattern) => matchesRule(finding.rule, pattern));
}

const isBelow = (path: string, module: string): boolean => path === module || path.startsWith(`${module}/`);

interface Present {
  entry: KnownModule;
  module: ModuleVersion;
}

/** Entries by the path of their module. */
type KnownPaths = ReadonlyMap<string, readonly KnownModule[]>;

function knownPaths(all: readonly Knowledge[]): KnownPaths {
  const paths = new Map<string, KnownModule[]>();
  for (const entry of all.flatMap((knowledge) => knowledge.modules)) {
    const entries = paths.get(entry.module);
    if (entries === undefined) paths.set(entry.module, [entry]);
    else entries.push(entry);
  }
  return paths;
}

/** Entries for `path` and every path above it. */
function entriesFor(known: KnownPaths, path: string): KnownModule[] {
  const found: KnownModule[] = [];
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) found.push(...(known.get(path.slice(0, end)) ?? []));
  return found;
}

/** What is known, and the known modules that the documents of a case name: the same for all of its snapshots. */
export interface KnownOfCase {
  all: readonly Knowledge[];
  known: KnownPaths;
  present: readonly Present[];
}

export function knownOfCase(
  snapshots: RuleContext['all'],
  documents: RuleContext['documents'],
  all: readonly Knowledge[],
): KnownOfCase {
  const known = knownPaths(all);
  const present = modulesOf(snapshots, documents).flatMap((module) =>
    entriesFor(known, module.path)
      .filter(({ affected }) => affected === undefined || affected.some((range) => isIn(module.version, range)))
      .map((entry) => ({ entry, module })),
  );
  return { all, known, present };
}

function fixText(fixed: string | undefined): string {
  return fixed === undefined ? '' : ` It was fixed in ${code(fixed)}.`;
}

function add(finding: Finding, evidence: Evidence, references: readonly string[]): Finding {
  return {
    ...finding,
    evidence: [...finding.evidence, evidence],
    references: [...finding.references, ...references.filter((one) => !finding.references.includes(one))],
  };
}

function withModule(finding: Finding, { entry, module }: Present): Finding {
  const culprit = finding.culprit?.function;
  const proved = culprit !== undefined && isBelow(packageOf(culprit), module.path);
  const where = module.by === 'build' ? 'is in the program' : 'may be in the program (go.sum or go.mod names it)';
  const statement =
    `Known: ${code(`${module.path} ${module.version}`)} ${where}. ${entry.says}${fixText(entry.fixed)}` +
    (proved ? ` ${code(culprit)} belongs to it.` : ' Not proven here: no function of it is shown to have done this.');
  const evidence: Evidence = { statement, source: module.source, ...(proved ? {} : { inferred: true }) };
  const better = add(finding, evidence, entry.references);
  if (entry.fixed === undefined) return better;
  const why = `Update ${code(module.path)} to the release in which it was fixed`;
  return { ...better, next: [...better.next, { why, command: `go get ${module.path}@${entry.fixed}` }] };
}

/** The function that did it belongs to a known module of which the case does not tell the version. */
function withoutVersion(finding: Finding, known: KnownPaths, present: readonly Present[], arch: string | undefined): Finding {
  const culprit = finding.culprit?.function;
  if (culprit === undefined) return finding;
  let better = finding;
  for (const entry of entriesFor(known, packageOf(withoutAbi(culprit)))) {
    if (!concerns(entry, arch, finding) || present.some((one) => isBelow(one.module.path, entry.module))) continue;
    const statement = `Known: ${code(culprit)} belongs to ${code(entry.module)}. ${entry.says}${fixText(entry.fixed)} Which version of it the program has is not in the case.`;
    better = add(better, { statement, inferred: true }, entry.references);
  }
  return better;
}

function enriched(context: RuleContext, all: readonly Knowledge[], present: readonly Present[], finding: Finding): Finding {
  const { arch, goVersion } = context.snapshot.process;
  let better = finding;
  for (const one of present) if (concerns(one.entry, arch, finding)) better = withModule(better, one);
  for (const knowledge of all) {
    for (const entry of knowledge.releases) {
      if (goVersion === undefined || !isIn(goVersion, entry.go) || !concerns(entry, arch, finding)) continue;
      const statement = `Known about Go ${code(goVersion)}: ${entry.says}${fixText(entry.fixed)}`;
      better = add(better, { statement, inferred: true }, entry.references);
    }
    for (const entry of knowledge.symbols) {
      const name = finding.culprit === undefined ? undefined : withoutAbi(finding.culprit.function);
      if (name === undefined || !concerns(entry, arch, finding)) continue;
      const start = entry.symbol.endsWith('*') ? entry.symbol.slice(0, -1) : undefined;
      if (start === undefined ? name !== entry.symbol : !name.startsWith(start)) continue;
      better = add(better, { statement: `Known about ${code(name)}: ${entry.says}`, inferred: true }, entry.references);
    }
    for (const entry of knowledge.constants) {
      if (!finding.bogus.some((pointer) => pointer.value === entry.value) || !concerns(entry, arch, finding)) continue;
      better = add(better, { statement: `Known about ${hex(entry.value)}: ${entry.says}`, inferred: true }, entry.references);
    }
  }
  return better;
}

/** Known modules that no finding speaks about. */
function unrelated(arch: string | undefined, present: readonly Present[], findings: readonly Finding[]): string[] {
  const sentences = present
    .filter(({ entry }) => entry.arch === undefined || arch === undefined || entry.arch.includes(arch))
    .filter(({ entry }) => !findings.some((finding) => concerns(entry, arch, finding)))
    .map(
      ({ entry, module }) =>
        `${code(`${module.path} ${module.version}`)} is known for ${entry.rules[0] ?? ''}; nothing in the case shows that.`,
    );
  return [...new Set(sentences)].slice(0, mostUnrelated);
}

export function withKnowledge(context: RuleContext, analysed: AnalysedSnapshot, ofCase: KnownOfCase): AnalysedSnapshot {
  const { arch } = context.snapshot.process;
  const { all, known, present } = ofCase;
  const findings = analysed.findings.map((finding) =>
    enriched(context, all, present, withoutVersion(finding, known, present, arch)),
  );
  return { ...analysed, findings, checked: [...analysed.checked, ...unrelated(arch, present, findings)] };
}
