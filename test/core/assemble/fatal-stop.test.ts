import { describe, expect, it } from 'vitest';
import { functionAt, snapshotOf } from './support.ts';

const session = (name: string): string => `(gdb) b main.step
Breakpoint 1 at 0x487dc0: file /src/step.s, line 5.
(gdb) run

Thread 1 "app" hit Breakpoint 1, main.step () at /src/step.s:5
5		MOVQ base+0(FP), BX
(gdb) bt
#0  main.step () at /src/step.s:5
#1  0x00000000004878cf in main.run (s=0xc000018090) at /src/main.go:20
#2  0x0000000000466ca1 in runtime.goexit () at /usr/local/go/src/runtime/asm_amd64.s:1695
(gdb) p/x $rbp
$1 = 0xc000067ef0
(gdb) continue
Continuing.

Thread 4 "app" received signal ${name}, Something.
runtime.walk (fp=0x7) at /usr/local/go/src/runtime/walk.go:70
70		x = *p
(gdb) thread apply all bt

Thread 4 (LWP 44 "app"):
#0  runtime.walk (fp=0x7) at /usr/local/go/src/runtime/walk.go:70
#1  0x0000000000469999 in main.poll () at /src/poll.go:3

Thread 1 (LWP 41 "app"):
#0  runtime.futex () at /usr/local/go/src/runtime/sys_linux_amd64.s:557
#1  0x0000000000431111 in runtime.futexsleep () at /usr/local/go/src/runtime/os_linux.go:69
(gdb) p/x $_siginfo._sifields._sigfault.si_addr
$2 = 0x30bc5b31
(gdb) p/x $rbp
$3 = 0x30bc5b29
`;

describe('the crash of a session', () => {
  it.each(['SIGSEGV', 'SIGBUS', 'SIGABRT'])('is the stop with %s, not the first stack printed', async (name) => {
    const snapshot = await snapshotOf(session(name));
    expect(snapshot.crash?.signal).toBe(name);
    expect(functionAt(snapshot, snapshot.crash?.faultFrame)).toBe('runtime.walk');
    expect(functionAt(snapshot, snapshot.crash?.firstUserFrame)).toBe('main.poll');
    expect(snapshot.threads[snapshot.crash?.thread ?? -1]).toMatchObject({ printedName: 'Thread 4 "app"', tid: 44 });
    expect(snapshot.crash?.faultAddress).toBe(0x30bc5b31n);
    expect(snapshot.crash?.step).toBe(snapshot.threads[1]?.step);
  });

  it('is not a signal that Go uses for itself', async () => {
    const snapshot = await snapshotOf(session('SIGURG'));
    expect(functionAt(snapshot, snapshot.crash?.faultFrame)).toBe('main.step');
    expect(snapshot.crash?.firstUserFrame).toBeDefined();
  });

  it('prefers the last fault to the abort that follows it', async () => {
    const text = `${session('SIGSEGV')}(gdb) continue
Continuing.

Thread 4 "app" received signal SIGABRT, Aborted.
runtime.raise () at /usr/local/go/src/runtime/sys_linux_amd64.s:154
154		RET
(gdb) bt
#0  runtime.raise () at /usr/local/go/src/runtime/sys_linux_amd64.s:154
#1  0x0000000000442222 in runtime.dieFromSignal (sig=6) at /usr/local/go/src/runtime/signal_unix.go:903
`;
    const snapshot = await snapshotOf(text);
    expect(snapshot.crash?.signal).toBe('SIGSEGV');
    expect(functionAt(snapshot, snapshot.crash?.faultFrame)).toBe('runtime.walk');
  });

  it('gives each thread the registers of its own stop', async () => {
    const { threads } = await snapshotOf(session('SIGSEGV'));
    const framePointers = threads.map((thread) => thread.registers?.values.find((one) => one.name === 'rbp')?.value);
    expect(framePointers.slice(0, 2)).toEqual([0xc000067ef0n, undefined]);
    expect(threads[1]?.registers?.step).toBe(threads[1]?.step);
  });
});
