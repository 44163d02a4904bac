import { describe, expect, it } from 'vitest';
import { toReport } from '../../../src/core/report/index.ts';
import { syntheticCase } from './synthetic.ts';

describe('the JSON report', () => {
  const report = toReport(syntheticCase());

  it('names the documents as given and the process as far as proved', () => {
    expect(report.schema).toBe('framewalk.report/1');
    expect(report.documents).toEqual([{ name: 'crash.txt', bytes: 344, kind: 'go-dump', layers: [] }]);
    expect(report.process).toEqual({ goVersionRange: ['1.21', null], arch: 'amd64', why: { arch: 'registers' } });
  });

  it('counts lines from 1 in the original', () => {
    expect(report.events).toEqual([{ kind: 'panic', text: 'it broke', line: 1 }]);
    expect(report.goroutines.items?.map(({ line }) => line)).toEqual([3, 8, 11]);
    expect(report.findings[0]?.evidence).toEqual([
      { statement: 'the frame of `main.fill`', document: 0, line: 5 },
      { statement: 'its caller saved nothing', inferred: true },
    ]);
    expect(report.findings[0]?.against).toEqual([{ statement: 'one word only', line: 6 }]);
  });

  it('shares one stack between goroutines that have the same', () => {
    expect(report.goroutines.count).toBe(3);
    expect(report.goroutines.groups).toEqual([
      { count: 2, ids: ['8', '9'], stack: 0 },
      { count: 1, ids: ['7'], stack: 1 },
    ]);
    expect(report.stacks[0]).toEqual([{ function: 'main.wait', file: '/src/wait.go', line: 9, kind: 'go' }]);
    expect(report.stacks[1]?.[0]).toMatchObject({ function: 'main.fill', pc: '0x401010', sp: '0xc000000020' });
  });

  it('gives each goroutine its status, frames and predicted slots', () => {
    const [first, second] = report.goroutines.items ?? [];
    expect(first).toMatchObject({ id: '7', status: 'running' });
    expect(first).not.toHaveProperty('waitReason');
    expect(first?.frames[0]?.framePointerSlot).toBe('0xc000000030');
    expect(second).toMatchObject({ id: '8', status: 'waiting', waitReason: 'chan receive', minutes: 3 });
  });

  it('tells the crash', () => {
    expect(report.crash).toMatchObject({
      kind: 'panic',
      headline: 'main.fill left the frame pointer changed',
      goroutine: '7',
      firstUserFrame: { function: 'main.fill', file: '/src/fill.go', line: 20 },
    });
    expect(report.crash).not.toHaveProperty('signal');
    expect(report.crash).not.toHaveProperty('victim');
  });

  it('names each bogus pointer once, under the best finding that names it', () => {
    expect(report.bogusPointers).toEqual([
      { value: '0x30bc5b29', at: '0xc000000030', why: 'in no mapping', finding: 'FP-01' },
      { value: '0x30bc5b29', at: 'rbp', why: 'the same value', finding: 'FP-01' },
    ]);
    expect(report.findings.map(({ id }) => id)).toEqual(['FP-01', 'NIL-01']);
    expect(report.findings[0]?.explains).toEqual(['NIL-01']);
    expect(report.findings[1]).not.toHaveProperty('explains');
  });

  it('says what was verified and what would refute a finding, where there is any', () => {
    expect(report.findings[0]?.checks).toEqual([{ statement: 'the return addresses hold', held: true }]);
    expect(report.findings[0]?.refutedBy).toEqual(['`main.fill` saves the frame pointer before it is changed.']);
    expect(report.findings[1]).not.toHaveProperty('checks');
    expect(report.findings[1]).not.toHaveProperty('refutedBy');
  });

  it('gives chains, memory ranges and registers', () => {
    expect(report.chains).toEqual([
      {
        owner: '7',
        arch: 'amd64',
        links: [
          {
            slot: '0xc000000030',
            value: '0x30bc5b29',
            expected: '0xc000000070',
            verdict: 'bogus',
            reason: 'in no mapping',
            frame: 'main.fill',
          },
        ],
      },
    ]);
    expect(report.memory).toEqual({
      words: 3,
      ranges: [
        { start: '0xc000000030', end: '0xc000000040', source: 'crash.txt:5' },
        { start: '0xc000000050', end: '0xc000000058', source: 'crash.txt:7' },
      ],
    });
    expect(report.threads).toEqual([{ name: 'crashing thread', frames: [], registers: { rbp: '0x30bc5b29' } }]);
  });

  it('leaves absent facts out, so that JSON and object agree', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('puts further snapshots under also', () => {
    const analysed = syntheticCase();
    const { also } = toReport({ ...analysed, snapshots: [...analysed.snapshots, ...syntheticCase({ ids: 10n }).snapshots] });
    expect(also?.map(({ crash }) => crash?.goroutine)).toEqual(['17']);
  });

  it('reports documents of which nothing was made', () => {
    const empty = toReport({ ...syntheticCase(), snapshots: [], recognised: false });
    expect(empty.coverage).toMatchObject({ lines: 13, prose: 13, recognised: 0 });
    expect(empty.goroutines.count).toBe(0);
  });
});

describe('--summary', () => {
  it('has no items and keeps the counts', () => {
    const report = toReport(syntheticCase(), { summary: true });
    expect(report.goroutines).not.toHaveProperty('items');
    expect(report.goroutines.count).toBe(3);
  });

  it('bounds what grows with the input', () => {
    const many = syntheticCase();
    const [main] = many.snapshots;
    const event = main?.snapshot.events[0];
    if (main === undefined || event === undefined) throw new Error('no event');
    main.snapshot.events = Array.from({ length: 5000 }, () => ({ ...event, text: 'long '.repeat(5000) }));
    const snapshots = Array.from({ length: 150 }, () => main);
    const summary = toReport({ ...many, snapshots }, { summary: true });
    expect(summary.events).toHaveLength(200);
    expect(summary.also).toHaveLength(20);
    expect(JSON.stringify(summary.events[0]).length).toBeLessThan(1200);
    expect(toReport({ ...many, snapshots: [main] }).events).toHaveLength(5000);
  });
});

describe('the fingerprint', () => {
  const of = (analysed: ReturnType<typeof syntheticCase>) => toReport(analysed).crash?.fingerprint;

  it('stays the same over addresses and goroutine ids', () => {
    expect(of(syntheticCase())).toMatch(/^[0-9a-f]{16}$/);
    expect(of(syntheticCase({ shift: 0x1000n, ids: 100n }))).toBe(of(syntheticCase()));
  });

  it('differs for another function and for another kind of crash', () => {
    const other = syntheticCase();
    const strings = other.snapshots[0]?.snapshot.strings ?? [];
    strings[strings.indexOf('main.fill')] = 'main.drain';
    expect(of(other)).not.toBe(of(syntheticCase()));
    const signal = syntheticCase();
    const crash = signal.snapshots[0]?.snapshot.crash;
    if (crash !== undefined) crash.kind = 'signal';
    expect(of(signal)).not.toBe(of(syntheticCase()));
  });
});
