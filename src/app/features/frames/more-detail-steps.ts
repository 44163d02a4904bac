/** Which further detail the case lacks, and what would give it. */
import type { StackPicture } from '../../../core/model/picture.ts';
import type { Frame } from '../../../core/model/goroutine.ts';

export interface DetailStep {
  why: string;
  command?: string;
}

export function detailSteps(frames: readonly Frame[], picture: StackPicture | undefined): DetailStep[] {
  if (frames.length === 0) return [];
  const steps: DetailStep[] = [];
  const placed = frames.some((frame) => frame.sp !== undefined);
  if (!placed)
    steps.push({
      why: 'Runtime frames and every goroutine, with stack addresses: run again with',
      command: 'GOTRACEBACK=system',
    });
  if (picture === undefined || picture.wordsKnown === 0) {
    steps.push({ why: 'A core file that a debugger can open: run again with', command: 'GOTRACEBACK=crash' });
    const command = picture?.missing?.command;
    if (command?.startsWith('x/') === true) steps.push({ why: 'The words of this stack, in a debugger', command });
    else if (!placed) steps.push({ why: 'The words of this stack, in a debugger stopped at the crash', command: 'x/100xg $sp' });
  }
  return steps;
}
