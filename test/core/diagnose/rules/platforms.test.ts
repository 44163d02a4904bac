import { describe, expect, it } from 'vitest';
import { diagnoseWith } from '../../../../src/core/diagnose/engine.ts';
import { cgo05 } from '../../../../src/core/diagnose/rules/cgo-05.ts';
import { dbg01 } from '../../../../src/core/diagnose/rules/dbg-01.ts';
import { dbg02 } from '../../../../src/core/diagnose/rules/dbg-02.ts';
import { emu01 } from '../../../../src/core/diagnose/rules/emu-01.ts';
import { mac01 } from '../../../../src/core/diagnose/rules/mac-01.ts';
import { mac02 } from '../../../../src/core/diagnose/rules/mac-02.ts';
import { mac03 } from '../../../../src/core/diagnose/rules/mac-03.ts';
import { ra04 } from '../../../../src/core/diagnose/rules/ra-04.ts';
import { ra05 } from '../../../../src/core/diagnose/rules/ra-05.ts';
import { win01 } from '../../../../src/core/diagnose/rules/win-01.ts';
import { win02 } from '../../../../src/core/diagnose/rules/win-02.ts';
import { win03 } from '../../../../src/core/diagnose/rules/win-03.ts';
import { toAddress } from '../../../../src/core/model/address.ts';
import type { SignalFacts } from '../../../../src/core/model/event.ts';
import { makeSnapshot, type BuiltSnapshot } from '../../../support/snapshot.ts';
import type { FrameSpec, SnapshotSpec } from '../../../support/snapshot-spec.ts';
import { crashed, only, statements, user } from './support.ts';

function exception(signal: SignalFacts, frames: FrameSpec[] = [user('app.run')]): BuiltSnapshot {
  return crashed([{ kind: 'exception', text: `Exception ${signal.name}`, category: 'exception', signal }], frames, {
    process: { os: 'windows', arch: 'amd64' },
    crash: { kind: 'exception', signal: signal.name },
  });
}

describe('WIN-01', () => {
  const violation = (code: number, address: bigint) =>
    exception({ name: '0xc0000005', code, address: toAddress(address), pc: toAddress(0x7ff6a0001234n) });

  it.each([
    [0, 'read'],
    [1, 'write'],
    [8, 'execute'],
  ])('decodes the kind of access %i', (code, verb) => {
    expect(only(win01, violation(code, 0x20n)).headline).toBe(`Windows refused an attempt to ${verb} at \`0x20\``);
  });

  it('is silent for other exceptions and for a Linux signal', () => {
    expect(win01.examine(exception({ name: '0xc0000409' }).context)).toEqual([]);
    expect(win01.examine(exception({ name: 'SIGSEGV', code: 1, address: toAddress(0x20) }).context)).toEqual([]);
  });
});

describe('WIN-02', () => {
  it('names the code', () => {
    const found = only(win02, exception({ name: '0xc0000374' }));
    expect(found.headline).toContain("the C heap's records are damaged");
    expect(found.explanation).toContain('STATUS_HEAP_CORRUPTION');
  });

  it('is silent for an access violation and for a code that it does not know', () => {
    expect(win02.examine(exception({ name: '0xc0000005', code: 0 }).context)).toEqual([]);
    expect(win02.examine(exception({ name: '0xc0001234' }).context)).toEqual([]);
  });
});

describe('CGO-05', () => {
  const frames: FrameSpec[] = [{ function: 'runtime.cgocall' }, { function: 'main._Cfunc_render' }, user('main.draw')];

  it('names the C function and explains the bare code', () => {
    const built = exception({ name: '0xe06d7363' }, frames);
    const findings = diagnoseWith([win02, cgo05], [built.snapshot], built.documents)[0]?.findings ?? [];
    expect(findings.map((finding) => finding.rule)).toEqual(['CGO-05', 'WIN-02']);
    expect(findings[0]?.headline).toBe('The C function `render` let an exception or a jump cross into Go');
  });

  it('is silent for exceptions that no code throws on purpose, and for signals', () => {
    expect(cgo05.examine(exception({ name: '0xc0000374' }, frames).context)).toEqual([]);
    expect(cgo05.examine(exception({ name: 'SIGABRT', code: -6 }, frames).context)).toEqual([]);
  });
});

function complained(name: string, value: bigint, os: string): BuiltSnapshot {
  return crashed([{ kind: 'fatal-error', text: 'unknown caller pc', category: 'unknown-caller-pc' }], [user('app.disk', 9)], {
    process: { arch: 'amd64', os },
    complaints: [{ kind: 'unexpected-return-pc', function: name, value: toAddress(value) }],
  });
}

describe('WIN-03', () => {
  it('blames the call and explains the zero', () => {
    const built = complained('syscall.SyscallN', 0n, 'windows');
    const findings = diagnoseWith([ra05, win03], [built.snapshot], built.documents)[0]?.findings ?? [];
    expect(findings.map((finding) => finding.rule)).toEqual(['WIN-03', 'RA-05']);
    expect(findings[0]?.headline).toContain('under `app.disk` (`main.go:9`)');
  });

  it('is silent for another function, another value and another system', () => {
    expect(win03.examine(complained('app.disk', 0n, 'windows').context)).toEqual([]);
    expect(win03.examine(complained('syscall.SyscallN', 0x2000200003n, 'windows').context)).toEqual([]);
    expect(win03.examine(complained('syscall.Syscall', 0n, 'linux').context)).toEqual([]);
  });
});

function onMac(name: string, frames: FrameSpec[], os = 'darwin'): BuiltSnapshot {
  const signal: SignalFacts = { name, code: 1, address: toAddress(0x20) };
  return crashed([{ kind: 'signal', text: name, category: 'signal', signal }], frames, {
    process: { os, arch: 'arm64' },
    crash: { kind: 'signal', signal: name, code: 1, faultAddress: 0x20n },
  });
}

describe('MAC-01', () => {
  it('is a possibility while a program starts', () => {
    expect(only(mac01, onMac('SIGILL', [{ function: 'runtime.rt0_go' }])).confidence).toBe('possible');
  });

  it('is silent later, for another signal and on another system', () => {
    expect(mac01.examine(onMac('SIGILL', [user('app.run')]).context)).toEqual([]);
    expect(mac01.examine(onMac('SIGSEGV', [{ function: 'runtime.rt0_go' }]).context)).toEqual([]);
    expect(mac01.examine(onMac('SIGILL', [{ function: 'runtime.rt0_go' }], 'linux').context)).toEqual([]);
  });
});

describe('MAC-02', () => {
  it('takes the marker for what it is', () => {
    const built = complained('runtime.sigpanic', 0x0b01dfacedebac1en, 'darwin');
    const findings = diagnoseWith([ra04, mac02], [built.snapshot], built.documents)[0]?.findings ?? [];
    expect(findings.map((finding) => finding.rule)).toEqual(['MAC-02', 'RA-04']);
    expect(findings[0]?.bogus).toEqual([]);
  });

  it('is silent for neighbours of the value', () => {
    expect(mac02.examine(complained('app.run', 0x0b01dfacedebac1fn, 'darwin').context)).toEqual([]);
    expect(mac02.examine(makeSnapshot({ words: [[0xc000010000n, 0xfacedebac1en]] }).context)).toEqual([]);
  });
});

describe('MAC-03', () => {
  const child: FrameSpec[] = [{ function: 'runtime.memmove' }, { function: 'syscall.forkAndExecInChild' }, user('app.start')];

  it('sees the child', () => {
    expect(statements(only(mac03, onMac('SIGSEGV', child)))).toContain('runs in the child');
  });

  it('is silent in the parent and on another system', () => {
    expect(mac03.examine(onMac('SIGSEGV', [{ function: 'syscall.forkExec' }, user('app.start')]).context)).toEqual([]);
    expect(mac03.examine(onMac('SIGSEGV', child, 'linux').context)).toEqual([]);
  });
});

describe('EMU-01', () => {
  const mapped = (file: string): SnapshotSpec => ({
    mappings: [{ start: 0x60000000n, end: 0x60400000n, permissions: 'r-xp', file }],
  });

  it('names the emulator', () => {
    const built = crashed([{ kind: 'signal', text: 'SIGSEGV' }], [], mapped('/usr/bin/qemu-x86_64-static'));
    expect(only(emu01, built).headline).toContain('`/usr/bin/qemu-x86_64-static`');
  });

  it('is silent for a program of that family that is no emulator, and without a crash', () => {
    expect(emu01.examine(crashed([{ kind: 'signal', text: 'SIGSEGV' }], [], mapped('/srv/qemu-images/tool')).context)).toEqual(
      [],
    );
    expect(emu01.examine(makeSnapshot(mapped('/usr/bin/qemu-x86_64-static')).context)).toEqual([]);
  });
});

describe('DBG-01', () => {
  const listed = (code: string[], origin: 'disassembly' | 'assembly' = 'disassembly') =>
    makeSnapshot({ listings: [{ function: 'app.report', origin, code }] });

  it('names the probed function', () => {
    const found = only(dbg01, listed(['int3', 'lea -0x18(%rsp),%r12', 'cmp 0x10(%r14),%r12']));
    expect(found.headline).toBe('`app.report` is probed: its first instruction is a breakpoint');
  });

  it('is silent for filled gaps, for a breakpoint further on, and in source text', () => {
    expect(dbg01.examine(listed(['int3', 'int3', 'int3']).context)).toEqual([]);
    expect(dbg01.examine(listed(['push %rbp', 'int3', 'ret']).context)).toEqual([]);
    expect(dbg01.examine(listed(['INT $3', 'RET'], 'assembly').context)).toEqual([]);
  });
});

describe('DBG-02', () => {
  const watched = (newValue: bigint, words: [bigint, bigint][]) =>
    makeSnapshot({
      events: [{ kind: 'watchpoint', text: '*0xc000031358', stop: { newValue: toAddress(newValue) } }],
      words,
      stacks: [{ lo: 0xc000280000n, hi: 0xc000300000n, owner: '1' }],
    });

  it('finds the pointer with the same lower half, also for a negative number', () => {
    const found = only(dbg02, watched(0x2ff000n, [[0xc000031358n, 0xc0002ff000n]]));
    expect(found.headline).toBe('The watched value `0x2ff000` is the low half of `0xc0002ff000`');
    const negative = makeSnapshot({
      events: [{ kind: 'watchpoint', text: '*0x1', stop: { newValue: toAddress(-0x10000000n) } }],
      frames: [{ function: 'app.run', sp: 0xc0f0000000n, fp: 0xc0f0000040n }],
    });
    expect(only(dbg02, negative).headline).toContain('`0xc0f0000000`');
  });

  it('is silent for a whole word, for a small number and without such a pointer', () => {
    expect(dbg02.examine(watched(0xc0002ff000n, [[0xc000031358n, 0xc0002ff000n]]).context)).toEqual([]);
    expect(dbg02.examine(watched(7n, [[0xc000031358n, 0xc000000007n]]).context)).toEqual([]);
    expect(dbg02.examine(watched(0x2ff000n, [[0xc000031358n, 0xc0002ff008n]]).context)).toEqual([]);
  });
});
