/** A crash loop is one entry; a dump printed twice is one crash; different crashes stay apart. */
import { describe, expect, it } from 'vitest';
import { analyse, toReport, toText } from '../../../src/core/index.ts';

interface Death {
  minute?: number;
  line?: number;
  sp?: string;
}

function death({ line = 41, sp = 'c000047f00' }: Death): string {
  return [
    'panic: runtime error: index out of range [7] with length 3',
    '',
    'goroutine 1 [running]:',
    'main.(*Shelf).take(...)',
    `\t/srv/app/shelf.go:${line}`,
    'main.main()',
    `\t/srv/app/main.go:12 +0x1d fp=0x${sp} sp=0x${sp.replace(/f00$/, 'e80')} pc=0x4a1b2c`,
    'exit status 2',
    '',
  ].join('\n');
}

const cri = (text: string, minute: number) =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => `2026-03-04T05:${minute.toString().padStart(2, '0')}:06.7Z stderr F ${line}\n`)
    .join('');

async function reportOf(text: string) {
  const analysed = await analyse([{ name: 'app.log', bytes: new TextEncoder().encode(text) }]);
  return { report: toReport(analysed), text: toText(analysed) };
}

describe('a crash loop', () => {
  it('is one entry with its number and times', async () => {
    const log = Array.from({ length: 30 }, (_unused, run) =>
      cri(death({ sp: `c0${run.toString().padStart(2, '0')}047f00` }), run),
    );
    const { report, text } = await reportOf(log.join(''));
    expect(report.crash?.repeats).toEqual({ count: 30, first: '2026-03-04T05:00:06.7Z', last: '2026-03-04T05:29:06.7Z' });
    expect(report.also).toBeUndefined();
    expect(report.crash?.firstUserFrame?.function).toBe('main.(*Shelf).take');
    expect(text).toContain('× 30');
    expect(text).toContain('2026-03-04T05:29:06.7Z');
  });

  it('is counted beyond the number of snapshots that are built', async () => {
    const { report } = await reportOf(Array.from({ length: 400 }, () => `${death({})}restarting\n`).join(''));
    expect(report.crash?.repeats?.count).toBe(400);
    expect(report.crash?.repeats?.first).toBeUndefined();
  });

  it('keeps another crash among the repeats apart', async () => {
    const log = cri(death({}), 1) + cri(death({ line: 77 }), 2) + cri(death({ sp: 'c00a047f00' }), 3);
    const { report } = await reportOf(log);
    expect(report.crash?.repeats).toEqual({ count: 2, first: '2026-03-04T05:01:06.7Z', last: '2026-03-04T05:03:06.7Z' });
    expect(report.also?.length).toBe(1);
    expect(report.also?.[0]?.crash?.repeats).toBeUndefined();
  });

  it('takes times of other logs', async () => {
    const go = (minute: string) =>
      death({ sp: `c0${minute}047f00` })
        .split('\n')
        .slice(0, -1)
        .map((line) => `2026/03/04 05:${minute}:06 ${line}\n`)
        .join('');
    const { report } = await reportOf(go('10') + go('11'));
    expect(report.crash?.repeats).toEqual({ count: 2, first: '2026-03-04T05:10:06', last: '2026-03-04T05:11:06' });
  });
});

describe('one dump printed twice', () => {
  it('is one crash', async () => {
    const { report } = await reportOf(`${death({})}supervisor: the child said:\n${death({})}`);
    expect(report.also).toBeUndefined();
    expect(report.crash?.repeats).toBeUndefined();
    expect(report.goroutines.count).toBe(1);
  });

  it('is two runs where the addresses differ', async () => {
    const { report } = await reportOf(`${death({})}supervisor: the child said:\n${death({ sp: 'c00a047f00' })}`);
    expect(report.crash?.repeats?.count).toBe(2);
  });
});
