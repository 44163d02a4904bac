import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/core/report/contract.ts';
import { buildCommand, filesOf, framewalk, framewalkToClosedPipe } from './framewalk.ts';

const panic = [
  'panic: runtime error: invalid memory address or nil pointer dereference',
  '[signal SIGSEGV: segmentation violation code=0x1 addr=0x8 pc=0x46a1b2]',
  '',
  'goroutine 1 [running]:',
  'main.(*order).total(...)',
  '\t/srv/shop/order.go:12',
  'main.main()',
  '\t/srv/shop/main.go:9 +0x12',
  'exit status 2',
  '',
].join('\n');
const deadlock = [
  'fatal error: all goroutines are asleep - deadlock!',
  '',
  'goroutine 1 [chan receive]:',
  'main.main()',
  '\t/srv/shop/main.go:7 +0x2d',
  '',
].join('\n');
const prose = 'Dear all,\nthe meeting is at three.\n';

/** Goroutines enough for a report of several megabytes: more than a pipe takes at once. */
function manyGoroutines(count: number): string {
  const blocks = ['SIGQUIT: quit', 'PC=0x4653d2 m=0 sigcode=0', ''];
  for (let id = 1; id <= count; id++) {
    blocks.push(`goroutine ${id} [select]:`, `main.serve(0xc00${id.toString(16)})`, `\t/srv/shop/serve.go:${id % 50} +0x1d`, '');
  }
  return blocks.join('\n');
}

const path = filesOf({
  'panic.txt': panic,
  'panic.txt.gz': gzipSync(panic),
  'deadlock.txt': deadlock,
  'stack.bin': new Uint8Array(BigUint64Array.of(0xc000068f68n, 0x4b7a45n).buffer),
  'prose.txt': prose,
  'empty.txt': '',
  'many.txt': manyGoroutines(20_000),
});
const reportsOf = (ndjson: string) =>
  ndjson
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Report);

beforeAll(buildCommand, 120_000);

describe('framewalk analyze', () => {
  it('prints what to ask next as a script and nothing else', () => {
    const { status, stdout, stderr } = framewalk(['analyze', '--ask', 'gdb', path('panic.txt')]);
    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^set pagination off\n[^]*\npython ask\("info registers"\)\n/);
    expect(stdout).not.toContain('main.(*order).total');
  });

  it('refuses debuggers that it does not know, and a script in the form of a report', () => {
    expect(framewalk(['analyze', '--ask', 'ida', path('panic.txt')])).toMatchObject({
      status: 2,
      stderr: 'framewalk: Expected a debugger after --ask (gdb, rr, delve, lldb), found "ida".\n',
    });
    expect(framewalk(['analyze', '--ask', 'gdb', '--json', path('panic.txt')]).status).toBe(2);
  });

  it('prints a readable report no wider than 80 columns', () => {
    const { status, stdout, stderr } = framewalk(['analyze', path('panic.txt')]);
    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toContain('▶ main.(*order).total');
    expect(stdout).toContain('GOTRACEBACK=system');
    expect(stdout).toContain('   1 | panic: runtime error: invalid memory address');
    for (const line of stdout.replaceAll(path(''), '').split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(80);
  });

  it('prints the JSON report', () => {
    const { status, stdout } = framewalk(['analyze', '--json', path('panic.txt')]);
    const [report, ...none] = reportsOf(stdout);
    expect(status).toBe(0);
    expect(none).toEqual([]);
    expect(report?.documents[0]?.name).toBe(path('panic.txt'));
    expect(report?.findings[0]?.rule).toBe('NIL-01');
    expect(report?.crash?.firstUserFrame?.function).toBe('main.(*order).total');
  });

  it('treats all files as one case with --json and each as its own with --ndjson, in the order given', () => {
    const files = [path('deadlock.txt'), path('panic.txt'), path('prose.txt'), path('panic.txt.gz')];
    const one = reportsOf(framewalk(['analyze', '--json', ...files]).stdout);
    expect(one.map(({ documents }) => documents.map(({ name }) => name))).toEqual([files]);
    const { status, stdout } = framewalk(['analyze', '--ndjson', ...files]);
    expect(status).toBe(0);
    expect(reportsOf(stdout).map(({ documents }) => documents.map(({ name }) => name))).toEqual(files.map((file) => [file]));
    expect(reportsOf(stdout)[3]?.documents[0]?.layers).toEqual(['gzip']);
  });

  it('reads standard input', () => {
    const { status, stdout } = framewalk(['analyze', '--json', '-'], gzipSync(panic));
    expect(status).toBe(0);
    expect(reportsOf(stdout)[0]?.documents[0]?.name).toBe('standard input');
    expect(reportsOf(stdout)[0]?.goroutines.count).toBe(1);
  });

  it('exits 1 when nothing is recognised, with a report all the same', () => {
    for (const file of ['prose.txt', 'empty.txt']) {
      const { status, stdout } = framewalk(['analyze', path(file)]);
      expect(status).toBe(1);
      expect(stdout).toContain('No Go traceback, debugger output or ELF file recognised');
    }
    expect(framewalk(['analyze', '--ndjson', path('prose.txt'), path('empty.txt')]).status).toBe(1);
    expect(framewalk(['analyze', '--ndjson', path('prose.txt'), path('panic.txt')]).status).toBe(0);
  });

  it('exits 2 for a file that cannot be read, and says what to do', () => {
    const missing = framewalk(['analyze', path('missing.txt')]);
    expect(missing.status).toBe(2);
    expect(missing.stderr).toContain(path('missing.txt'));
    expect(missing.stderr).toContain('Check the path');
    expect(framewalk(['analyze', path('')]).stderr).toContain('it is a directory');
  });

  it('goes on after an unreadable file with --ndjson, and still exits 2', () => {
    const { status, stdout, stderr } = framewalk(['analyze', '--ndjson', path('missing.txt'), path('panic.txt')]);
    expect(status).toBe(2);
    expect(stderr).toContain('missing.txt');
    expect(reportsOf(stdout)).toHaveLength(1);
  });

  it('writes a large report to a pipe completely, and a bounded one with --summary', () => {
    const full = framewalk(['analyze', '--json', path('many.txt')]).stdout;
    expect(full.length).toBeGreaterThan(3_000_000);
    expect(reportsOf(full)[0]?.goroutines.items).toHaveLength(20_000);
    const summary = framewalk(['analyze', '--json', '--summary', path('many.txt')]).stdout;
    expect(summary.length).toBeLessThan(100_000);
    expect(reportsOf(summary)[0]?.goroutines.count).toBe(20_000);
  });

  it('ends quietly when the reader goes away', async () => {
    const { status, stderr } = await framewalkToClosedPipe(['analyze', '--json', path('many.txt')]);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('has no escape sequences in a pipe, and colours when asked', () => {
    const escape = '\u001b[';
    expect(framewalk(['analyze', path('panic.txt')]).stdout).not.toContain(escape);
    expect(framewalk(['analyze', '--color', path('panic.txt')]).stdout).toContain(escape);
  });

  it('shows the stack of the goroutine asked for', () => {
    const { stdout } = framewalk(['analyze', '--goroutine', '17', path('many.txt')]);
    expect(stdout).toContain('Frames of goroutine 17 (select), innermost first');
    expect(framewalk(['analyze', '--goroutine', '0x7', path('many.txt')]).stdout).toContain('Goroutine 0x7 is not in the input');
  });

  it('prints Markdown for a bug tracker', () => {
    const { stdout } = framewalk(['analyze', '--markdown', path('panic.txt')]);
    expect(stdout).toMatch(/^## .*`main\.\(\*order\)\.total`/);
    expect(stdout).toContain('### Evidence');
    expect(stdout).toContain('```text');
  });
});

describe('framewalk link and open', () => {
  it('prints a link that opens as the same case', () => {
    const { status, stdout } = framewalk(['link', path('panic.txt')]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^#1\.[\w-]+\n$/);
    const opened = framewalk(['open', '--json', stdout.trim()]);
    expect(opened.status).toBe(0);
    const report = reportsOf(opened.stdout)[0];
    expect(report?.documents[0]?.name).toBe('panic.txt');
    expect(report?.findings).toEqual(reportsOf(framewalk(['analyze', '--json', path('panic.txt')]).stdout)[0]?.findings);
    expect(framewalk(['open', '-'], `https://example.org/${stdout}`).status).toBe(0);
  });

  it('unpacks a compressed file before it goes into the link', () => {
    const opened = framewalk(['open', '--json', framewalk(['link', path('panic.txt.gz')]).stdout.trim()]);
    expect(reportsOf(opened.stdout)[0]?.documents).toEqual([
      { name: 'panic.txt.gz', bytes: panic.length, kind: 'go-dump', layers: [] },
    ]);
  });

  it('reads an excerpt of memory where it is said to lie, and asks for its address otherwise', () => {
    const file = path('stack.bin');
    const asked = framewalk(['analyze', file]);
    expect(asked.status).toBe(1);
    expect(asked.stderr).toContain(`--base ${file}=0xADDRESS`);
    expect(framewalk(['analyze', '--base', `${file}=0xc000040000`, file])).toMatchObject({ status: 0, stderr: '' });
    expect(framewalk(['analyze', '--base', 'stack.bin', file])).toMatchObject({ status: 2 });
    expect(framewalk(['analyze', '--base', 'other.bin=0x1000', file])).toMatchObject({ status: 2 });
  });

  it('puts a base before the link', () => {
    expect(framewalk(['link', '--base', 'https://example.org/', path('panic.txt')]).stdout).toMatch(
      /^https:\/\/example\.org\/#1\./,
    );
  });

  it('exits 2 with the reason for a link that does not open', () => {
    const link = framewalk(['link', path('panic.txt')]).stdout.trim();
    const cases: [string, string][] = [
      [link.slice(0, -10), 'cut off'],
      ['#2.abc', 'newer version'],
      ['#1.a*b', 'damaged'],
      ['hello', 'not a Framewalk link'],
    ];
    for (const [bad, reason] of cases) {
      const { status, stderr, stdout } = framewalk(['open', bad]);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain(reason);
    }
  });
});

describe('usage', () => {
  it('prints help and version', () => {
    expect(framewalk(['--help']).stdout).toContain('framewalk analyze');
    expect(framewalk(['--version']).stdout).toMatch(/^framewalk \d+\.\d+\.\d+\n$/);
  });

  it('exits 2 for what it does not know, with the way to the help', () => {
    for (const args of [
      [],
      ['explode'],
      ['analyze'],
      ['analyze', '--jsn', 'x'],
      ['analyze', '--json', '--ndjson', 'x'],
      ['analyze', '--summary', 'x'],
      ['open'],
      ['open', 'a', 'b'],
      ['link', '--json', 'x'],
    ]) {
      const { status, stderr, stdout } = framewalk(args);
      expect([args, status, stdout]).toEqual([args, 2, '']);
      expect(stderr).toMatch(/^framewalk: .+/);
    }
  });
});
