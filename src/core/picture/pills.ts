/** Registers beside the rows that they point at. */
import { architectureOf } from '../arch/index.ts';
import { withoutAbi } from '../model/function-name.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { OwnedStack } from './owner.ts';

/** Whether the registers of the case belong to this stack: they hold its stack pointer. */
export function pillsOf(snapshot: Snapshot, owned: OwnedStack): Map<bigint, string[]> {
  const pills = new Map<bigint, string[]>();
  const add = (address: bigint, name: string): void => {
    const known = pills.get(address);
    if (known === undefined) pills.set(address, [name]);
    else if (!known.includes(name)) known.push(name);
  };
  const arch = architectureOf(snapshot.process.arch);
  const low = owned.frames[0]?.sp;
  const high = owned.frames.at(-1)?.fp;
  if (arch !== undefined && low !== undefined && high !== undefined) {
    for (const set of snapshot.registers) {
      const stackPointer = set.values.find((register) => register.name === arch.stackPointer)?.value;
      if (set.values.length > 1 && (stackPointer === undefined || stackPointer < low - 4096n || stackPointer > high)) continue;
      for (const register of set.values) {
        const isFrame = register.name === arch.stackPointer || register.name === arch.framePointer;
        if (isFrame && register.value >= low && register.value < high) add(register.value, register.name.toUpperCase());
      }
    }
  }
  const start = snapshot.chains.find((chain) => chain.owner === owned.owner)?.start;
  if (start !== undefined && start.from !== arch?.framePointer && withoutAbi(start.from) !== '') add(start.value, 'walk');
  return pills;
}
