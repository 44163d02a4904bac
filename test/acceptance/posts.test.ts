/**
 * Crash reports as they stand in blog posts, mails and issue threads: flattened to one line, with lost tabs, wrapped, quoted twice,
 * between sentences. The story must come out, and the sentences must stay sentences.
 */
import { describe, expect, it } from 'vitest';
import { LineClass } from '../../src/core/model/line-class.ts';
import { allReports, fixture, run, type Outcome } from './run.ts';

const post = (name: string): Promise<Outcome> => run(fixture(`acceptance/posts/${name}.txt`), `${name}.txt`);

/** Lines that are plainly sentences or parts of one: a capital, then six words or more and no number. */
function sentencesOf(text: string): { index: number; line: string }[] {
  return text
    .split('\n')
    .map((line, index) => ({ index, line }))
    .filter(({ line }) => /^\s*[A-Z][a-z]* (?:[A-Za-z,'-]+ ){4,}[A-Za-z']+[.,:?]?$/.test(line));
}

function expectProseKept({ analysed, report }: Outcome, name: string, atLeast: number): void {
  const sentences = sentencesOf(fixture(`acceptance/posts/${name}.txt`));
  expect(sentences.length).toBeGreaterThanOrEqual(atLeast);
  const classes = analysed.lineClasses?.[0];
  const read = sentences.filter(({ index }) => classes?.[index] !== LineClass.prose);
  expect(read.map(({ line }) => line)).toEqual([]);
  expect(report.coverage.unrecognised).toEqual([]);
  expect(report.coverage.recognised + report.coverage.prose).toBe(report.coverage.lines);
}

const values = ({ report }: Outcome): string[] => report.bogusPointers.map((pointer) => pointer.value);

describe('a dump flattened to one line, and assembly flattened to another', () => {
  it('says that code was taken for a frame pointer', async () => {
    const outcome = await post('one-line-dump');
    expect(['FP-04', 'FP-05']).toContain(outcome.report.findings[0]?.rule);
    expect(values(outcome)).toContain('0x43ffa97ffc05');
    expect(outcome.report.crash?.headline).toContain('lanes.fill_pattern_neon');
    expect(outcome.report.crash).toMatchObject({ goroutine: '907', signal: 'SIGSEGV', faultAddress: '0x43ffa97ffc05' });
    expectProseKept(outcome, 'one-line-dump', 6);
  });
});

describe('excerpts of several crashes between paragraphs', () => {
  it('keeps the crashes apart and tells one story of corruption', async () => {
    const outcome = await post('several-crashes');
    const reports = allReports(outcome.report);
    expect(reports).toHaveLength(4);
    expect(outcome.report.findings[0]?.rule).toBe('MC-01');
    expect(values(outcome)).toContain('0xc4201d7f40');
    expect(reports.map((report) => report.crash?.kind)).toEqual(['fatal-error', 'panic', 'fatal-error', 'fatal-error']);
    expectProseKept(outcome, 'several-crashes', 4);
  });

  it('takes each number into the crash that printed it', async () => {
    const { report } = await post('several-crashes');
    const [first, second, third, fourth] = allReports(report);
    expect(first?.crash?.faultAddress).toBe('0xc5202c4000');
    expect(first?.crash?.goroutine).toBe('1187');
    expect(second?.bogusPointers).toEqual([]);
    expect(third?.bogusPointers.map((pointer) => pointer.value)).toContain('0xc4201d7f40');
    expect(third?.crash?.faultAddress).toBeUndefined();
    // si_code 0x80: the kernel had no address to give.
    expect(fourth?.crash).toMatchObject({ goroutine: '21', code: 128 });
    expect(fourth?.crash?.faultAddress).toBeUndefined();
  });
});

describe('a dump without tabs, printed in part and then whole', () => {
  it('names the probe, its function and the slot', async () => {
    const outcome = await post('return-probe');
    expect(outcome.report.findings[0]?.rule).toBe('RA-01');
    expect(outcome.report.crash?.headline).toContain('main.collect');
    expect(outcome.report.bogusPointers).toMatchObject([{ value: '0x7fffffffe000', at: '0xc0000a6f38' }]);
    expectProseKept(outcome, 'return-probe', 4);
  });

  it('is one crash with the goroutine’s stack as the runtime bounded it', async () => {
    const { report, main } = await post('return-probe');
    expect(report.also).toBeUndefined();
    expect(main.snapshot.stacks).toHaveLength(1);
    expect(main.snapshot.stacks[0]).toMatchObject({ start: 0xc0000a6000n, end: 0xc0000a7000n, known: 'printed', owner: '1' });
    expect(report.memory.words).toBe(0x220 / 8);
  });
});

describe('a mail with indented, wrapped dumps and a session that ran backwards', () => {
  it('finds the C memory that was never cleared', async () => {
    const outcome = await post('uninitialised-c-memory');
    expect(['CGO-01', 'GC-03']).toContain(outcome.report.findings[0]?.rule);
    expect(values(outcome)[0]).toBe('0xc0002d3000');
    expect(outcome.report.crash?.headline).toContain('(*headExporter).finish');
    expect(allReports(outcome.report).filter((report) => report.goroutines.count > 0)).toHaveLength(1);
    expectProseKept(outcome, 'uninitialised-c-memory', 2);
  });

  it('joins what the mail wrapped', async () => {
    const { report } = await post('uninitialised-c-memory');
    const frames = report.goroutines.items?.[0]?.frames ?? [];
    expect(frames.map((frame) => frame.function)).toEqual([
      'runtime.systemstack_switch',
      'runtime.wbBufFlush',
      'runtime.gcWriteBarrier',
      'runtime.gcWriteBarrierSI',
      'example.org/tables/rpc.openStream',
    ]);
    expect(frames.at(-1)).toMatchObject({ line: 223, fp: '0xc0000687b0', sp: '0xc000068660', pc: '0x7f41b51773c5' });
    expect(report.goroutines.items?.[0]?.locked).toBe(true);
    expect(report.mappings.map((mapping) => mapping.start)).toContain('0x55e1a64c1000');
  });
});
