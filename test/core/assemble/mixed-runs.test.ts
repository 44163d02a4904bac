/** Output of another run or another build is kept apart, with the reason: expected, found, what to do. */
import { describe, expect, it } from 'vitest';
import { analyse, toReport } from '../../../src/core/index.ts';
import { snapshotsOf } from './support.ts';

const frame = (name: string, line: number, offset: string, place: string): string =>
  `${name}(0xc000044018)\n\t/src/app/main.go:${line.toString()} +${offset} ${place}\n`;

const report = [
  'panic: gone\n\n',
  'goroutine 7 gp=0xc000006a80 m=0 mp=0x50e6a0 [running]:\n',
  frame('main.fill', 15, '0x55', 'fp=0xc000040f08 sp=0xc000040ed8 pc=0x471915'),
  frame('main.step', 18, '0x20', 'fp=0xc000040f28 sp=0xc000040f08 pc=0x471960'),
  frame('main.walk', 19, '0x20', 'fp=0xc000040f38 sp=0xc000040f28 pc=0x471980'),
  frame('main.main', 21, '0x37', 'fp=0xc000040f48 sp=0xc000040f38 pc=0x4719f7'),
].join('');

const text = 'r-xp   /home/kim/app/app';
const mappings = (pid: number, start: string): string =>
  `process ${pid.toString()}\nMapped address spaces:\n\n          Start Addr           End Addr       Size     Offset  Perms  objfile\n            ${start}           0x${(Number(start) + 0x72000).toString(16)}    0x72000        0x0  ${text}\n`;

describe('output of the same run', () => {
  it.each([
    ['words', '(gdb) x/2xg 0xc000040ed8\n0xc000040ed8:\t0x0000000000000001\t0x0000000000000002\n'],
    ['an entry that agrees', '(gdb) info symbol 0x471915\nmain.fill + 85 in section .text\n'],
    [
      'the same stack',
      '(gdb) bt\n#0  main.fill (p=0x1) at /src/app/main.go:15\n#1  0x0000000000471960 in main.step () at /src/app/main.go:18\n',
    ],
  ])('joins: %s', async (_name, session) => {
    const snapshots = await snapshotsOf(report, session);
    expect(snapshots).toHaveLength(1);
    expect(snapshots[0]?.apart).toBeUndefined();
  });
});

describe('output of another run', () => {
  const bt = [
    '(gdb) bt',
    '#0  main.fill (p=0x1) at /src/app/main.go:15',
    '#1  0x0000000000571960 in main.step () at /src/app/main.go:18',
    '#2  0x0000000000571980 in main.walk () at /src/app/main.go:19',
    '#3  0x00000000005719f7 in main.main () at /src/app/main.go:21',
    '',
  ].join('\n');

  it.each([
    [
      'function-entry',
      report,
      '(gdb) x/i 0x571915\n   0x571915 <main.fill+85>:\tret\n(gdb) x/2xg 0xc000040ed8\n0xc000040ed8:\t0x01\t0x02\n',
      '`main.fill` at `0x4718c0`',
      '`main.fill` at `0x5718c0`',
    ],
    ['return-address', report, bt, 'line 18, at `0x471960`', '`0x571960`'],
    [
      'heap',
      report,
      '(gdb) info registers rsp\nrsp            0x14e2acf80ed8      0x14e2acf80ed8\n',
      'stacks near `0xc000040ed8`',
      '`0x14e2acf80ed8`',
    ],
    ['mapping', mappings(41, '0x400000') + report, mappings(41, '0x500000'), '`app` at `0x400000`', '`0x500000`'],
    ['pid', mappings(41, '0x400000') + report, mappings(42, '0x400000'), 'process `41`', 'process `42`'],
    [
      'version',
      `${report}runtime.goexit({})\n\t/root/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.22.12.linux-amd64/src/runtime/asm_amd64.s:1693 +0x1\n`,
      '(gdb) bt\n#0  runtime.goexit () at /root/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.25.5.linux-amd64/src/runtime/asm_amd64.s:1700\n#1  0x0000000000471960 in main.f () at /src/x.go:3\n',
      'Go `1.22.12`',
      'Go `1.25.5`',
    ],
    [
      'architecture',
      `${report}rax    0x0\nrbx    0x1\nrcx    0x1\nrdx    0x1\nrip    0x471915\n`,
      '(gdb) info registers\nx0             0x0                 0\nx1             0x1                 1\nx29            0x4000040ed8        274878173912\nx30            0x1                 1\n',
      '`amd64`',
      '`arm64`',
    ],
  ])('is refused: %s', async (kind, first, second, expected, found) => {
    const [main, other, ...more] = await snapshotsOf(first, second);
    expect(more).toEqual([]);
    expect(main?.apart).toBeUndefined();
    expect(main?.goroutines.length).toBe(1);
    expect(other?.apart?.kind).toBe(kind);
    expect(other?.apart?.expected).toContain(expected);
    expect(other?.apart?.found).toContain(found);
    expect(other?.apart?.advice).not.toBe('');
    // What was worked out from a frame has that frame's line.
    expect(other?.apart?.expectedSource?.document).toBe(0);
    expect(other?.apart?.foundSource?.document).toBe(1);
  });

  it.each([
    ['an entry', '(gdb) x/i 0x571915\n   0x571915 <main.fill+85>:\tret\n', 'main.fill(0xc000044018)', '0x571915 <main.fill+85>'],
    ['a return address', bt, 'main.step(0xc000044018)', '#1  0x0000000000571960 in main.step'],
    [
      'a stack',
      '(gdb) info registers rsp\nrsp            0x14e2acf80ed8      0x14e2acf80ed8\n',
      'main.fill(0xc000044018)',
      'rsp  ',
    ],
  ])('says where %s was printed that it is worked out from', async (_what, session, expected, found) => {
    const [, other] = await snapshotsOf(report, session);
    const { expectedSource, foundSource } = other?.apart ?? {};
    expect(report.slice(expectedSource?.start ?? 0, expectedSource?.end ?? 0)).toBe(expected);
    expect(session.slice(foundSource?.start ?? 0, foundSource?.end ?? 0)).toContain(found);
  });

  it('keeps its pieces together', async () => {
    const snapshots = await snapshotsOf(report, bt, `${bt}(gdb) x/2xg 0xc000040ed8\n0xc000040ed8:\t0x01\t0x02\n`);
    expect(snapshots).toHaveLength(2);
    expect(snapshots[1]?.threads.length).toBe(2);
    expect(snapshots[0]?.memory.addresses.length).toBe(0);
  });

  it('says why in the report', async () => {
    const encoder = new TextEncoder();
    const analysed = await analyse([
      { name: 'dump.txt', bytes: encoder.encode(report) },
      { name: 'session.txt', bytes: encoder.encode(bt) },
    ]);
    const { process, also } = toReport(analysed);
    expect(process.why?.['apart']).toBeUndefined();
    expect(also?.[0]?.process.why?.['apart']).toMatch(/^Not of the same run.*expected.*found.*Record the session/);
  });
});

describe('two sessions', () => {
  it('of two processes stay apart without any report', async () => {
    const snapshots = await snapshotsOf(mappings(41, '0x400000'), mappings(42, '0x400000'));
    expect(snapshots.map((snapshot) => snapshot.apart?.kind)).toEqual([undefined, 'pid']);
  });

  it('that agree are one process', async () => {
    expect(await snapshotsOf(mappings(41, '0x400000'), mappings(41, '0x400000'))).toHaveLength(1);
  });
});
