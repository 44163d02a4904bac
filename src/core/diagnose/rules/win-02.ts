/** WIN-02: an exception of Windows other than an access violation, by its code (runtime/signal_windows.go winthrow). */
import { calledC } from '../facts/cgo.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashFrames, userFrame } from '../facts/crash.ts';
import { accessViolation, crashException } from '../facts/exceptions.ts';
import { code, eventEvidence, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext): Conclusion[] {
  const thrown = crashException(context);
  if (thrown?.known === undefined || thrown.code === accessViolation) return [];
  const { known, event } = thrown;
  const called = calledC(crashFrames(context));
  const user = userFrame(context);
  const under = called !== undefined ? ` in ${code(called.name)}` : user === undefined ? '' : ` under ${frameText(user)}`;
  return [
    conclusion({
      headline: `Windows ended the process${under}: ${known.meaning}`,
      confidence: 'very likely',
      explanation: `The exception ${code(thrown.code)} is ${known.name}: ${known.meaning}. ${known.cause}`,
      evidence: [
        eventEvidence(event),
        ...(user === undefined ? [] : [{ statement: `It happened under ${frameText(user)}.`, source: user.source }]),
      ],
      checks: [{ statement: 'The exception code is known', held: true }],
      next: [{ why: 'Take a dump of the process at the next crash', command: 'procdump -e -ma program.exe' }],
      references: ['golang/go#11710', 'golang/go#10300'],
    }),
  ];
}

export const win02: Rule = { id: 'WIN-02', title: 'Windows exception', weight: 1, examine };
