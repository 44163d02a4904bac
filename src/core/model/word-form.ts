/** How an architecture lays out a word, for rooms that may not know `arch`; a test holds both tables together. */
import type { ArchitectureName } from './process.ts';

const narrow = new Set<ArchitectureName | undefined>(['386', 'arm', 'mips', 'mipsle']);
const bigEndian = new Set<ArchitectureName | undefined>(['s390x', 'ppc64', 'mips', 'mips64']);

/** Bytes of a pointer; 8 where the architecture is not known. */
export function wordSizeOf(arch: ArchitectureName | undefined): 4 | 8 {
  return narrow.has(arch) ? 4 : 8;
}

const pushing = new Set<ArchitectureName | undefined>(['386', 'amd64', 'wasm']);

/** Whether a call pushes its return address, so that it lies right below the end of the called frame. */
export function pushesReturnAddress(arch: ArchitectureName | undefined): boolean {
  return pushing.has(arch);
}

/** False where the architecture is not known. */
export function isBigEndian(arch: ArchitectureName | undefined): boolean {
  return bigEndian.has(arch);
}
