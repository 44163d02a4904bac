import { describe, expect, it } from 'vitest';
import { countText, snapshotName } from '../../src/app/shell/snapshot-names.ts';
import type { Snapshot } from '../../src/core/model/snapshot.ts';
import { openCase, session } from './open-case.ts';

const otherBuild =
  '(gdb) x/i 0x571915\n   0x571915 <main.(*shard).add+85>:\tret\n(gdb) x/2xg 0xc000040ed8\n0xc000040ed8:\t0x01\t0x02\n';
const apart: Snapshot['apart'] = { kind: 'pid', expected: 'process `1`', found: 'process `2`', advice: 'Open it alone.' };

describe('the list of snapshots', () => {
  it('calls crashes what died, and nothing else', async () => {
    const [one] = (await openCase(session)).snapshots;
    if (one?.snapshot.crash === undefined) throw new Error('no crash');
    const dead = one.snapshot;
    const { crash: _, ...alive } = dead;
    expect(countText([dead, dead])).toBe('2 crashes');
    expect(countText([dead, alive])).toBe('2 processes');
    expect(countText([dead, { ...dead, apart }, dead])).toBe('3 processes');
  });

  it('names the reason, or that there is none', async () => {
    const { snapshots } = await openCase(session, otherBuild);
    expect(snapshots.map(({ snapshot }, index) => snapshotName(snapshot, index))).toEqual([
      '1. unexpected signal during runtime execution',
      '2. output of another run: no crash',
    ]);
    const [main] = snapshots;
    if (main?.snapshot.crash === undefined) throw new Error('no crash');
    const crash = { ...main.snapshot.crash, repeats: { count: 1200 } };
    expect(snapshotName({ ...main.snapshot, crash }, 4)).toBe('5. × 1,200 unexpected signal during runtime execution');
  });
});
