/** Whose crash it is where the report holds goroutines of the runtime or the report of another program. */
import { describe, expect, it } from 'vitest';
import { functionAt, goroutineText, snapshotOf } from './support.ts';

const system = [
  goroutineText(2, 'force gc (idle)', 'runtime.gopark', 'runtime.forcegchelper'),
  goroutineText(3, 'GC sweep wait', 'runtime.gopark', 'runtime.bgsweep'),
];

function deadlock(...goroutines: string[]): string {
  const head = 'fatal error: no goroutines (main called runtime.Goexit) - deadlock!';
  const runtime = 'runtime stack:\nruntime.fatal({0x496a39, 0x36})\n\t/usr/local/go/src/runtime/panic.go:1253 +0x74';
  return [head, '', runtime, '', ...goroutines.flatMap((text) => [text, ''])].join('\n');
}

describe('a deadlock', () => {
  it('names no goroutine of the runtime as the one that ran', async () => {
    const snapshot = await snapshotOf(deadlock(...system));
    expect(snapshot.crash).toMatchObject({ kind: 'fatal-error', goroutineId: '0' });
    expect(snapshot.crash?.goroutine).toBeUndefined();
  });

  it('names the first goroutine of the program, wherever it stands', async () => {
    const snapshot = await snapshotOf(
      deadlock(...system, goroutineText(9, 'chan receive', 'runtime.gopark', 'runtime.chanrecv1', 'main.wait')),
    );
    expect(snapshot.crash?.goroutineId).toBe('9');
    expect(functionAt(snapshot, snapshot.crash?.firstUserFrame)).toBe('main.wait');
  });
});

const child = 'SIGSEGV: segmentation violation\nPC=0x46d2e1 m=0 sigcode=1';
const childStacks = [
  goroutineText(0, 'idle', 'runtime.raise', 'runtime.mcall'),
  goroutineText(1, 'syscall', 'runtime.cgocall', 'main.child'),
];

describe('a panic whose value holds the report of another program', () => {
  it('is the death, and the signal is not its own', async () => {
    const snapshot = await snapshotOf(
      `panic: worker failed\n${child}\n\n${goroutineText(8, 'running', 'main.collect', 'main.main')}`,
    );
    expect(snapshot.crash).toMatchObject({ kind: 'panic', goroutineId: '8' });
    expect(snapshot.crash?.signal).toBeUndefined();
    expect(snapshot.events[0]?.text).toContain('PC=0x46d2e1');
  });

  it('stands on the goroutine that runs, behind the goroutine 0 of the other', async () => {
    const stacks = [...childStacks, goroutineText(8, 'running', 'main.collect', 'main.main')].join('\n\n');
    const snapshot = await snapshotOf(`panic: worker failed\n${child}\n\n${stacks}`);
    expect(snapshot.crash).toMatchObject({ kind: 'panic', goroutineId: '8', stackOwner: '8' });
    expect(functionAt(snapshot, snapshot.crash?.faultFrame)).toBe('main.collect');
  });

  it('near miss: registers below show that the signal killed this process', async () => {
    const snapshot = await snapshotOf(
      `panic: first\n${child}\n\n${childStacks.join('\n\n')}\n\nrax    0x0\nrbx    0x1\nrip    0x46d2e1\n`,
    );
    expect(snapshot.events.map((event) => event.kind)).toContain('signal');
    expect(snapshot.events[0]?.text).toBe('first');
  });
});
