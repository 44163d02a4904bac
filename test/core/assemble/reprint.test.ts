import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/core/index.ts';

const session = readFileSync(new URL('../../fixtures/debugger/clobbered-frame-pointer.gdb.txt', import.meta.url), 'utf8');
const crash = session.slice(session.indexOf('fatal error:'));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a crash and a session that prints it again', () => {
  it('are one process when every address is the same', async () => {
    const { snapshots } = await analyse([
      { name: 'crash.txt', bytes: bytes(crash) },
      { name: 'session.txt', bytes: bytes(session) },
    ]);
    expect(snapshots).toHaveLength(1);
    expect(snapshots[0]?.snapshot.memory.addresses.length).toBe(100);
    expect(snapshots[0]?.findings[0]?.culprit?.function).toContain('Hash64');
  });

  it('stay apart when the addresses are of another run', async () => {
    const other = crash.replaceAll('0xc000040', '0xc000050').replaceAll('0xc000062', '0xc000072');
    const { snapshots } = await analyse([
      { name: 'crash.txt', bytes: bytes(other) },
      { name: 'session.txt', bytes: bytes(session) },
    ]);
    expect(snapshots).toHaveLength(2);
  });
});
