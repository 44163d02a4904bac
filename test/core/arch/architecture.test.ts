import { describe, expect, it } from 'vitest';
import { architectureOf, type Architecture } from '../../../src/core/arch/index.ts';
import { toAddress } from '../../../src/core/model/address.ts';
import type { ArchitectureName } from '../../../src/core/model/process.ts';

function arch(name: ArchitectureName): Architecture {
  const found = architectureOf(name);
  if (found === undefined) throw new Error(name);
  return found;
}

const place = (sp: bigint, fp: bigint) => ({ sp: toAddress(sp), fp: toAddress(fp) });

describe('amd64', () => {
  const amd64 = arch('amd64');

  it('keeps the return address in the last word and the frame pointer under it', () => {
    expect(amd64.returnSlot(place(0x1000n, 0x1030n))).toBe(0x1028n);
    expect(amd64.framePointerSlot(place(0x1000n, 0x1030n))).toBe(0x1020n);
    expect(amd64.framePointerSlot(place(0x1000n, 0x1010n))).toBe(0x1000n);
  });

  it('has no frame-pointer slot where the frame holds the return address only', () => {
    expect(amd64.framePointerSlot(place(0x1000n, 0x1008n))).toBeUndefined();
    expect(amd64.returnSlot(place(0x1000n, 0x1008n))).toBe(0x1000n);
  });

  it('has no slots in a frame that is empty or upside down', () => {
    expect(amd64.returnSlot(place(0x1000n, 0x1000n))).toBeUndefined();
    expect(amd64.returnSlot(place(0x1030n, 0x1000n))).toBeUndefined();
    expect(amd64.framePointerSlot(place(0x1030n, 0x1000n))).toBeUndefined();
  });

  it('joins frames at one border, sigpanic too', () => {
    expect(amd64.joins(place(0x1000n, 0x1030n), 'main.f')).toEqual([0x1030n]);
    expect(amd64.joins(place(0x1000n, 0x1030n), 'runtime.sigpanic')).toEqual([0x1030n]);
  });
});

describe('arm64', () => {
  const arm64 = arch('arm64');

  it('keeps the link register at the bottom and the frame pointer one word below the frame', () => {
    expect(arm64.returnSlot(place(0x1000n, 0x1030n))).toBe(0x1000n);
    expect(arm64.framePointerSlot(place(0x1000n, 0x1030n))).toBe(0xff8n);
  });

  it('gives a leaf of size 0 no slots: the word below it is its caller’s', () => {
    expect(arm64.returnSlot(place(0x1000n, 0x1000n))).toBeUndefined();
    expect(arm64.framePointerSlot(place(0x1000n, 0x1000n))).toBeUndefined();
  });

  it.each(['runtime.sigpanic', 'runtime.asyncPreempt', 'runtime.asyncPreempt2', 'runtime.debugCallV2'])(
    'allows 16 bytes more after the injected %s',
    (name) => {
      expect(arm64.joins(place(0x1000n, 0x1030n), name)).toEqual([0x1040n, 0x1030n]);
    },
  );

  it('allows none after an ordinary function', () => {
    expect(arm64.joins(place(0x1000n, 0x1030n), 'main.sigpanic')).toEqual([0x1030n]);
    expect(arm64.joins(place(0x1000n, 0x1030n), undefined)).toEqual([0x1030n]);
  });
});

describe('the other architectures', () => {
  const names: ArchitectureName[] = [
    '386',
    'arm',
    'loong64',
    'mips',
    'mipsle',
    'mips64',
    'mips64le',
    'ppc64',
    'ppc64le',
    'riscv64',
    's390x',
    'wasm',
  ];

  it.each(names)('%s keeps no frame pointer', (name) => {
    expect(arch(name).framePointer).toBeUndefined();
    expect(arch(name).framePointerSlot(place(0x1000n, 0x1030n))).toBeUndefined();
    expect(arch(name).joins(place(0x1000n, 0x1030n), 'main.f')).toContain(0x1030n);
  });

  it('386 pushes the return address, machines with a link register save it at the bottom', () => {
    expect(arch('386').returnSlot(place(0x1000n, 0x1030n))).toBe(0x102cn);
    expect(arch('riscv64').returnSlot(place(0x1000n, 0x1030n))).toBe(0x1000n);
    expect(arch('ppc64le').returnSlot(place(0x1000n, 0x1000n))).toBeUndefined();
  });

  it('knows word size and byte order', () => {
    expect(names.filter((name) => arch(name).wordSize === 4)).toEqual(['386', 'arm', 'mips', 'mipsle']);
    expect(names.filter((name) => arch(name).bigEndian)).toEqual(['mips', 'mips64', 'ppc64', 's390x']);
  });
});

it('knows no architecture that was not proved', () => {
  expect(architectureOf(undefined)).toBeUndefined();
});
