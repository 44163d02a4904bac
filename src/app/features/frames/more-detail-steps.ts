/** Which further detail the case lacks, and what would give it. */
import type { StackPicture } from '../../../core/model/picture.ts';
import type { DebuggerName } from '../../../core/model/session.ts';
import type { Frame } from '../../../core/model/goroutine.ts';

export interface DetailStep {
  why: string;
  command?: string;
}

/**
 * `stopped`: the frames are a debugger's, whose process (or core) is still there. `spoken`: the debugger whose session the
 * case is; what to ask it stands in the right zone, and the process need not run again.
 */
export function detailSteps(
  frames: readonly Frame[],
  picture: StackPicture | undefined,
  stopped = false,
  spoken?: DebuggerName,
): DetailStep[] {
  if (frames.length === 0) return [];
  if (spoken !== undefined && (!stopped || (spoken !== 'gdb' && spoken !== 'rr'))) return [];
  const words = picture?.missing?.command;
  if (stopped) {
    if (picture !== undefined && picture.wordsKnown > 0) return [];
    return [
      { why: 'The words of this stack', command: words?.startsWith('x/') === true ? words : 'x/100xg $sp' },
      { why: 'The registers', command: 'info registers' },
      { why: 'Which ranges are mapped', command: 'info proc mappings' },
    ];
  }
  const steps: DetailStep[] = [];
  const placed = frames.some((frame) => frame.sp !== undefined);
  if (!placed)
    steps.push({
      why: 'Runtime frames and every goroutine, with stack addresses: run again with',
      command: 'GOTRACEBACK=system',
    });
  if (picture === undefined || picture.wordsKnown === 0) {
    steps.push({ why: 'A core file that a debugger can open: run again with', command: 'GOTRACEBACK=crash' });
    if (words?.startsWith('x/') === true) steps.push({ why: 'The words of this stack, in a debugger', command: words });
    else if (!placed) steps.push({ why: 'The words of this stack, in a debugger stopped at the crash', command: 'x/100xg $sp' });
  }
  return steps;
}
