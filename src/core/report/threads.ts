/** Threads of the report with their registers. */
import type { Hex } from '../model/address.ts';
import { printedRegisters, registerCount } from '../model/register-sets.ts';
import type { RegisterSet, Thread } from '../model/thread.ts';
import type * as contract from './contract.ts';
import { reportFrame, reportRows, type ReportContext } from './facts.ts';

type ReportThread = contract.Report['threads'][number];

function registersOf(set: RegisterSet): Record<string, Hex> {
  return Object.fromEntries(printedRegisters(set));
}

function nameOf(set: RegisterSet): string {
  if (set.origin === 'runtime') return 'crashing thread';
  return set.frame === 0 ? 'debugged thread' : `debugged thread, frame ${set.frame}`;
}

/** Frames of `thread`, at most `most`. */
function framesOf(context: ReportContext, thread: Thread, most: number): contract.Frame[] {
  if (thread.rows === undefined) return thread.frames.slice(0, most).map((frame) => reportFrame(context, frame));
  const { start, end } = thread.rows;
  return reportRows(context, start, Math.min(end, start + most));
}

/** All threads, one at a time, with at most `mostFrames` frames each. */
export function* reportThreads(context: ReportContext, mostFrames = Infinity): Generator<ReportThread> {
  const { threads, registers } = context.chosen.snapshot;
  const told = new Set<RegisterSet>();
  for (const thread of threads) {
    const one: ReportThread = { name: thread.name, frames: framesOf(context, thread, mostFrames) };
    if (thread.tid !== undefined) one.tid = thread.tid;
    if (thread.registers !== undefined) {
      told.add(thread.registers);
      one.registers = registersOf(thread.registers);
    }
    yield one;
  }
  // Registers that no thread of the case claims still belong to one: the runtime prints those of the crashing thread.
  for (const set of registers)
    if (!told.has(set) && registerCount(set) > 0) yield { name: nameOf(set), frames: [], registers: registersOf(set) };
}
