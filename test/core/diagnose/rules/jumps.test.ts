import { describe, expect, it } from 'vitest';
import { jmp01 } from '../../../../src/core/diagnose/rules/jmp-01.ts';
import { jmp02 } from '../../../../src/core/diagnose/rules/jmp-02.ts';
import { jmp03 } from '../../../../src/core/diagnose/rules/jmp-03.ts';
import { nil03 } from '../../../../src/core/diagnose/rules/nil-03.ts';
import { toAddress } from '../../../../src/core/model/address.ts';
import type { BuiltSnapshot } from '../../../support/snapshot.ts';
import type { SnapshotSpec } from '../../../support/snapshot-spec.ts';
import { crashed, only, statements, user } from './support.ts';

function fault(pc: bigint, address: bigint, code = 1, more: SnapshotSpec = {}): BuiltSnapshot {
  const signal = { name: 'SIGSEGV', code, pc: toAddress(pc), address: toAddress(address) };
  return crashed(
    [{ kind: 'signal', text: 'SIGSEGV: segmentation violation', category: 'signal', signal }],
    [user('app.dispatch', 77)],
    { process: { arch: 'amd64' }, ...more, crash: { kind: 'signal', signal: 'SIGSEGV', code, faultAddress: address, pc } },
  );
}

const text = { start: 0x401000n, end: 0x4a0000n, permissions: 'r-xp', file: '/srv/app' };
const data = { start: 0x4a0000n, end: 0x500000n, permissions: 'rw-p', file: '/srv/app' };

describe('JMP-01', () => {
  it('knows a program counter of 0', () => {
    const found = only(jmp01, fault(0n, 0n));
    expect(found.headline).toBe('`app.dispatch` (`main.go:77`) called a function through a nil pointer');
    expect(found.confidence).toBe('very likely');
    expect(found.bogus).toEqual([]);
  });

  it('knows it from the return address of the injected call', () => {
    const built = crashed([{ kind: 'fatal-error', text: 'unknown caller pc' }], [user('app.dispatch')], {
      complaints: [{ kind: 'unexpected-return-pc', function: 'runtime.sigpanic', value: toAddress(0) }],
    });
    expect(only(jmp01, built).confidence).toBe('likely');
  });

  it('is silent for a nil read by code that exists, and for a signal that was sent', () => {
    expect(jmp01.examine(fault(0x46a2c0n, 0n).context)).toEqual([]);
    expect(jmp01.examine(fault(0n, 0x57n, 0).context)).toEqual([]);
  });
});

describe('JMP-02', () => {
  it('accuses the value that was jumped to', () => {
    const found = only(jmp02, fault(0x4b3210n, 0x4b3210n, 2, { mappings: [text, data] }));
    expect(found.headline).toBe('The program jumped to `0x4b3210`, which is no code');
    expect(found.confidence).toBe('very likely');
    expect(found.bogus).toMatchObject([{ value: 0x4b3210n, at: 'pc' }]);
  });

  it('is less sure where nothing is known of the mappings', () => {
    expect(only(jmp02, fault(0x7f0012345678n, 0x7f0012345678n)).confidence).toBe('likely');
  });

  it('is silent when the address is code, when it is not the program counter, and for nil', () => {
    expect(jmp02.examine(fault(0x46a2c0n, 0x46a2c0n, 1, { mappings: [text, data] }).context)).toEqual([]);
    expect(jmp02.examine(fault(0x46a2c0n, 0x4b3210n, 2, { mappings: [text, data] }).context)).toEqual([]);
    expect(jmp02.examine(fault(0n, 0n).context)).toEqual([]);
  });
});

describe('JMP-03', () => {
  const listed = (line: string): SnapshotSpec => ({
    mappings: [text, data],
    listings: [{ function: 'app.dispatch', code: [{ text: line, address: 0x46a2c0n }] }],
  });

  it('speaks of an unreadable page of code', () => {
    const found = only(jmp03, fault(0x46a2c0n, 0x46a2c0n, 1, listed('add %rax,%rcx')));
    expect(found.headline).toContain("A page of the program's code at `0x46a2c0`");
    expect(found.confidence).toBe('likely');
    expect(found.bogus).toEqual([]);
  });

  it('is a mere possibility without the instruction', () => {
    expect(only(jmp03, fault(0x46a2c0n, 0x46a2c0n, 1, { mappings: [text, data] })).confidence).toBe('possible');
  });

  it('is silent when the instruction uses memory, and when the address is no code', () => {
    expect(jmp03.examine(fault(0x46a2c0n, 0x46a2c0n, 1, listed('mov 0x8(%rax),%rcx')).context)).toEqual([]);
    expect(jmp03.examine(fault(0x4b3210n, 0x4b3210n, 2, { mappings: [text, data] }).context)).toEqual([]);
  });
});

describe('NIL-03', () => {
  it('reads the address as a signed number', () => {
    const found = only(nil03, fault(0x46a2c0n, 0xffffffffffffffffn, 1, { registers: { rax: 0xffffffffffffffffn } }));
    expect(found.headline).toBe('`app.dispatch` (`main.go:77`) used the negative number -1 as an address');
    expect(statements(found)).toContain('Register `rax` holds -1');
    expect(found.bogus.map((pointer) => pointer.value)).toEqual([0xffffffffffffffffn]);
  });

  it('is silent for a large negative number, a small positive one, and a signal that was sent', () => {
    expect(nil03.examine(fault(0x46a2c0n, 0xffffffff84222325n).context)).toEqual([]);
    expect(nil03.examine(fault(0x46a2c0n, 0x18n).context)).toEqual([]);
    expect(nil03.examine(fault(0x46a2c0n, 0xffffffffffffffffn, 0).context)).toEqual([]);
  });
});
