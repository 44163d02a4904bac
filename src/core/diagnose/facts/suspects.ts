/**
 * Who may have left a wrong value in the frame-pointer register, where no listing and no search shows it: assembly that the session
 * met, else the functions that the caller is listed to call. A suspicion, marked as such.
 */
import type { Evidence } from '../../model/finding.ts';
import { isRuntimeFunction, isUserFunction, withoutAbi } from '../../model/function-name.ts';
import type { Frame } from '../../model/goroutine.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { threadsWith } from '../../model/thread-frames.ts';
import { calleesOf } from './callees.ts';
import { framePointerWrites } from './constants.ts';
import { code, listOf } from './wording.ts';

export interface Suspect {
  function: string;
  /** write: its listing writes the register and does not restore it. assembly: seen in the session. callee: called by the caller. */
  proof: 'write' | 'assembly' | 'callee';
  /** What it writes to the register, where that is a constant. */
  constant?: bigint;
  evidence: Evidence;
}

/** Assembly functions of the program in which a stack or a stop of the session stood. */
function assemblySeen(snapshot: Snapshot): Map<string, Evidence> {
  const seen = new Map<string, Evidence>();
  const add = (name: string | undefined, file: string | undefined, evidence: Omit<Evidence, 'statement'>): void => {
    const plain = withoutAbi(name ?? '');
    if (
      plain === '' ||
      file?.endsWith('.s') !== true ||
      isRuntimeFunction(plain) ||
      !isUserFunction(plain, file) ||
      seen.has(plain)
    )
      return;
    const base = file.slice(file.lastIndexOf('/') + 1);
    const statement = `The session stood in ${code(plain)}, which is written in assembly (${code(base)}); only assembly can return without the caller's frame pointer.`;
    seen.set(plain, { statement, inferred: true, ...evidence });
  };
  for (const { stop, source } of snapshot.events) if (stop !== undefined) add(stop.function, stop.file, { source });
  const isAssembly = (file: string): boolean => file.endsWith('.s');
  for (const thread of threadsWith(snapshot, () => false, isAssembly))
    for (const frame of thread.frames) add(frame.function, frame.file, { source: frame.source });
  return seen;
}

/** `value`: left in the register, when known. Undefined where there is no suspect, or more than one of equal standing. */
export function suspectOf(snapshot: Snapshot, callers: readonly Frame[], value?: bigint): Suspect | undefined {
  const writes = framePointerWrites(snapshot).filter(
    (write) => write.last && !isRuntimeFunction(write.function) && (value === undefined || write.constant === undefined),
  );
  const [write] = writes;
  if (write !== undefined && writes.every((one) => one.function === write.function)) {
    const statement = `${code(write.function)} has ${code(write.instruction.text)} and restores nothing before it returns.`;
    const suspect: Suspect = {
      function: write.function,
      proof: 'write',
      evidence: { statement, source: write.instruction.source },
    };
    if (write.constant !== undefined) suspect.constant = write.constant;
    return suspect;
  }
  const seen = [...assemblySeen(snapshot)];
  const [met] = seen;
  if (met !== undefined && seen.length === 1) return { function: met[0], proof: 'assembly', evidence: met[1] };
  const caller = callers[0]?.function;
  if (caller === undefined) return undefined;
  const callees = calleesOf(snapshot, caller, callers[0]?.pc).filter(
    (one) => seen.length === 0 || seen.some(([name]) => name === one.function),
  );
  const [callee] = callees;
  if (callee === undefined) return undefined;
  const others = callees.slice(1).map((one) => code(one.function));
  const also = others.length === 0 ? '' : ` It calls ${listOf(others)} too.`;
  const statement = `${code(caller)} calls ${code(callee.function)} (${code(callee.instruction.text)}).${also}`;
  return {
    function: callee.function,
    proof: 'callee',
    evidence: { statement, source: callee.instruction.source, inferred: true },
  };
}
