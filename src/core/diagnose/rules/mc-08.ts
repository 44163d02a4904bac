/**
 * MC-08: an old kernel, or one without a timer tick.
 *
 * Kernels before 4 and kernels with NO_HZ_FULL were seen to crash Go programs at random, on one host only (golang/go#40722, #18067): the
 * state of a thread is not restored rightly after a signal. The dump cannot prove it; a run on another kernel can.
 */
import type { Evidence } from '../../model/finding.ts';
import { conclusion } from '../facts/conclusion.ts';
import { kernelOf, systemFacts, unexplainedTrouble } from '../facts/system.ts';
import { code } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** Major release before which signals and threads of Go are known to fail. */
const firstModern = 4;

function examine(context: RuleContext): Conclusion[] {
  const trouble = unexplainedTrouble(context);
  if (trouble === undefined) return [];
  const kernel = kernelOf(context);
  const old = kernel !== undefined && kernel.version[0] < firstModern ? kernel : undefined;
  const tickless = systemFacts(context).find((fact) => fact.kind === 'full-dynticks');
  if (old === undefined && tickless === undefined) return [];
  const evidence: Evidence[] = [];
  if (old !== undefined) evidence.push({ statement: `The machine runs Linux ${code(old.release)}.`, source: old.fact.source });
  if (tickless !== undefined)
    evidence.push({ statement: 'The kernel runs some processors without a timer tick.', source: tickless.source });
  if (trouble.source !== undefined) evidence.push({ statement: `The crash is ${trouble.quote}.`, source: trouble.source });
  const what = old === undefined ? 'A kernel without a timer tick (NO_HZ_FULL)' : `Linux ${code(old.release)}`;
  return [
    conclusion({
      headline: `${what} was seen to crash Go programs at random`,
      confidence: 'possible',
      explanation: `${what} was blamed for rare crashes without a common place on single hosts. The dump shows memory trouble without a cause of its own, which fits; it does not prove it. The same program on another kernel tells.`,
      evidence,
      against: [{ statement: 'Damaged memory has nearer causes: data races, unsafe, C code.' }],
      checks: [
        { statement: 'The kernel is older than 4.0', held: old !== undefined },
        { statement: 'The kernel runs without a timer tick', held: tickless !== undefined },
      ],
      next: [
        { why: 'Run without preemption by signals', command: 'export GODEBUG=asyncpreemptoff=1' },
        { why: 'Run the same program on a host with another kernel', command: 'uname -r; cat /proc/cmdline' },
      ],
      references: ['golang/go#40722', 'golang/go#18067'],
    }),
  ];
}

export const mc08: Rule = { id: 'MC-08', title: 'Old or tickless kernel', weight: -1, examine };
