/**
 * FP-09: a walk of frame pointers from within a prologue or epilogue (arm64).
 *
 * Mechanism: a function of arm64 sets the stack pointer and the frame pointer in two instructions. When the preemption signal arrives
 * between them, the two do not belong together, and a reader of frame pointers goes astray (mended in Go 1.21.4 and later releases).
 */
import type { Evidence } from '../../model/finding.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashFrames } from '../facts/crash.ts';
import { framePointerCrash } from '../facts/frame-pointers.ts';
import { preemptedAt } from '../facts/preempted.ts';
import { code, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** A prologue's check of the stack limit and its two stores lie within this many bytes of the entry. */
const prologueBytes = 32;

function examine(context: RuleContext): Conclusion[] {
  const crash = framePointerCrash(context);
  if (crash?.arch !== 'arm64') return [];
  const preempted = preemptedAt(crashFrames(context));
  if (preempted === undefined) return [];
  const { injected, interrupted } = preempted;
  const offset = interrupted.entryOffset;
  const early = offset !== undefined && offset <= prologueBytes;
  const evidence: Evidence[] = [
    ...crash.evidence,
    { statement: `${frameText(interrupted)} was interrupted by the preemption signal.`, source: injected.source },
  ];
  if (offset !== undefined)
    evidence.push({ statement: `It was interrupted ${offset.toString()} bytes behind its entry.`, source: interrupted.source });
  return [
    conclusion({
      headline: `The preemption signal interrupted ${code(interrupted.function ?? 'a function')} where its frame pointer may not be set yet`,
      confidence: early && crash.words === undefined && crash.link === undefined ? 'likely' : 'possible',
      explanation: `The scheduler interrupted ${frameText(interrupted)} with a signal${early ? ', a few instructions behind its entry' : ''}. On arm64 a function sets its stack pointer and its frame pointer (from which profilers walk the stack) in two steps; between them the two do not belong together, and a reader of frame pointers that starts there goes astray. The function itself is innocent.`,
      evidence,
      against: early ? [] : [{ statement: 'The interrupted instruction is not known to belong to a prologue or epilogue.' }],
      checks: [
        { statement: 'The goroutine was stopped by asynchronous preemption', held: true },
        { statement: 'The interrupted instruction is among the first of its function', held: early },
      ],
      next: [
        { why: 'The crash must be gone without asynchronous preemption', command: 'export GODEBUG=asyncpreemptoff=1' },
        { why: 'Update Go to its latest patch release' },
      ],
      references: ['golang/go#63830', 'golang/go#73259'],
      focus: { goroutine: crash.goroutine },
    }),
  ];
}

export const fp09: Rule = {
  id: 'FP-09',
  title: 'Preempted between stack pointer and frame pointer (arm64)',
  explains: ['FP-01', 'FP-02'],
  weight: 3,
  examine,
};
