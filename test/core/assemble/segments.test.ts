/** Several crashes in one text, and which outputs belong to one process. */
import { describe, expect, it } from 'vitest';
import { functionAt, goroutineText, panicText, snapshotOf, snapshotsOf } from './support.ts';

const first = panicText('first', 7, 'main.one', 'main.main');
const second = panicText('second', 9, 'main.two', 'main.main');

const report = [
  'panic: gone',
  '',
  'goroutine 7 gp=0xc000006a80 m=0 mp=0x50e6a0 [running]:',
  'main.fill(0xc000044018)',
  '\t/src/app/main.go:15 +0x55 fp=0xc000040f08 sp=0xc000040ed8 pc=0x471915',
  'main.main()',
  '\t/src/app/main.go:21 +0x37 fp=0xc000040f48 sp=0xc000040f08 pc=0x471997',
  '',
].join('\n');

describe('one text, several crashes', () => {
  it('begins a snapshot with each reason after a stack', async () => {
    const snapshots = await snapshotsOf(`${first}\n${second}`);
    expect(snapshots.map((snapshot) => snapshot.events.map((event) => event.text))).toEqual([['first'], ['second']]);
    expect(snapshots.map((snapshot) => snapshot.goroutines.id[0])).toEqual([7n, 9n]);
    expect(snapshots.map((snapshot) => functionAt(snapshot, snapshot.crash?.firstUserFrame))).toEqual(['main.one', 'main.two']);
  });

  it('keeps prose between them out', async () => {
    const text = `It died.\n\n${first}\nAfter a restart it died again, elsewhere:\n\n${second}\nThat is all we know.\n`;
    expect(await snapshotsOf(text)).toHaveLength(2);
  });

  it('takes a nested panic into the report of the first', async () => {
    const text = `panic: one\n\tpanic: two\n\n${goroutineText(7, 'running', 'main.f', 'main.main')}`;
    const [snapshot, ...others] = await snapshotsOf(text);
    expect(others).toEqual([]);
    expect(snapshot?.events.map((event) => event.text)).toEqual(['one', 'two']);
  });

  it('gives an unexpected fault address to the crash that follows it', async () => {
    const fault = [
      'unexpected fault address 0xc5202c4000',
      'fatal error: fault',
      '[signal SIGSEGV: segmentation violation code=0x1 addr=0xc5202c4000 pc=0x41b2de]',
      '',
      goroutineText(9, 'running', 'main.two', 'main.main'),
    ].join('\n');
    const [one, two] = await snapshotsOf(`${first}\n${fault}`);
    expect(one?.events.map((event) => event.text)).toEqual(['first']);
    expect(two?.events).toHaveLength(2);
    expect(two?.crash?.faultAddress).toBe(0xc5202c4000n);
  });

  it('gives a complaint to the crash that follows it', async () => {
    const bad = [
      'runtime: pointer 0xc000412000 to unused region of span span.base()=0xc0001b6000 span.limit=0xc0001b7fe0 span.state=1',
      'fatal error: found bad pointer in Go heap (incorrect use of unsafe or cgo?)',
      '',
      goroutineText(9, 'running', 'main.two', 'main.main'),
    ].join('\n');
    const [one, two] = await snapshotsOf(`${first}\n${bad}`);
    expect(one?.complaints).toEqual([]);
    expect(two?.complaints).toHaveLength(1);
  });

  it('keeps the threads of a crashing process together: SIGQUIT is relayed behind a separator', async () => {
    const text = [
      'SIGQUIT: quit',
      'PC=0x47d4c1 m=0 sigcode=0',
      '',
      goroutineText(1, 'running', 'main.f', 'main.main'),
      '-----',
      '',
      'SIGQUIT: quit',
      'PC=0x47d4d3 m=3 sigcode=0',
      '',
      goroutineText(5, 'running', 'main.g', 'main.main'),
    ].join('\n');
    const [snapshot, ...others] = await snapshotsOf(text);
    expect(others).toEqual([]);
    expect(snapshot?.goroutines.length).toBe(2);
    expect(snapshot?.crash?.kind).toBe('dump');
  });

  it('keeps the SIGABRT that ends a throw with its report', async () => {
    const text = `fatal error: all goroutines are asleep - deadlock!\n\n${goroutineText(1, 'chan receive', 'main.main')}\nSIGABRT: abort\nPC=0x47d4c1 m=0 sigcode=0\n`;
    expect(await snapshotsOf(text)).toHaveLength(1);
  });

  it('takes a dump that was pasted twice for one crash', async () => {
    const twice = await snapshotsOf(`${report}\nHere it is once more.\n\n${report}`);
    expect(twice).toHaveLength(1);
    expect(twice[0]?.goroutines.length).toBe(1);
    expect(twice[0]?.crash?.repeats).toBeUndefined();
  });

  it('lets a message quoted in prose stand for itself before the report', async () => {
    const quoted =
      'runtime: pointer 0xc000412000 to unused region of span span.base()=0xc0001b6000 span.limit=0xc0001b7fe0 span.state=1';
    const printed =
      'runtime: pointer 0xc0002d3000 to unallocated span span.base()=0xc0002d2000 span.limit=0xc0002da000 span.state=0';
    const reason = 'fatal error: found bad pointer in Go heap (incorrect use of unsafe or cgo?)';
    const text = `One of our nodes said this once.\n\n${quoted}\n\nToday another node died with the whole report.\n\n${printed}\n${reason}\n\n${goroutineText(9, 'running', 'main.two')}`;
    const [report] = await snapshotsOf(text);
    expect(report?.events).toHaveLength(1);
    expect(report?.complaints).toMatchObject([{ pointer: 0xc0002d3000n }]);
  });

  it('keeps at most 200 different crashes of one log', async () => {
    const loop = Array.from({ length: 230 }, (_, index) => panicText('again', index + 1, `main.f${index.toString()}`)).join('\n');
    expect(await snapshotsOf(loop)).toHaveLength(200);
  });
});

/** gdb output that places main.fill by its `<fn+off>` at the same or another entry. */
const session = (fill: string): string =>
  [
    '(gdb) bt',
    '#0  main.fill (p=0xc000044018) at /src/app/main.go:15',
    '#1  0x0000000000471997 in main.main () at /src/app/main.go:21',
    '(gdb) x/2i $pc',
    `=> ${fill} <main.fill+85>:\tmov    0x8(%rbx),%rsi`,
    `   ${fill.slice(0, -1)}9 <main.fill+89>:\tret`,
    '(gdb) x/2xg 0xc000040ed8',
    '0xc000040ed8:\t0x0000000000000001\t0x0000000000000002',
    '',
  ].join('\n');

describe('several documents', () => {
  it('joins the debugger’s words to the report of the same build', async () => {
    const snapshots = await snapshotsOf(report, session('0x471915'));
    expect(snapshots).toHaveLength(1);
    expect(snapshots[0]?.memory.addresses).toHaveLength(2);
    expect(snapshots[0]?.threads).toHaveLength(1);
  });

  it('joins whichever stands first', async () => {
    const snapshots = await snapshotsOf(session('0x471915'), report);
    expect(snapshots).toHaveLength(1);
    expect(snapshots[0]?.goroutines.length).toBe(1);
    expect(snapshots[0]?.memory.addresses).toHaveLength(2);
  });

  it('keeps a debugger of another build apart', async () => {
    const snapshots = await snapshotsOf(report, session('0x499915'));
    expect(snapshots).toHaveLength(2);
    expect(snapshots[0]?.memory.addresses).toHaveLength(0);
    expect(snapshots[1]?.memory.addresses).toHaveLength(2);
  });

  it('never joins two reports', async () => {
    expect(await snapshotsOf(report, report.replace('gone', 'again'))).toHaveLength(2);
  });

  it('gives mappings alone to the report beside them', async () => {
    const maps = [
      '00400000-00472000 r-xp 00000000 fe:01 131 /srv/app',
      '00508000-0050e000 rw-p 00108000 fe:01 131 /srv/app',
      'c000000000-c000400000 rw-p 00000000 00:00 0',
      '7ffffffde000-7ffffffff000 rw-p 00000000 00:00 0 [stack]',
      '',
    ].join('\n');
    const snapshot = await snapshotOf(report, maps);
    expect(snapshot.mappings).toHaveLength(4);
    expect(snapshot.goroutines.length).toBe(1);
  });

  it('sees that gdb’s stack and the goroutine’s are one', async () => {
    const snapshot = await snapshotOf(report, session('0x471915').replace('#0  main', '#0  0x0000000000471915 in main'));
    expect(snapshot.threads[0]?.goroutine).toBe('7');
  });
});

it('makes one empty snapshot of plain prose', async () => {
  const snapshots = await snapshotsOf('Nothing of interest happened here today.\n');
  expect(snapshots).toHaveLength(1);
  expect(snapshots[0]?.crash).toBeUndefined();
  expect(snapshots[0]?.coverage).toMatchObject({ lines: 1, prose: 1, recognised: 0 });
});
