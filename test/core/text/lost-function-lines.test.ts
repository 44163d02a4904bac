import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/core/index.ts';

const post = `We saw this in the log:

2021/03/04 10:11:12 http: panic serving 10.0.0.7:5123: runtime error: growslice: cap out of range
goroutine 41 [running]:
        /usr/lib/go/src/net/http/server.go:1697 +0xd0
panic(0xa24f20, 0xb41190)
        /usr/lib/go/src/runtime/panic.go:491 +0x283
app.(*ring).push(0xc42053a040, 0xc4204e6800, 0xc4204e6850)
        /home/dev/app/ring.go:110 +0x110

and could not explain it.
`;

describe('a stack whose first function line was lost', () => {
  it('begins at its header: the header is no part of the panic value', async () => {
    const { snapshots } = await analyse([{ name: 'post.txt', bytes: new TextEncoder().encode(post) }]);
    const snapshot = snapshots[0]?.snapshot;
    expect(snapshot?.goroutines.length).toBe(1);
    expect(snapshot?.goroutines.id[0]).toBe(41n);
    expect(snapshot?.events.map((event) => event.text).join('\n')).not.toContain('goroutine 41');
    expect(snapshot?.coverage.headers).toBe(1);
    expect(snapshot?.coverage.prose).toBe(2);
  });
});

describe('lines of someone else inside a stack', () => {
  const access = '10.1.2.3 - - [04/Mar/2026:05:06:07 +0000] "GET /healthz HTTP/1.1" 200 2';
  const functions = async (text: string) => {
    const { snapshots } = await analyse([{ name: 'log.txt', bytes: new TextEncoder().encode(text) }]);
    const snapshot = snapshots[0]?.snapshot;
    const rows = Array.from({ length: snapshot?.goroutines.frameEnd[0] ?? 0 }, (_, row) => row);
    return rows.map((row) => [snapshot?.strings[snapshot.frames.functionName[row] ?? 0], snapshot?.frames.line[row]]);
  };
  const whole = [
    ['main.inner', 12],
    ['main.main', 30],
  ];

  it.each([1, 2])('%d between a function and its place', async (count) => {
    const foreign = `${access}\n`.repeat(count);
    const text = `panic: x\n\ngoroutine 1 [running]:\nmain.inner(0x1)\n${foreign}\t/srv/a.go:12 +0x1c\nmain.main()\n\t/srv/a.go:30 +0x2d\nexit status 2\n`;
    expect(await functions(text)).toEqual(whole);
  });

  it('one between two frames', async () => {
    const text = `panic: x\n\ngoroutine 1 [running]:\nmain.inner(0x1)\n\t/srv/a.go:12 +0x1c\n${access}\nmain.main()\n\t/srv/a.go:30 +0x2d\n`;
    expect(await functions(text)).toEqual(whole);
  });

  it('a call without a place does not take the place of the next', async () => {
    const text = 'panic: x\n\ngoroutine 1 [running]:\nmain.inner(0x1)\nmain.main()\n\t/srv/a.go:30 +0x2d\n';
    expect(await functions(text)).toEqual([
      ['main.inner', 0],
      ['main.main', 30],
    ]);
  });
});
