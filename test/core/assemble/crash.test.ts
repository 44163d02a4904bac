/** Who crashed, of what, where, and who is the victim. */
import { describe, expect, it } from 'vitest';
import { functionAt, goroutineText, idAt, panicText, snapshotOf } from './support.ts';

const signalLine = '[signal SIGSEGV: segmentation violation code=0x1 addr=0x18 pc=0x481ac4]';

describe('panics', () => {
  it('name the goroutine and the first frame of user code', async () => {
    const snapshot = await snapshotOf(panicText('boom', 7, 'main.f', 'main.main'));
    expect(snapshot.crash).toMatchObject({ kind: 'panic', goroutineId: '7', stackOwner: '7', event: 0 });
    expect(functionAt(snapshot, snapshot.crash?.faultFrame)).toBe('main.f');
    expect(functionAt(snapshot, snapshot.crash?.firstUserFrame)).toBe('main.f');
  });

  it('look below sigpanic and the panic functions for the frame that did it', async () => {
    const text = [
      'panic: runtime error: invalid memory address or nil pointer dereference',
      signalLine,
      '',
      goroutineText(
        1,
        'running',
        'main.main.func1',
        'panic',
        'runtime.panicmem',
        'runtime.sigpanic',
        'strings.(*Builder).grow',
        'main.fill',
        'main.main',
      ),
    ].join('\n');
    const snapshot = await snapshotOf(text);
    expect(functionAt(snapshot, snapshot.crash?.faultFrame)).toBe('strings.(*Builder).grow');
    expect(functionAt(snapshot, snapshot.crash?.firstUserFrame)).toMatch(/^main\.fill|^strings/);
    expect(snapshot.crash).toMatchObject({ kind: 'panic', signal: 'SIGSEGV', code: 1, faultAddress: 0x18n, pc: 0x481ac4n });
  });

  it('look below the function that raises the panic for its caller', async () => {
    const snapshot = await snapshotOf(
      panicText(
        'runtime error: index out of range [9] with length 5',
        1,
        'panic',
        'runtime.goPanicIndex',
        'main.box',
        'main.main',
      ),
    );
    expect(functionAt(snapshot, snapshot.crash?.faultFrame)).toBe('main.box');
  });

  it('take the last of nested panics, unless it was recovered', async () => {
    const nested = await snapshotOf(
      `panic: one [recovered]\n\tpanic: two\n\n${goroutineText(1, 'running', 'main.f', 'main.main')}`,
    );
    expect(nested.events[nested.crash?.event ?? -1]?.text).toBe('two');
    const recovered = await snapshotOf(
      `panic: one\n\tpanic: two [recovered]\n\n${goroutineText(1, 'running', 'main.f', 'main.main')}`,
    );
    expect(recovered.events[recovered.crash?.event ?? -1]?.text).toBe('one');
  });
});

describe('fatal errors', () => {
  it('rank above the signal that they report', async () => {
    const text = [
      'fatal error: unexpected signal during runtime execution',
      signalLine,
      '',
      goroutineText(3, 'running', 'runtime.throw', 'runtime.sigpanic', 'runtime.mapaccess1', 'main.get', 'main.main'),
    ].join('\n');
    const snapshot = await snapshotOf(text);
    expect(snapshot.crash).toMatchObject({ kind: 'fatal-error', signal: 'SIGSEGV', goroutineId: '3' });
    expect(functionAt(snapshot, snapshot.crash?.faultFrame)).toBe('runtime.mapaccess1');
    expect(functionAt(snapshot, snapshot.crash?.firstUserFrame)).toBe('main.get');
  });

  it('on g0 belong to the goroutine that ran on that thread', async () => {
    const text = [
      'fatal error: sweep increased allocation count',
      '',
      'runtime stack:',
      'runtime.throw({0x49b3ba?, 0x6?})',
      '\truntime/panic.go:1073 +0x48 fp=0x7ffd10 sp=0x7ffce0 pc=0x464008',
      'runtime.(*mspan).sweep(0x7ff8dbec1048)',
      '\truntime/mgcsweep.go:600 +0x165 fp=0x7ffe10 sp=0x7ffd10 pc=0x410065',
      '',
      goroutineText(22, 'running', 'runtime.systemstack_switch', 'runtime.mallocgc', 'main.alloc', 'main.main'),
      goroutineText(1, 'chan receive', 'main.main'),
    ].join('\n');
    const snapshot = await snapshotOf(text);
    expect(snapshot.crash).toMatchObject({ kind: 'fatal-error', goroutineId: '22', thread: 0 });
    expect(functionAt(snapshot, snapshot.crash?.faultFrame)).toBe('runtime.(*mspan).sweep');
    expect(functionAt(snapshot, snapshot.crash?.firstUserFrame)).toBe('main.alloc');
  });

  it('on goroutine 0 belong to the goroutine of the same m, not to the next block', async () => {
    const text = [
      'SIGSEGV: segmentation violation',
      'PC=0x452ac5 m=4 sigcode=1 addr=0x118',
      '',
      'goroutine 0 gp=0x522980 m=4 mp=0x523600 [idle]:',
      'runtime.(*unwinder).next(0x7ffea01f6b18)',
      '\truntime/traceback.go:458 +0x105 fp=0x7ffea01f6ae0 sp=0x7ffea01f6a68 pc=0x452ac5',
      '',
      goroutineText(1, 'chan receive', 'main.main').replace('goroutine 1 [', 'goroutine 1 gp=0xc0000061c0 m=nil ['),
      goroutineText(9, 'running', 'main.busy').replace('goroutine 9 [', 'goroutine 9 gp=0xc0000068c0 m=4 mp=0x523600 ['),
    ].join('\n');
    const snapshot = await snapshotOf(text);
    expect(snapshot.crash).toMatchObject({ kind: 'signal', goroutineId: '9', signal: 'SIGSEGV', faultAddress: 0x118n });
    expect(snapshot.goroutines.length).toBe(2);
    expect(functionAt(snapshot, snapshot.crash?.faultFrame)).toBe('runtime.(*unwinder).next');
  });

  it('on goroutine 0 alone have no user goroutine', async () => {
    const text = [
      'SIGSEGV: segmentation violation',
      'PC=0x452ac5 m=4 sigcode=1 addr=0x118',
      '',
      'goroutine 0 gp=0x522980 m=4 mp=0x523600 [idle]:',
      'runtime.(*unwinder).next(0x7ffea01f6b18)',
      '\truntime/traceback.go:458 +0x105 fp=0x7ffea01f6ae0 sp=0x7ffea01f6a68 pc=0x452ac5',
      '',
      goroutineText(1, 'chan receive', 'main.main').replace('goroutine 1 [', 'goroutine 1 gp=0xc0000061c0 m=nil ['),
    ].join('\n');
    const snapshot = await snapshotOf(text);
    expect(snapshot.crash?.goroutineId).toBe('0');
    expect(snapshot.crash?.goroutine).toBeUndefined();
    expect(snapshot.crash?.stackOwner).toBe('goroutine 0 (m=4)');
  });
});

describe('signals', () => {
  it('SIGQUIT is a dump on request', async () => {
    const snapshot = await snapshotOf(
      `SIGQUIT: quit\nPC=0x47d4c1 m=0 sigcode=0\n\n${goroutineText(1, 'running', 'main.f', 'main.main')}`,
    );
    expect(snapshot.crash).toMatchObject({ kind: 'dump', signal: 'SIGQUIT' });
    expect(snapshot.crash?.faultAddress).toBeUndefined();
  });

  it('have no fault address when the kernel gave none', async () => {
    const snapshot = await snapshotOf(
      [
        'fatal error: unexpected signal during runtime execution',
        '[signal SIGSEGV: segmentation violation code=0x80 addr=0x0 pc=0x41439e]',
        '',
        goroutineText(3, 'running', 'runtime.throw', 'runtime.sigpanic', 'main.get', 'main.main'),
      ].join('\n'),
    );
    expect(snapshot.crash?.code).toBe(0x80);
    expect(snapshot.crash?.faultAddress).toBeUndefined();
  });

  it('have no fault address when a process sent them: the number is a pid', async () => {
    const snapshot = await snapshotOf(
      `SIGSEGV: segmentation violation\nPC=0x47d4c1 m=0 sigcode=0 addr=0x1f42\n\n${goroutineText(1, 'running', 'main.f')}`,
    );
    expect(snapshot.crash?.faultAddress).toBeUndefined();
  });
});

describe('fragments', () => {
  it('frames without a header or reason are still a stack', async () => {
    const snapshot = await snapshotOf('main.f(0x1)\n\t/src/app/main.go:10 +0x1d\nmain.main()\n\t/src/app/main.go:20 +0x2d\n');
    expect(snapshot.crash).toMatchObject({ kind: 'dump', event: -1 });
    expect(functionAt(snapshot, snapshot.crash?.firstUserFrame)).toBe('main.f');
  });

  it('a reason alone has no stack and no goroutine', async () => {
    const snapshot = await snapshotOf('fatal error: all goroutines are asleep - deadlock!\n');
    expect(snapshot.crash).toMatchObject({ kind: 'fatal-error', goroutineId: '', stackOwner: '' });
  });

  it('a debugger’s stack alone is the one to look at', async () => {
    const snapshot = await snapshotOf(
      [
        'Thread 3 "app" received signal SIGSEGV, Segmentation fault.',
        '(gdb) bt',
        '#0  runtime.memmove () at runtime/memmove_amd64.s:431',
        '#1  0x0000000000471997 in main.copyAll (p=0xc000044018) at /src/app/main.go:21',
        '#2  0x0000000000471a11 in main.main () at /src/app/main.go:30',
        '',
      ].join('\n'),
    );
    expect(snapshot.crash).toMatchObject({ kind: 'signal', signal: 'SIGSEGV', thread: 0 });
    expect(snapshot.crash?.stackOwner).toBe(snapshot.threads[0]?.name);
    expect(functionAt(snapshot, snapshot.crash?.firstUserFrame)).toBe('main.copyAll');
  });
});

const scanner = (first: string): string =>
  [
    'fatal error: unexpected signal during runtime execution',
    signalLine,
    '',
    'goroutine 0 gp=0x522980 m=0 mp=0x523600 [idle]:',
    'runtime.throw({0x1, 0x2})',
    '\truntime/panic.go:1073 +0x48 fp=0x7ffd10 sp=0x7ffce0 pc=0x464008',
    `runtime.scanstack(${first}, 0xc000027250)`,
    '\truntime/mgcmark.go:861 +0x132 fp=0x7ffe10 sp=0x7ffd10 pc=0x410065',
    '',
    goroutineText(7, 'GC worker (active)', 'runtime.gcBgMarkWorker').replace('7 [', '7 gp=0xc000007a40 m=0 mp=0x523600 ['),
    goroutineText(1, 'wait for GC cycle', 'main.stacker', 'main.main').replace('1 [', '1 gp=0xc0000061c0 m=nil ['),
  ].join('\n');

describe('the victim', () => {
  it('is the goroutine whose stack the runtime worked on', async () => {
    const snapshot = await snapshotOf(scanner('0xc0000061c0'));
    expect(snapshot.crash?.goroutineId).toBe('7');
    expect(idAt(snapshot, snapshot.crash?.victim)).toBe('1');
    expect(snapshot.crash?.stackOwner).toBe('1');
  });

  it('is nobody when the argument names no goroutine of the case', async () => {
    const snapshot = await snapshotOf(scanner('0xc000099999'));
    expect(snapshot.crash?.victim).toBeUndefined();
  });

  it('is nobody when the goroutine works on its own stack', async () => {
    expect((await snapshotOf(scanner('0xc000007a40'))).crash?.victim).toBeUndefined();
  });

  it('is the goroutine of the frame that a complaint prints', async () => {
    const text = [
      'runtime: unexpected return pc for main.collect called from 0x7fffffffe000',
      'stack: frame={sp:0xc0000a6ee0, fp:0xc0000a6f40} stack=[0xc0000a6000,0xc0000a7000)',
      'fatal error: unknown caller pc',
      '',
      goroutineText(5, 'running', 'runtime.gcBgMarkWorker'),
      'goroutine 1 [wait for GC cycle]:',
      'main.collect(0xf4240)',
      '\t/src/app/main.go:19 +0x3b fp=0xc0000a6f40 sp=0xc0000a6ee0 pc=0x47f0fb',
      '',
    ].join('\n');
    const snapshot = await snapshotOf(text);
    expect(idAt(snapshot, snapshot.crash?.victim)).toBe('1');
    expect(snapshot.stacks).toMatchObject([{ owner: '1', known: 'printed' }]);
  });
});
