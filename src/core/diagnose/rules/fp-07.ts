/**
 * FP-07: a helper of the runtime changed the frame-pointer register while a panic was in flight (amd64).
 *
 * Mechanism: runtime.duffcopy and runtime.duffzero copy or clear large values; up to Go 1.24 the code around a call of them moves BP
 * to make room. When the copy goes through a nil pointer, the injected call of runtime.sigpanic keeps that intermediate value, and a
 * reader of frame pointers that runs in a deferred function follows it.
 */
import { hasRole } from '../facts/functions.ts';
import type { Evidence } from '../../model/finding.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashFrames, crashGoroutineId } from '../facts/crash.ts';
import { framePointerCrash } from '../facts/frame-pointers.ts';
import { isUserFrame } from '../facts/view.ts';
import { hasNoAddress } from '../facts/wild.ts';
import { code, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext): Conclusion[] {
  const { snapshot } = context;
  const { arch } = snapshot.process;
  const crash = framePointerCrash(context);
  if (crash === undefined || !hasNoAddress(snapshot) || (arch !== undefined && arch !== 'amd64')) return [];
  const frames = crashFrames(context);
  // The fault of the reader itself may print a sigpanic above the reader: only one below it is an earlier panic.
  const reader = frames.findIndex((frame) => frame.function === crash.reader.function);
  const at = frames.findIndex((frame, index) => index > reader && frame.function === 'runtime.sigpanic');
  const panicked = at < 0 ? undefined : frames[at];
  if (panicked === undefined) return [];
  const failed = frames[at + 1];
  const inHelper = hasRole(failed?.function, 'block-copy');
  const caller = frames.slice(at + 1).find(isUserFrame);
  const evidence: Evidence[] = [
    ...crash.evidence,
    { statement: 'The stack below the reader has an injected panic: an access had failed before.', source: panicked.source },
  ];
  if (failed !== undefined) evidence.push({ statement: `That access was made in ${frameText(failed)}.`, source: failed.source });
  const name = caller?.function === undefined ? 'The program' : code(caller.function);
  const id = crashGoroutineId(context);
  return [
    conclusion({
      headline: `${name} copied through a bad pointer, and the panic kept a frame pointer that was only half set up`,
      confidence: inHelper ? 'likely' : 'possible',
      explanation: `A first access failed${failed === undefined ? '' : ` in ${code(failed.function ?? '')}`} and became a panic. ${inHelper ? 'That helper copies or clears large values, and the code around it moves the frame-pointer register, from which profilers walk the stack, for the duration of the call; the panic kept the moved value' : 'The frame-pointer register may have held an intermediate value at that instruction, and the panic kept it'}. A reader of frame pointers that ran in a deferred function then followed it and crashed; the real defect of the program is the first access.`,
      evidence,
      against: inHelper
        ? []
        : [{ statement: 'The access was not made in a helper that is known to move the frame-pointer register.' }],
      checks: [
        { statement: 'A panic from a failed access is in flight below the reader', held: true },
        { statement: 'The failed access was in a block copy of the runtime', held: inHelper },
        { statement: 'The kernel had no address for the second fault', held: true },
      ],
      next: [
        { why: 'Mend the first access: it went through a nil or wrong pointer' },
        { why: 'Update Go: newer releases do not move the register there' },
        { why: 'Until then, keep block and mutex profiles and the tracer off where panics are recovered' },
      ],
      references: ['golang/go#73748', 'golang/go#73664'],
      ...(id === '' ? {} : { focus: { goroutine: id } }),
    }),
  ];
}

export const fp07: Rule = {
  id: 'FP-07',
  title: 'Frame pointer kept by a panic inside a block copy',
  explains: ['FP-01', 'FP-02', 'NC-01', 'NIL-01'],
  weight: 11,
  examine,
};
