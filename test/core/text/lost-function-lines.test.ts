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
