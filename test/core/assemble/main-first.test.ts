import { describe, expect, it } from 'vitest';
import { functionAt, snapshotOf } from './support.ts';

const stack = (id: number, name: string) => `goroutine ${id} [running]:
runtime/debug.Stack()
	/usr/local/go/src/runtime/debug/stack.go:26 +0x5e
main.${name}()
	/srv/app/main.go:93 +0x45
main.main()
	/srv/app/main.go:116 +0x1b8
`;
const crash = (value: string) => `panic: ${value}

goroutine 1 [running]:
main.finish()
	/srv/app/main.go:287 +0x208e
main.main()
	/srv/app/main.go:116 +0x1b8
`;

describe('the crash that a case is about', () => {
  it('is the one that ended the process, not a stack that a log printed before', async () => {
    const snapshot = await snapshotOf(`2026/11/21 14:53:15 recovered: boom\n${stack(7, 'guard')}${crash('wrapped: boom')}`);
    expect(snapshot.crash?.kind).toBe('panic');
    expect(functionAt(snapshot, snapshot.crash?.firstUserFrame)).toBe('main.finish');
  });

  it('is the first of several', async () => {
    const snapshot = await snapshotOf(`${crash('one')}exit status 2\n${stack(9, 'guard')}\n${crash('two')}`);
    expect(snapshot.events[0]).toMatchObject({ kind: 'panic', text: expect.stringContaining('one') as string });
  });

  it('stays the only stack where nothing died', async () => {
    const snapshot = await snapshotOf(stack(9, 'guard'));
    expect(functionAt(snapshot, snapshot.crash?.firstUserFrame)).toBe('main.guard');
  });
});
