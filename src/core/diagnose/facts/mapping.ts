/** What range an address lies in: a mapping of the case, or an arena of the heap. */
import { contains } from '../../model/address.ts';
import { FrameFlag } from '../../model/goroutine.ts';
import type { Mapping } from '../../model/memory.ts';
import type { RuleContext } from '../rule.ts';

export interface Access {
  read: boolean;
  write: boolean;
  execute: boolean;
}

/** `rw-p` of /proc/PID/maps and the tools that print like it; undefined where no permissions are known. */
export function accessOf(mapping: Mapping | undefined): Access | undefined {
  const printed = mapping?.permissions;
  if (printed === undefined) return undefined;
  return { read: printed.includes('r'), write: printed.includes('w'), execute: printed.includes('x') };
}

export function mappingOf(context: RuleContext, address: bigint): Mapping | undefined {
  return context.snapshot.mappings.find((mapping) => contains(mapping, address));
}

/** Size and alignment of heap arenas on 64-bit systems other than Windows (runtime/malloc.go, Go 1.11–1.27). */
const arenaBytes = 1n << 26n;

/** True when a goroutine's printed stack lies in the same arena: then the address is the heap's, used or only reserved. */
export function isInHeapArena(context: RuleContext, address: bigint): boolean {
  const { frames, goroutines } = context.snapshot;
  if (address < 1n << 32n) return false;
  const arena = address / arenaBytes;
  for (let goroutine = 0; goroutine < goroutines.length; goroutine++) {
    if (goroutines.id[goroutine] === 0n) continue;
    const row = goroutines.frameStart[goroutine] ?? 0;
    if (row >= (goroutines.frameEnd[goroutine] ?? 0)) continue;
    if (((frames.flags[row] ?? 0) & FrameFlag.hasSp) !== 0 && (frames.sp[row] ?? 0n) / arenaBytes === arena) return true;
  }
  return false;
}

/** User-mode emulators; `qemu-img`, `qemu-nbd` and the like are none. */
const emulators =
  /(?:^|\/)(?:qemu-(?:aarch64|arm|i386|loongarch64|mips|mips64|mips64el|mipsel|ppc64|ppc64le|riscv64|s390x|x86_64)(?:_be)?(?:-static)?|rosetta|runtime\/oahd|libRosettaRuntime|box64|FEXInterpreter)$/;

/** `file` as mapped. */
export function isEmulator(file: string): boolean {
  return emulators.test(file);
}
