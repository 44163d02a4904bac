/** Running the whole core over texts, as the page and the command do. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { analyse, toReport, type Report } from '../../src/core/index.ts';
import type { AnalysedCase, AnalysedSnapshot } from '../../src/core/model/case.ts';
import { GoroutineFlag } from '../../src/core/model/goroutine.ts';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** A file under test/fixtures as text. */
export function fixture(path: string): string {
  return readFileSync(fixtures + path, 'utf8');
}

/** One analysed document: the case, its main snapshot and its report. */
export interface Outcome {
  analysed: AnalysedCase;
  main: AnalysedSnapshot;
  report: Report;
}

export async function run(input: string | Uint8Array, name = 'paste.txt'): Promise<Outcome> {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  const analysed = await analyse([{ name, bytes }]);
  const main = analysed.snapshots[0];
  if (main === undefined) throw new Error('an analysed case has no snapshot');
  return { analysed, main, report: toReport(analysed) };
}

/** Every owner whose stack can be drawn: goroutine ids and thread names. */
export function ownersOf({ snapshot }: AnalysedSnapshot): string[] {
  const owners = new Set<string>();
  const { goroutines, threads } = snapshot;
  for (let row = 0; row < goroutines.length; row++)
    if (((goroutines.flags[row] ?? 0) & GoroutineFlag.duplicate) === 0) owners.add((goroutines.id[row] ?? 0n).toString());
  for (const thread of threads) if (thread.frames.length > 0) owners.add(thread.name);
  return [...owners];
}

/** The main report and those of further crashes. */
export function allReports(report: Report): Report[] {
  return [report, ...(report.also ?? []).flatMap(allReports)];
}
