/** Whose stack or data is damaged, where that is not the goroutine that ran. */
import { GoroutineFlag } from '../model/goroutine.ts';
import type { Complaint } from '../model/complaint.ts';
import type { Snapshot } from '../model/snapshot.ts';

type Draft = Pick<Snapshot, 'frames' | 'goroutines' | 'threads' | 'complaints'>;

/** Runtime functions that work on the stack of the goroutine in their first argument (mgcmark.go, stack.go). */
const stackWorkers = /^runtime\.(?:scanstack|copystack|shrinkstack|suspendG)$/;

function find(draft: Draft, holds: (row: number) => boolean): number | undefined {
  for (let row = 0; row < draft.goroutines.length; row++) if (holds(row)) return row;
  return undefined;
}

function hasFrame(draft: Draft, row: number, holds: (sp: bigint, fp: bigint) => boolean): boolean {
  const { goroutines, frames } = draft;
  for (let frame = goroutines.frameStart[row] ?? 0; frame < (goroutines.frameEnd[row] ?? 0); frame++) {
    const sp = frames.sp[frame] ?? 0n;
    if (sp !== 0n && holds(sp, frames.fp[frame] ?? 0n)) return true;
  }
  return false;
}

function byComplaint(draft: Draft, complaint: Complaint): number | undefined {
  if (complaint.kind === 'bad-frame-pointer-word') {
    return find(draft, (row) => hasFrame(draft, row, (sp, fp) => complaint.at >= sp && complaint.at < fp));
  }
  if (complaint.kind !== 'unexpected-return-pc') return undefined;
  const { goroutine, frame } = complaint;
  const named = goroutine === undefined ? undefined : find(draft, (row) => draft.goroutines.id[row]?.toString() === goroutine);
  return named ?? (frame === undefined ? undefined : find(draft, (row) => hasFrame(draft, row, (sp) => sp === frame.sp)));
}

/** The goroutine whose stack the runtime was working on when it crashed. */
function byWork(draft: Draft): number | undefined {
  for (const thread of draft.threads) {
    if (thread.kind === 'debugger') continue;
    const worker = thread.frames.find((frame) => stackWorkers.test(frame.function ?? ''));
    if (worker === undefined) continue;
    const first = /^\s*(0x[0-9a-f]{1,16})/.exec(worker.arguments ?? '')?.[1];
    const gp = first === undefined ? undefined : BigInt(first);
    const named = find(
      draft,
      (row) => ((draft.goroutines.flags[row] ?? 0) & GoroutineFlag.hasGp) !== 0 && draft.goroutines.gp[row] === gp,
    );
    if (named !== undefined) return named;
    // Before 1.22 headers print no gp; the stack under scan is marked.
    const scanned: number[] = [];
    for (let row = 0; row < draft.goroutines.length; row++)
      if ((draft.goroutines.flags[row] ?? 0) & GoroutineFlag.scan) scanned.push(row);
    return scanned.length === 1 ? scanned[0] : undefined;
  }
  return undefined;
}

/** Row of the damaged goroutine; undefined when it is the crashing one or nothing says whose it is. */
export function victimOf(draft: Draft, crashing: number | undefined): number | undefined {
  const crashingId = crashing === undefined ? undefined : draft.goroutines.id[crashing];
  for (const complaint of draft.complaints) {
    const row = byComplaint(draft, complaint);
    if (row !== undefined) return draft.goroutines.id[row] === crashingId ? undefined : row;
  }
  const row = byWork(draft);
  return row === undefined || draft.goroutines.id[row] === crashingId ? undefined : row;
}
