/** Ordinary deaths, from end to end: no pointer is accused, no saved frame pointer called bogus, and the right rule speaks first. */
import { describe, expect, it } from 'vitest';
import { allReports, fixture, run } from './run.ts';

/** Dump, crash kind, first rule, and a function that the headline must name (none where no function is to blame). */
const dumps: [name: string, kind: string, rule: string, named?: string][] = [
  ['concurrent-map-stockmap-read-go1.25.5-amd64-crash', 'fatal-error', 'RACE-01', 'main.(*Stock).get'],
  ['deadlock-dockdead-go1.19.8-amd64-system', 'fatal-error', 'DL-01', 'main.(*Dock).unload'],
  ['deadlock-dockdead-go1.25.5-amd64-system', 'fatal-error', 'DL-01', 'main.(*Dock).unload'],
  ['gotraceback-tbmodes-go1.26.8-amd64-system', 'panic', 'PANIC-02', 'main.(*Conveyor).run'],
  ['nil-deref-shelfnil-go1.21.13-amd64-crash', 'panic', 'NIL-01', 'main.(*Slot).Take'],
  ['nil-deref-shelfnil-go1.26.8-arm64-all', 'panic', 'NIL-01', 'main.(*Slot).Take'],
  ['repanic-palletidx-go1.27.1-amd64-crash', 'panic', 'PANIC-02', 'main.(*Pallet).box'],
  ['sigquit-depotbusy-40-go1.25.5-amd64-crash', 'dump', 'DUMP-01'],
  ['stack-overflow-binrecurse-go1.26.8-amd64-system', 'fatal-error', 'STK-01', 'main.(*Bin).depth'],
  ['test-timeout-slowtest-go1.26.8-arm64-all', 'timeout', 'TEST-01', 'TestQueueDrain'],
];

const textOf = (name: string): string => fixture(`acceptance/${name}.txt`);

async function expectInnocent(text: string): Promise<Awaited<ReturnType<typeof run>>> {
  const outcome = await run(text);
  for (const report of allReports(outcome.report)) {
    expect(report.bogusPointers).toEqual([]);
    expect(report.chains.flatMap((chain) => chain.links).filter((link) => link.verdict === 'bogus')).toEqual([]);
  }
  return outcome;
}

describe.each(dumps)('%s', (name, kind, rule, named) => {
  it('accuses no pointer', async () => {
    const { report } = await expectInnocent(textOf(name));
    expect(report.crash?.kind).toBe(kind);
    expect(report.findings[0]?.rule).toBe(rule);
    expect(report.also).toBeUndefined();
    expect(report.crash?.headline).not.toContain('runtime.');
    if (named !== undefined) expect(report.crash?.headline).toContain(named);
  });

  it('leaves no line unread and adds up', async () => {
    const { report } = await run(textOf(name));
    const { lines, recognised, prose, unrecognised } = report.coverage;
    expect(unrecognised).toEqual([]);
    expect(recognised + prose).toBe(lines);
  });

  it('accuses no pointer when it is cut off or quoted', async () => {
    const lines = textOf(name).split('\n');
    await expectInnocent(lines.slice(0, Math.ceil(lines.length * 0.6)).join('\n'));
    await expectInnocent(lines.map((line) => `> ${line}`).join('\n'));
  });
});

it('accuses no pointer in two ordinary crashes of one log', async () => {
  const two = [textOf('repanic-palletidx-go1.27.1-amd64-crash'), textOf('nil-deref-shelfnil-go1.21.13-amd64-crash')].join('\n');
  const { report } = await expectInnocent(two);
  expect(allReports(report).map((one) => one.findings.find((finding) => !finding.rule.startsWith('MC-'))?.rule)).toEqual([
    'PANIC-02',
    'NIL-01',
  ]);
});
