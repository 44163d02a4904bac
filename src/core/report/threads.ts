/** Threads of the report with their registers. */
import { formatAddress, type Hex } from '../model/address.ts';
import type { RegisterSet } from '../model/thread.ts';
import type * as contract from './contract.ts';
import { reportFrame, type ReportContext } from './facts.ts';

type ReportThread = contract.Report['threads'][number];

function registersOf(set: RegisterSet): Record<string, Hex> {
  return Object.fromEntries(set.values.map(({ name, value }) => [name, formatAddress(value)]));
}

function nameOf(set: RegisterSet): string {
  if (set.origin === 'runtime') return 'crashing thread';
  return set.frame === 0 ? 'debugged thread' : `debugged thread, frame ${set.frame}`;
}

export function reportThreads(context: ReportContext): ReportThread[] {
  const { threads, registers } = context.chosen.snapshot;
  const told = new Set<RegisterSet>();
  const result = threads.map((thread) => {
    const one: ReportThread = { name: thread.name, frames: thread.frames.map((frame) => reportFrame(context, frame)) };
    if (thread.tid !== undefined) one.tid = thread.tid;
    if (thread.registers !== undefined) {
      told.add(thread.registers);
      one.registers = registersOf(thread.registers);
    }
    return one;
  });
  // Registers that no thread of the case claims still belong to one: the runtime prints those of the crashing thread.
  const tail = registers.filter((set) => !told.has(set) && set.values.length > 0);
  return [...result, ...tail.map((set) => ({ name: nameOf(set), frames: [], registers: registersOf(set) }))];
}
