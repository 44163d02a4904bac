/**
 * Return slots that hold an address between two functions. The linker's padding counts to the function before it, so the runtime finds a
 * function for the address but none of its tables reach that far: `invalid pc-encoded table` (runtime/symtab.go pcvalue; Go 1.9–1.27).
 */
import { architectureOf } from '../../arch/index.ts';
import { toAddress, type Address } from '../../model/address.ts';
import { withoutAbi } from '../../model/function-name.ts';
import { FrameFlag } from '../../model/goroutine.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { hex } from './addresses.ts';
import type { BadReturn } from './bad-return.ts';
import { code } from './wording.ts';

interface Callee {
  function?: string;
  slot?: Address;
  goroutine: string;
}

/** The frame below the one that the walk invented at `pc`: its return slot held the address. */
function calleeOf(snapshot: Snapshot, pc: Address): Callee | undefined {
  const { frames, goroutines, strings } = snapshot;
  const arch = architectureOf(snapshot.process.arch);
  for (let owner = 0; owner < goroutines.length; owner++) {
    const start = goroutines.frameStart[owner] ?? 0;
    for (let row = start + 1; row < (goroutines.frameEnd[owner] ?? 0); row++) {
      if (((frames.flags[row] ?? 0) & FrameFlag.hasPc) === 0 || frames.pc[row] !== pc) continue;
      const below = row - 1;
      const callee: Callee = { goroutine: (goroutines.id[owner] ?? 0n).toString() };
      const name = strings[frames.functionName[below] ?? 0] ?? '';
      if (name !== '') callee.function = withoutAbi(name);
      const placed = FrameFlag.hasSp | FrameFlag.hasFp;
      if (arch !== undefined && ((frames.flags[below] ?? 0) & placed) === placed) {
        const place = { sp: toAddress(frames.sp[below] ?? 0n), fp: toAddress(frames.fp[below] ?? 0n) };
        const slot = arch.returnSlot(place);
        if (slot !== undefined) callee.slot = slot;
      }
      return callee;
    }
  }
  return undefined;
}

export function paddingReturns(snapshot: Snapshot): BadReturn[] {
  const found: BadReturn[] = [];
  for (const complaint of snapshot.complaints) {
    if (complaint.kind !== 'traceback' || complaint.table === undefined || complaint.pc === undefined) continue;
    const { pc: value, table, source } = complaint;
    if (value < table.end || found.some((one) => one.value === value)) continue;
    const callee = calleeOf(snapshot, value);
    const statement = `The runtime followed the return address ${hex(value)}; the code of ${code(table.function)} ends before it, at ${hex(table.end)}.`;
    found.push({
      ...callee,
      value,
      behind: withoutAbi(table.function),
      complained: true,
      evidence: [{ statement, source }],
      source,
    });
  }
  return found;
}
