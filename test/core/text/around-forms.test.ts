/** Forms that libraries, tools and other compilers print around a crash, and what is said of texts that were cut. */
import { describe, expect, it } from 'vitest';
import { analyse, toReport, type Report } from '../../../src/core/index.ts';

async function reportOf(lines: readonly string[] | Uint8Array, name = 'input.txt'): Promise<Report> {
  const bytes = lines instanceof Uint8Array ? lines : new TextEncoder().encode(`${lines.join('\n')}\n`);
  return toReport(await analyse([{ name, bytes }]));
}

const dump = [
  'panic: no bins left',
  '',
  'goroutine 1 [running]:',
  'main.(*Shelf).take(...)',
  '\t/srv/app/shelf.go:41',
  'main.main()',
  '\t/srv/app/main.go:12 +0x1d',
];
const logs = (report: Report) => report.events.filter(({ kind }) => kind === 'log').map(({ text }) => text);

describe('goroutine profiles as text', () => {
  it('count goroutines without naming them', async () => {
    const report = await reportOf([
      'goroutine profile: total 4',
      '3 @ 0x43a1b6 0x40b1c2 0x4a1b2c 0x46d2e1',
      '# labels: {"tenant":"north, east", "path":"/v1"}',
      '#\t0x4a1b2b\tmain.(*Shelf).wait+0x4b\t\t/srv/app/shelf.go:61',
      '#\t0x46d2e0\tmain.main.func1+0x20\t\t/srv/app/main.go:19',
      '',
      '1 @ 0x4a1b2c',
      '#\t0x4a1b2b\tmain.main+0x1b\t/srv/app/main.go:22',
    ]);
    expect(report.goroutines.count).toBe(4);
    expect(report.goroutines.groups).toEqual([
      { count: 3, ids: [], stack: 0 },
      { count: 1, ids: [], stack: 1 },
    ]);
    expect(report.stacks[0]?.map((frame) => [frame.function, frame.line])).toEqual([
      ['main.(*Shelf).wait', 61],
      ['main.main.func1', 19],
    ]);
    expect(report.stacks[1]?.[0]).toMatchObject({ function: 'main.main', pc: '0x4a1b2b' });
    expect(report.goroutines.items?.[0]?.labels).toEqual({ tenant: 'north, east', path: '/v1' });
    expect(report.coverage.unrecognised).toEqual([]);
    expect(report.coverage.prose).toBe(0);
  });

  it('binary profiles and heap dumps are named', async () => {
    // period_type, period, sample_type: Go 1.26 writes them in this order.
    const profile = Uint8Array.of(0x5a, 4, 8, 1, 16, 2, 0x60, 1, 0x0a, 4, 8, 1, 16, 2, 0x22, 4, 8, 1, 0x18, 5);
    expect((await reportOf(profile)).documents[0]?.kind).toBe('profile');
    const heap = new TextEncoder().encode('go1.7 heap dump\n\u0006\0\b');
    expect((await reportOf(heap)).documents[0]?.kind).toBe('heap-dump');
  });
});

describe('recovery handlers', () => {
  it('of gin: the place stands above the function', async () => {
    const report = await reportOf([
      '2026/11/21 09:29:50 [Recovery] 2026/11/21 - 09:29:50 panic recovered:',
      'GET /take HTTP/1.1',
      'Host: depot',
      '',
      'runtime error: index out of range [7] with length 3',
      '/srv/app/shelf.go:41 (0x8f2b64)',
      '\t(*Shelf).take: return s.bins[i]',
      '/srv/app/main.go:19 (0x8e1a2b)',
      '\tmain: take(7)',
      '',
    ]);
    expect(report.events).toMatchObject([{ kind: 'panic', text: 'runtime error: index out of range [7] with length 3' }]);
    expect(report.threads[0]?.frames).toMatchObject([
      { function: '(*Shelf).take', file: '/srv/app/shelf.go', line: 41, pc: '0x8f2b64' },
      { function: 'main', line: 19 },
    ]);
    expect(report.coverage.prose).toBe(3);
  });

  it('of echo: the header stands behind the value', async () => {
    const report = await reportOf([`[PANIC RECOVER] no bins left ${dump[2] ?? ''}`, ...dump.slice(3)]);
    expect(report.crash).toMatchObject({ kind: 'panic', goroutine: '1', firstUserFrame: { function: 'main.(*Shelf).take' } });
    expect(report.events[0]?.text).toBe('no bins left');
  });
});

describe('other compilers and tools', () => {
  it('TinyGo is named', async () => {
    const report = await reportOf(['panic: runtime error at 0x0000000000203f17: nil pointer dereference', 'Aborted']);
    expect(report.crash?.kind).toBe('panic');
    expect(logs(report)[0]).toContain('TinyGo');
  });

  it('gccgo is named', async () => {
    const frames = ['main.take', '\t/srv/dev/main.go:7', 'runtime_main', '\t../../../src/libgo/runtime/go-main.c:106'];
    const report = await reportOf([...dump.slice(0, 3), ...frames]);
    expect(logs(report)[0]).toContain('gccgo');
    expect(report.crash?.firstUserFrame?.function).toBe('main.take');
  });

  it('a sanitizer block is kept apart from the Go stack', async () => {
    const report = await reportOf([
      ...dump,
      '='.repeat(65),
      '==4711==ERROR: AddressSanitizer: ABRT on unknown address 0x000000001267 (pc 0x7f2a8c0c400b T0)',
      '    #0 0x7f2a8c0c400b in runtime.raise.abi0 runtime/sys_linux_amd64.s:154',
      '',
      'SUMMARY: AddressSanitizer: ABRT runtime/sys_linux_amd64.s:154 in runtime.raise.abi0',
      '==4711==ABORTING',
    ]);
    expect(report.documents[0]?.kind).toBe('go-dump');
    expect(report.crash).toMatchObject({ kind: 'panic', goroutine: '1' });
    expect(logs(report)[0]).toMatch(/^AddressSanitizer: ABRT/);
    expect(report.threads).toEqual([]);
    expect(report.coverage.prose).toBe(0);
  });
});

describe('cut texts say so', () => {
  it('head', async () => {
    const report = await reportOf([...dump.slice(6), '', ...dump.slice(2)]);
    expect(logs(report)).toEqual(['The dump begins inside a stack: its head is missing']);
  });

  it.each([[3], [4], [6]])('tail behind line %i', async (lines) => {
    expect(logs(await reportOf(dump.slice(0, lines)))).toEqual(['The dump ends inside a stack: its tail is missing']);
  });

  it('a dump of exactly 64 MiB', async () => {
    const tail = new TextEncoder().encode(`\n${dump.slice(2).join('\n')}\n`);
    const bytes = new Uint8Array(64 * 1024 * 1024).fill(0x78);
    bytes.set(tail, bytes.length - tail.length);
    expect(logs(await reportOf(bytes))[0]).toContain('67108864');
  });

  it('whole dumps say nothing', async () => {
    expect(logs(await reportOf(dump))).toEqual([]);
    expect(logs(await reportOf([...dump, 'exit status 2']))).toEqual([]);
  });
});

describe('threads that print at once', () => {
  it('die of reasons of their own', async () => {
    const report = await reportOf([
      'fatal error: fatal error: stopm holding locksunexpected signal during runtime execution',
      '[signal SIGSEGV: segmentation violation code=0x1 addr=0x18 pc=0x4863c0]',
      ...dump.slice(1),
    ]);
    expect(report.events.map(({ kind, text }) => [kind, text])).toEqual([
      ['fatal-error', 'stopm holding locks'],
      ['fatal-error', 'unexpected signal during runtime execution'],
    ]);
    expect(report.also).toBeUndefined();
    expect(report.crash?.faultAddress).toBe('0x18');
  });

  it('are both kept where their lines alternate', async () => {
    const other = [
      'goroutine 7 [running]:',
      'main.(*Dock).load(...)',
      '\t/srv/app/dock.go:9',
      'main.main.func1()',
      '\t/srv/app/main.go:30 +0x2b',
    ];
    const report = await reportOf([...dump.slice(0, 3), dump[3] ?? '', dump[4] ?? '', ...other, ...dump.slice(5)]);
    const frames = (report.goroutines.items ?? []).flatMap((one) => one.frames.map((frame) => frame.function));
    expect(new Set(frames)).toEqual(new Set(['main.(*Shelf).take', 'main.(*Dock).load', 'main.main.func1', 'main.main']));
    expect(report.coverage.prose).toBe(0);
  });
});
