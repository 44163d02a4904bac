/**
 * CGO-05: a C++ exception or a longjmp that crosses frames of Go.
 *
 * Mechanism: foreign exceptions unwind frame by frame with tables that Go's frames do not have; longjmp leaves the system stack that the
 * runtime switched to. Windows reports both as exceptions of their own codes.
 */
import type { Evidence } from '../../model/finding.ts';
import { cFunction, calledC } from '../facts/cgo.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashFrames, userFrame } from '../facts/crash.ts';
import { crashException } from '../facts/exceptions.ts';
import { capitalised, code, eventEvidence, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext): Conclusion[] {
  const thrown = crashException(context);
  if (thrown?.known?.unwinds !== true) return [];
  const called = calledC(crashFrames(context));
  const user = userFrame(context);
  const evidence: Evidence[] = [eventEvidence(thrown.event)];
  evidence.push({
    statement: `The code ${code(thrown.code)} is ${thrown.known.name}: ${thrown.known.meaning}.`,
    source: thrown.event.source,
  });
  if (called !== undefined) evidence.push({ statement: `Go had called ${cFunction(called.name)}.`, source: called.frame.source });
  if (user !== undefined) evidence.push({ statement: `${frameText(user)} made the call.`, source: user.source });
  return [
    conclusion({
      headline: `${called === undefined ? 'Foreign code' : capitalised(cFunction(called.name))} let an exception or a jump cross into Go`,
      confidence: 'likely',
      explanation: `Foreign code threw an exception or jumped (longjmp), and it reached frames of Go. Go's frames have no tables for that and run on a stack that the runtime switched, so the process is stopped. Catch everything in C or C++ before it returns to Go.`,
      evidence,
      against: called === undefined ? [{ statement: 'The call into foreign code is not on the printed stack.' }] : [],
      checks: [
        { statement: 'The exception code belongs to a throw or an unwind', held: true },
        { statement: 'Go had called foreign code on this stack', held: called !== undefined },
      ],
      next: [{ why: 'Wrap the C++ function in one that catches all exceptions and returns an error' }],
      references: ['golang/go#13672'],
      ...(called === undefined ? {} : { culprit: { function: called.name, inferred: true } }),
    }),
  ];
}

export const cgo05: Rule = {
  id: 'CGO-05',
  title: 'Foreign exception through frames of Go',
  explains: ['WIN-02', 'CGO-03'],
  weight: 10,
  examine,
};
