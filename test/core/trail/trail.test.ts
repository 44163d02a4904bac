import { describe, expect, it } from 'vitest';
import { bufferSlot, trailsOf } from '../../../src/core/trail/index.ts';
import { snapshotOf } from '../assemble/support.ts';
import { huntText as hunt } from './hunt.ts';

describe('the trail of a stale word', () => {
  it('runs from the stack copy over the struct and the write barrier to the collector', async () => {
    const [trail, ...others] = trailsOf(await snapshotOf(hunt()));
    expect(others).toEqual([]);
    expect(trail?.value).toBe(0xc0003fe000n);
    expect(trail?.cards.map(({ kind, at, writer }) => [kind, at, writer])).toEqual([
      ['write', 0x7f11220f9480n, 'runtime.copystack'],
      ['field', 0x7f11220f9480n, undefined],
      ['write', 0xc00004fd18n, 'runtime.gcWriteBarrier, called by deep.(*maker).done'],
      ['found', 0xc00004fd18n, undefined],
      ['complaint', undefined, 'runtime.wbBufFlush1'],
    ]);
    expect(trail?.cards[0]).toMatchObject({ before: 0n, after: 0xc0003fe000n, inferred: false, line: 885 });
    expect(trail?.cards[1]?.inferred).toBe(true);
    expect(trail?.cards[2]?.text).toContain('slot 341 of p.wbBuf');
  });

  it('is one write when it was seen backwards and then forwards', async () => {
    const text = hunt().replace(
      '(rr) p/x $rsp',
      `(rr) si

Thread 2 hit Hardware watchpoint 2: *0x7f11220f9480

Old value = 0
New value = 4186112
runtime.copystack (gp=0xc000204820, newsize=<optimized out>) at /usr/local/go/src/runtime/stack.go:886
886	        adjinfo.delta = new.hi - old.hi
(rr) p/x $rsp`,
    );
    const [trail] = trailsOf(await snapshotOf(text));
    expect(trail?.cards.filter((card) => card.kind === 'write')).toHaveLength(2);
  });

  it('follows the order of time, not of the print, and tells forward stops apart', async () => {
    const [trail] = trailsOf(
      await snapshotOf(`(gdb) watch *(long *)0xc000031358
Hardware watchpoint 2: *(long *)0xc000031358
(gdb) continue
Continuing.

Thread 1 "app" hit Hardware watchpoint 2: *(long *)0xc000031358

Old value = 0
New value = 824656265728
main.store (p=0xc000031358) at /src/main.go:20
20		return
(gdb) continue
Continuing.

Thread 1 "app" hit Hardware watchpoint 2: *(long *)0xc000031358

Old value = 824656265728
New value = 5
main.clear (p=0xc000031358) at /src/main.go:30
30		return
`),
    );
    expect(trail?.cards.map(({ kind, writer }) => [kind, writer])).toEqual([
      ['write', 'main.store'],
      ['overwrite', 'main.clear'],
    ]);
  });

  it('tells nothing of a session that looked into no value', async () => {
    expect(
      trailsOf(await snapshotOf('(gdb) x/2xg 0xc000031358\n0xc000031358:\t0x000000c000400000\t0x000000c000400000\n')),
    ).toEqual([]);
  });

  it('matches no four-byte value to a word with another low half', async () => {
    const [trail] = trailsOf(await snapshotOf(hunt().replaceAll('4186112', '4186113')));
    expect(trail?.cards.some((card) => card.kind === 'write')).toBe(false);
  });
});

describe('the write-barrier buffer', () => {
  it('is found in P by the version that the case proves', async () => {
    const snapshot = await snapshotOf(hunt());
    expect(bufferSlot(snapshot, 0xc00004fd18n)).toMatchObject({ p: 0xc00004e000n, slot: 341, old: true });
    expect(bufferSlot(snapshot, 0xc00004e008n)).toBeUndefined();
  });

  it('names no slot where the versions disagree', async () => {
    const snapshot = await snapshotOf("(gdb) p/x 'runtime.m0'.p\n$3 = 0xc000032508\n");
    expect(bufferSlot(snapshot, 0xc0000337f8n)).toEqual({ p: 0xc000032508n });
  });
});
