/** Goroutines stopped by asynchronous preemption: runtime.asyncPreempt is what the signal handler injects (runtime/preempt.go, Go 1.14+). */
import type { Frame } from '../../model/goroutine.ts';

export interface Preempted {
  /** runtime.asyncPreempt. */
  injected: Frame;
  /** The function that was interrupted. */
  interrupted: Frame;
  /** Bytes of the interrupted function's frame, where its places were printed. */
  frameBytes?: bigint;
}

/** The innermost interruption in the stack. */
export function preemptedAt(frames: readonly Frame[]): Preempted | undefined {
  const at = frames.findIndex((frame) => /^runtime\.asyncPreempt(?:\.abi0)?$/.test(frame.function ?? ''));
  const injected = frames[at];
  const interrupted = frames.slice(at + 1).find((frame) => !frame.inlined);
  if (injected === undefined || interrupted === undefined) return undefined;
  const { sp, fp } = interrupted;
  return sp === undefined || fp === undefined || fp < sp
    ? { injected, interrupted }
    : { injected, interrupted, frameBytes: fp - sp };
}
