/** What the forms prove about the process: architecture, system, Go version. Contradictions claim nothing. */
import type { ArchitectureName, ProcessFacts } from '../model/process.ts';
import type { TextFact } from '../model/record.ts';
import type { RegisterRun } from '../model/register-columns.ts';

/** The value claimed most often, if it has more than twice the votes of the next. */
function majority<T>(votes: ReadonlyMap<T, { count: number; why: string }>): { value: T; why: string } | undefined {
  const ranked = [...votes.entries()].sort((a, b) => b[1].count - a[1].count);
  const [first, second] = ranked;
  if (first === undefined) return undefined;
  if (second !== undefined && first[1].count <= second[1].count * 2) return undefined;
  return { value: first[0], why: first[1].why };
}

function vote<T>(votes: Map<T, { count: number; why: string }>, value: T | undefined, why: string): void {
  if (value === undefined) return;
  const known = votes.get(value);
  if (known === undefined) votes.set(value, { count: 1, why });
  else known.count++;
}

/** Registers that only one architecture has. */
const registerMachines = new Map<string, ArchitectureName>([
  ...['rax', 'rbp', 'rsp', 'rip'].map((name) => [name, 'amd64'] as const),
  ...['eax', 'ebp', 'esp', 'eip'].map((name) => [name, '386'] as const),
]);

function tellingName(names: readonly string[]): string | undefined {
  return names.find((name) => registerMachines.has(name));
}

function tellingOfRun({ columns, from, to }: RegisterRun): string | undefined {
  for (let row = from; row < to; row++) {
    const name = columns.strings.at(columns.data.name[row] ?? 0);
    if (registerMachines.has(name)) return name;
  }
  return undefined;
}

const minorOf = (minor: number | null): string | null => (minor === null ? null : `1.${minor.toString()}`);

export function processFacts(facts: readonly TextFact[]): ProcessFacts {
  const arch = new Map<ArchitectureName, { count: number; why: string }>();
  const os = new Map<string, { count: number; why: string }>();
  const version = new Map<string, { count: number; why: string }>();
  const result: ProcessFacts = { why: {} };
  let from: number | null = null;
  let to: number | null = null;
  let fromWhy = '';
  let toWhy = '';
  for (const fact of facts) {
    if (fact.kind === 'process') {
      vote(arch, fact.facts.arch, fact.why);
      vote(os, fact.facts.os, fact.why);
      vote(version, fact.facts.goVersion, fact.why);
      for (const key of ['pid', 'module', 'buildId'] as const) {
        const value = fact.facts[key];
        if (value === undefined || result[key] !== undefined) continue;
        Object.assign(result, { [key]: value });
        result.why[key] = fact.why;
      }
    } else if (fact.kind === 'registers' || fact.kind === 'value') {
      const telling =
        fact.kind === 'value'
          ? tellingName([fact.name])
          : fact.run === undefined
            ? tellingName(fact.values.map((value) => value.name))
            : tellingOfRun(fact.run);
      if (telling !== undefined) vote(arch, registerMachines.get(telling), `register ${telling}`);
    } else if (fact.kind === 'version-hint') {
      if (fact.from !== null && (from === null || fact.from > from)) [from, fromWhy] = [fact.from, fact.why];
      if (fact.to !== null && (to === null || fact.to < to)) [to, toWhy] = [fact.to, fact.why];
    }
  }
  const machine = majority(arch);
  if (machine !== undefined) {
    result.arch = machine.value;
    result.why['arch'] = machine.why;
  }
  const system = majority(os);
  if (system !== undefined) {
    result.os = system.value;
    result.why['os'] = system.why;
  }
  const go = majority(version);
  if (go !== undefined) {
    result.goVersion = go.value;
    result.why['goVersion'] = go.why;
  } else if (from !== null || to !== null) {
    if (from !== null && to !== null && from > to) return result;
    result.goVersionRange = [minorOf(from), minorOf(to)];
    result.why['goVersionRange'] = [fromWhy, toWhy].filter((why) => why !== '').join('; ');
    if (from !== null && from === to) {
      result.goVersion = `1.${from.toString()}`;
      result.why['goVersion'] = result.why['goVersionRange'];
    }
  }
  return result;
}
