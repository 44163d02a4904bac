/**
 * FP-03: the broken chain stands behind an inlined call.
 *
 * A function that calls a clobbering routine restores its own caller's frame pointer when it returns. Inlined (profile-guided
 * optimisation, a newer compiler) it has no return of its own, so the wrong value lives until the outer function returns.
 */
import { callerNames } from '../facts/clobber.ts';
import { crashGoroutine } from '../facts/crash.ts';
import { framePointerCrash } from '../facts/frame-pointers.ts';
import { isUserFrame } from '../facts/view.ts';
import { code, frameText } from '../facts/wording.ts';
import type { Rule } from '../rule.ts';

export const fp03: Rule = {
  id: 'FP-03',
  title: 'Inlining keeps the broken frame pointer alive',
  examine(context) {
    const crash = framePointerCrash(context);
    if (crash?.value === undefined) return [];
    const frames = (crashGoroutine(context)?.frames ?? []).filter(isUserFrame);
    const [inner, outer] = frames;
    if (inner === undefined || outer === undefined || !inner.inlined) return [];
    const [name] = callerNames([inner]);
    return [
      {
        headline: `${code(name ?? '')} is inlined, which keeps the wrong frame pointer in use for longer`,
        confidence: 'possible',
        explanation: `${frameText(inner)} is inlined: compiled into ${frameText(outer)}, without a frame of its own. A function with a frame puts its caller's frame pointer (the address from which profilers walk the stack) back when it returns; inlined, a wrong value stays until the outer function returns. So a crash may appear with a new compiler or a profile although the assembly did not change.`,
        evidence: [{ statement: `${frameText(inner)} is printed without a frame of its own.`, source: inner.source }],
        against: [],
        checks: [{ statement: 'The innermost of the program’s own frames is inlined', held: true }],
        next: [{ why: 'See whether the crash needs the inlining', command: "go build -gcflags='all=-l' ./..." }],
        references: ['golang/go#69629'],
        bogus: [],
      },
    ];
  },
};
