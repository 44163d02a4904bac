/**
 * MC-06: a kernel that damaged vector registers when a signal arrived.
 *
 * Mechanism (golang/go#35777): Linux 5.2 to 5.3.14 and 5.4.0 to 5.4.1 on x86-64 saved vector registers wrongly when the page of the
 * signal's stack was not yet mapped. Go sends itself signals since 1.14 (asynchronous preemption), so values change at random.
 */
import { goMinor } from '../facts/versions.ts';
import type { Evidence } from '../../model/finding.ts';
import { conclusion } from '../facts/conclusion.ts';
import { compareVersions, kernelOf, unexplainedTrouble } from '../facts/system.ts';
import { code } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** First and first mended release of each affected line. */
const affected = [
  { from: [5, 2, 0], mended: [5, 3, 15] },
  { from: [5, 4, 0], mended: [5, 4, 2] },
] as const;

/** Go release from which goroutines are preempted by signals. */
const firstPreempting = 14;

function examine(context: RuleContext): Conclusion[] {
  const { arch, goVersion } = context.snapshot.process;
  const kernel = kernelOf(context);
  const trouble = unexplainedTrouble(context);
  if (kernel === undefined || trouble === undefined || (arch !== undefined && arch !== 'amd64')) return [];
  const line = affected.find(
    ({ from, mended }) => compareVersions(kernel.version, from) >= 0 && compareVersions(kernel.version, mended) < 0,
  );
  if (line === undefined) return [];
  const preempts = (goMinor(goVersion) ?? firstPreempting) >= firstPreempting;
  const evidence: Evidence[] = [
    { statement: `The machine runs Linux ${code(kernel.release)}, one of the affected releases.`, source: kernel.fact.source },
    ...(trouble.source === undefined ? [] : [{ statement: `The crash is ${trouble.quote}.`, source: trouble.source }]),
  ];
  return [
    conclusion({
      headline: `Linux ${code(kernel.release)} may damage vector registers when a signal arrives`,
      confidence: 'possible',
      explanation: `This release of the kernel could change vector registers of a thread that got a signal, and Go copies memory through these registers${preempts ? ' and signals its own threads to preempt them' : ''}. Pointers and lengths then change without any code that writes them. Nothing in the dump proves that this happened here; an update of the kernel settles it.`,
      evidence,
      against: [
        ...(preempts ? [] : [{ statement: `Go ${goVersion ?? ''} does not yet preempt by signals.` }]),
        { statement: 'Distributions mend kernels without raising the number; the crash has causes on any kernel.' },
      ],
      checks: [
        { statement: 'The kernel is an affected release', held: true },
        { statement: 'The program runs on x86-64', held: arch === 'amd64' },
      ],
      next: [
        {
          why: 'Run without preemption by signals: if the crashes stop, it is the kernel',
          command: 'export GODEBUG=asyncpreemptoff=1',
        },
        { why: 'Update the kernel to 5.3.15, 5.4.2 or later', command: 'uname -r' },
      ],
      references: ['golang/go#35777', 'golang/go#35326'],
    }),
  ];
}

export const mc06: Rule = { id: 'MC-06', title: 'Kernel that damages vector registers', examine };
