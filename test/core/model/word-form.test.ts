import { expect, it } from 'vitest';
import { architectureOf } from '../../../src/core/arch/index.ts';
import type { ArchitectureName } from '../../../src/core/model/process.ts';
import { isBigEndian, pushesReturnAddress, wordSizeOf } from '../../../src/core/model/word-form.ts';

const names: readonly ArchitectureName[] = [
  ...(['386', 'amd64', 'arm', 'arm64', 'loong64', 'mips', 'mipsle', 'mips64', 'mips64le'] as const),
  ...(['ppc64', 'ppc64le', 'riscv64', 's390x', 'wasm'] as const),
];

it.each(names)('%s has the word that its architecture has', (name) => {
  const architecture = architectureOf(name);
  if (architecture === undefined) expect(name).toBe('wasm');
  else {
    expect([wordSizeOf(name), isBigEndian(name)]).toEqual([architecture.wordSize, architecture.bigEndian]);
    expect(pushesReturnAddress(name)).toBe(architecture.returnAddressAt === 'frame-top');
  }
});

it('is 8 bytes, least first, where the architecture is not known', () => {
  expect([wordSizeOf(undefined), isBigEndian(undefined), pushesReturnAddress(undefined)]).toEqual([8, false, false]);
});
