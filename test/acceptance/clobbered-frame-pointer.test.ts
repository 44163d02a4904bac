/**
 * The main story from end to end: a gdb session over a process whose frame-pointer register an assembly function clobbered.
 * The chain must come out link by link, and must follow when the session is rewritten into that of another process.
 */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { analyse, toReport } from '../../src/core/index.ts';
import type { Link } from '../../src/core/report/contract.ts';
import { originalConstant, originalSlots, rewritten, type Rewriting } from './rewrite.ts';
import { fixture, run, type Outcome } from './run.ts';

const session = fixture('debugger/clobbered-frame-pointer.gdb.txt');

const hex = (value: bigint): `0x${string}` => `0x${value.toString(16)}`;

type BareLink = Pick<Link, 'slot' | 'value' | 'expected' | 'verdict'>;

function bare(links: readonly Link[]): BareLink[] {
  return links.map(({ slot, value, expected, verdict }) => ({
    slot,
    ...(value === undefined ? {} : { value }),
    ...(expected === undefined ? {} : { expected }),
    verdict,
  }));
}

const expectedLinks: BareLink[] = [
  { slot: '0xc000040d98', value: '0xc000040de8', verdict: 'ok' },
  { slot: '0xc000040de8', value: '0xc000040e28', verdict: 'ok' },
  { slot: '0xc000040e28', value: '0xc000040e98', verdict: 'ok' },
  { slot: '0xc000040e98', value: '0xc000040ec8', verdict: 'ok' },
  { slot: '0xc000040ec8', value: '0x30bc5b29', expected: '0xc000040ef8', verdict: 'bogus' },
  { slot: '0xc000040ef8', value: '0xc000040f38', verdict: 'ok' },
  { slot: '0xc000040f38', value: '0xc000040fb8', verdict: 'ok' },
  { slot: '0xc000040fb8', value: '0xc000040fd0', verdict: 'ok' },
  { slot: '0xc000040fd0', value: '0x0', verdict: 'end' },
];

/** The chain of the rewritten process. */
function linksAfter({ heapBy = 0n, constant = originalConstant, badLink = 4 }: Rewriting): BareLink[] {
  const slots = originalSlots.map((slot) => slot + heapBy);
  return slots.map((slot, index) => {
    const next = slots[index + 1];
    if (index === badLink) {
      const link: BareLink = { slot: hex(slot), value: hex(BigInt.asUintN(64, constant)), verdict: 'bogus' };
      return next === undefined ? link : { ...link, expected: hex(next) };
    }
    return next === undefined
      ? { slot: hex(slot), value: '0x0', verdict: 'end' }
      : { slot: hex(slot), value: hex(next), verdict: 'ok' };
  });
}

function expectStory({ main, report }: Outcome, links: readonly BareLink[], culprit = 'Hash64'): void {
  expect(bare(report.chains[0]?.links ?? [])).toEqual(links);
  const first = main.findings[0];
  expect(first?.rule).toBe('FP-01');
  expect(first?.culprit?.function).toMatch(new RegExp(`${culprit}$`));
  expect(first?.headline).toContain(culprit);
  expect(report.crash?.headline).toContain(culprit);
  expect(report.crash?.headline).not.toContain('runtime.');
  const bad = links.find((link) => link.verdict === 'bogus');
  expect(report.bogusPointers[0]?.value).toBe(bad?.value);
}

describe('the session as it was recorded', () => {
  it('gives the chain, the rule and the culprit', async () => {
    const outcome = await run(session, 'session.txt');
    expectStory(outcome, expectedLinks);
    expect(outcome.report.also).toBeUndefined();
    expect(outcome.report.crash).toMatchObject({ faultAddress: '0x30bc5b31', goroutine: '2', signal: 'SIGSEGV' });
    expect(outcome.report.chains[0]?.links.map((link) => link.frame)).toEqual([
      'runtime.fpTracebackPartialExpand',
      'runtime.saveblockevent',
      'runtime.blockevent',
      'runtime.chansend',
      'runtime.chansend1',
      'main.(*shard).add',
      'main.drain',
      'main.worker',
      'main.main.gowrap1',
    ]);
    expect(outcome.report.crash?.firstUserFrame).toEqual({
      function: 'main.(*shard).add',
      file: 'example.com/ingest/main.go',
      line: 15,
    });
  });

  it('is proved by the listing, the read and the slot', async () => {
    const { main } = await run(session);
    const [first] = main.findings;
    expect(first?.confidence).toBe('certain');
    const statements = first?.evidence.map((evidence) => evidence.statement).join('\n') ?? '';
    expect(statements).toContain('0x30bc5b31');
    expect(statements).toContain('0xc000040ec8');
    expect(statements).toContain('mov $0x30bc5b29,%rbp');
    expect(first?.evidence.every((evidence) => evidence.source !== undefined)).toBe(true);
  });
});

const renamed: Rewriting['names'] = [
  ['example.com/ingest/metro.Hash64', 'corp.example/quick/v2/lanes.Digest128'],
  ['example.com/ingest/', 'corp.example/courier/'],
  ['(*shard)', '(*parcelBox)'],
  ['.add(', '.push('],
  ['main.drain', 'main.pump'],
  ['main.worker', 'main.feed'],
  ['"ingest"', '"courier"'],
];

const rewritings: [string, Rewriting][] = [
  ['stacks and heap a little higher', { heapBy: 0x2000n }],
  ['stacks and heap in another arena', { heapBy: 0x3a4000000n }],
  // Go 1.26 chooses the first arena's place at random.
  ['heap at a random base', { heapBy: 0x2a7d9415e000n - 0xc000000000n }],
  ['a position-independent executable', { textBy: 0x55d01c340000n - 0x400000n }],
  ['functions renamed', { names: renamed }],
  ['another small constant', { constant: 0x1f85ebcbn }],
  ['a constant that is a multiple of 8', { constant: 0x61c88648n }],
  ['a constant of 32 bits that is not sign-extended', { constant: 0x9e3779b1n }],
  ['a negative constant', { constant: BigInt.asUintN(64, -0x3361d2afn) }],
  ['a constant of 64 bits that is no canonical address', { constant: 0x9ae16a3b2f90404fn }],
  [
    'all at once',
    {
      heapBy: 0x3d11a8c2000n,
      textBy: 0x7f0000n,
      names: renamed,
      constant: 0xc2b2ae3dn,
      badLink: 6,
    },
  ],
  ...originalSlots.map((_slot, index): [string, Rewriting] => [`the constant in link ${index.toString()}`, { badLink: index }]),
];

describe('the session of another process', () => {
  it.each(rewritings)('%s', async (_name, how) => {
    const outcome = await run(rewritten(session, how));
    expectStory(outcome, linksAfter(how), how.names === undefined ? 'Hash64' : 'Digest128');
  });

  it('has no broken link when the good one is put back', async () => {
    const healthy = rewritten(session, { badLink: 4 }).replace(
      '0xc000040ec8:\t0x0000000030bc5b29',
      '0xc000040ec8:\t0x000000c000040ef8',
    );
    const { report } = await run(healthy);
    expect(report.chains[0]?.links.map((link) => link.verdict)).toEqual([...Array<string>(8).fill('ok'), 'end']);
  });
});

/** Without the panic nothing prints the fault address or a goroutine: gdb's own output is all there is. */
const debuggerOnly = session.slice(0, session.indexOf('(gdb) continue'));
const withoutMappings = session.replace(/\(gdb\) info proc mappings\n[^]*?(?=\(gdb\))/, '');

describe('the session as people paste it', () => {
  it('cut off before the panic', async () => {
    const outcome = await run(debuggerOnly);
    expectStory(outcome, expectedLinks);
    expect(outcome.main.snapshot.goroutines.length).toBe(0);
    expect(outcome.report.chains[0]?.owner).toBe(outcome.report.threads[0]?.name);
  });

  it('cut off before the panic, of another process', async () => {
    const how: Rewriting = { heapBy: 0x2a7d9415e000n - 0xc000000000n, textBy: 0x10000n, constant: 0x7f4a7c15n, badLink: 5 };
    expectStory(await run(rewritten(debuggerOnly, how)), linksAfter(how));
  });

  it('cut off before the panic, with stale return addresses among the locals', async () => {
    const stale = debuggerOnly
      .replace('0xc000040ee8:\t0x0000018030b445f5', '0xc000040ee8:\t0x0000000000471997')
      .replace('0xc000040e78:\t0x000000c0000620d0', '0xc000040e78:\t0x00000000004049f7');
    expect(stale).not.toBe(debuggerOnly);
    expectStory(await run(stale), expectedLinks);
  });

  it('without prompts and commands', async () => {
    const lines = session.split('\n').filter((line) => !line.startsWith('(gdb) '));
    expectStory(await run(lines.join('\n')), expectedLinks);
  });

  it('without mappings', async () => {
    expect(withoutMappings).not.toContain('objfile');
    expectStory(await run(withoutMappings), expectedLinks);
  });

  it('without mappings, the constant a multiple of 8: the failed read proves it', async () => {
    const how: Rewriting = { constant: 0x61c88648n };
    expectStory(await run(rewritten(withoutMappings, how)), linksAfter(how));
  });

  it('with the words before the backtrace', async () => {
    const words = /\(gdb\) x\/100xg[^]*?(?=\(gdb\))/.exec(session)?.[0] ?? '';
    expectStory(await run(session.replace(words, '').replace('(gdb) bt\n', `${words}(gdb) bt\n`)), expectedLinks);
  });

  it('with carriage returns', async () => {
    const outcome = await run(session.replaceAll('\n', '\r\n'));
    expectStory(outcome, expectedLinks);
    expect(outcome.report.documents[0]?.layers).toContain('crlf');
  });

  it('quoted in a mail', async () => {
    const quoted = session
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\n');
    const outcome = await run(quoted);
    expectStory(outcome, expectedLinks);
    expect(outcome.report.documents[0]?.layers).toContain('quoted');
  });

  it('compressed', async () => {
    const outcome = await run(Uint8Array.from(gzipSync(session)), 'session.txt.gz');
    expectStory(outcome, expectedLinks);
    expect(outcome.report.documents[0]?.layers).toContain('gzip');
  });

  it('in two files, debugger and panic apart', async () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    const panic = session.slice(session.indexOf('fatal error: '));
    const analysed = await analyse([
      { name: 'panic.txt', bytes: bytes(panic) },
      { name: 'gdb.txt', bytes: bytes(debuggerOnly) },
    ]);
    const [main] = analysed.snapshots;
    if (main === undefined) throw new Error('no snapshot');
    expectStory({ analysed, main, report: toReport(analysed) }, expectedLinks);
    expect(analysed.snapshots).toHaveLength(1);
  });
});
