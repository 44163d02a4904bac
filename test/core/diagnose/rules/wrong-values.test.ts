import { describe, expect, it } from 'vitest';
import { mc02 } from '../../../../src/core/diagnose/rules/mc-02.ts';
import { mc03 } from '../../../../src/core/diagnose/rules/mc-03.ts';
import { mc04 } from '../../../../src/core/diagnose/rules/mc-04.ts';
import { mc05 } from '../../../../src/core/diagnose/rules/mc-05.ts';
import { mc07 } from '../../../../src/core/diagnose/rules/mc-07.ts';
import { toAddress } from '../../../../src/core/model/address.ts';
import type { BuiltSnapshot } from '../../../support/snapshot.ts';
import type { SnapshotSpec } from '../../../support/snapshot-spec.ts';
import { crashed, only, statements, user } from './support.ts';

const good = 0xc001061f40n;

/** An access to `address` failed; the case knows the pointer `good` from a frame. */
function accessed(address: bigint, code = 1, more: SnapshotSpec = {}): BuiltSnapshot {
  const signal = { name: 'SIGSEGV', code, address: toAddress(address), pc: toAddress(0x46a2c0) };
  return crashed(
    [{ kind: 'signal', text: 'SIGSEGV', category: 'signal', signal }],
    [{ ...user('app.(*node).next', 12), sp: good, fp: good + 0x40n, pc: 0x46a2c0n }],
    {
      process: { arch: 'amd64' },
      stacks: [{ lo: 0xc001060000n, hi: 0xc001062000n, owner: '1' }],
      ...more,
      crash: { kind: 'signal', signal: 'SIGSEGV', code, faultAddress: address },
    },
  );
}

describe('MC-02', () => {
  it('finds the good pointer one bit away', () => {
    const found = only(mc02, accessed(good ^ (1n << 44n)));
    expect(found.headline).toBe('`0x10c001061f40` differs from the good pointer `0xc001061f40` in one bit');
    expect(found.confidence).toBe('likely');
    expect(statements(found)).toContain('the frame of app.(*node).next');
  });

  it('is silent for two bits, for a bit inside of an arena, and for a signal that was sent', () => {
    expect(mc02.examine(accessed(good ^ (5n << 42n)).context)).toEqual([]);
    expect(mc02.examine(accessed(good ^ (1n << 14n)).context)).toEqual([]);
    expect(mc02.examine(accessed(good ^ (1n << 44n), 0).context)).toEqual([]);
  });
});

describe('MC-03', () => {
  it('reads the text', () => {
    const found = only(mc03, accessed(0x6d616e206f67n));
    expect(found.headline).toContain('go nam');
    expect(found.bogus[0]?.value).toBe(0x6d616e206f67n);
  });

  it('reads the return address that the runtime refused', () => {
    const complaints: SnapshotSpec['complaints'] = [
      { kind: 'unexpected-return-pc', function: 'app.run', value: toAddress(0x2f3a707474687075n) },
    ];
    const built = crashed([{ kind: 'fatal-error', text: 'unknown caller pc' }], [user('app.run')], { complaints });
    expect(only(mc03, built).headline).toContain('A return address is the text');
  });

  it('is silent for punctuation, for few characters, and for an ordinary pointer', () => {
    expect(mc03.examine(accessed(0x2d2d2d2d2d2dn).context)).toEqual([]);
    expect(mc03.examine(accessed(0x6e6f67n).context)).toEqual([]);
    expect(mc03.examine(accessed(0x7fc0d1671080n).context)).toEqual([]);
    expect(mc03.examine(accessed(0x5555555f4a30n).context)).toEqual([]);
  });
});

describe('MC-04', () => {
  it('names who writes the mark, also behind a field offset', () => {
    expect(only(mc04, accessed(0xdeadbeefn)).headline).toContain('debug marker 0xdeadbeef');
    expect(only(mc04, accessed(0xdddddddddddddde5n)).explanation).toContain('lies 8 bytes behind `0xdddddddddddddddd`');
  });

  it('is silent for a value before the mark or far behind, and for an ordinary pointer', () => {
    expect(mc04.examine(accessed(0xdeadbee0n).context)).toEqual([]);
    expect(mc04.examine(accessed(0xdeadd000n).context)).toEqual([]);
    expect(mc04.examine(accessed(0x7fc0d1671080n).context)).toEqual([]);
  });
});

describe('MC-05', () => {
  it('reads the number', () => {
    const found = only(mc05, accessed(0x3ff8000000000000n));
    expect(found.headline).toContain('is the number 1.5');
    expect(found.confidence).toBe('possible');
  });

  it('is silent for a long fraction, and for an ordinary pointer', () => {
    expect(mc05.examine(accessed(0x3ff8123456789abcn).context)).toEqual([]);
    expect(mc05.examine(accessed(0x7fc0d1671080n).context)).toEqual([]);
  });
});

describe('MC-07', () => {
  it('finds the pointer that has this half', () => {
    const found = only(mc07, accessed(good & 0xffffffffn));
    expect(found.headline).toBe('`0x1061f40` is half of the pointer `0xc001061f40`');
    expect(only(mc07, accessed((good & 0xffffffffn) << 32n)).explanation).toContain('in its upper half');
  });

  it('is silent for nil and a large offset that happens to end a pointer', () => {
    const frames = [{ ...user('app.run'), sp: 0xc000061f40n, fp: 0xc000061f80n }];
    expect(mc07.examine(accessed(0x61f40n, 1, { goroutines: [{ frames }] }).context)).toEqual([]);
  });

  it('is silent for another half, for a whole pointer, and on 32-bit machines', () => {
    expect(mc07.examine(accessed(0x30bc5b31n).context)).toEqual([]);
    expect(mc07.examine(accessed(good ^ (1n << 44n)).context)).toEqual([]);
    expect(mc07.examine(accessed(good & 0xffffffffn, 1, { wordSize: 4 }).context)).toEqual([]);
  });
});
