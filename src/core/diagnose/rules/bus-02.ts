/**
 * BUS-02: the kernel lost a page of the process.
 *
 * Mechanism (Linux mm/memory.c print_bad_pte, kernel/fork.c check_mm): the kernel's own page tables are damaged, it says so in its log, and
 * processes get SIGBUS or SIGSEGV at addresses that are mapped. The crashing code is innocent.
 */
import type { Evidence } from '../../model/finding.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashEvent } from '../facts/crash.ts';
import { kernelNotes, unexplainedTrouble, type KernelNote } from '../facts/system.ts';
import { code, eventEvidence, fileName, reasonText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

const access: ReadonlySet<string> = new Set(['SIGSEGV', 'SIGBUS']);
/** The kernel cuts names of processes at this length (TASK_COMM_LEN - 1). */
const longestName = 15;

/** Whether the log names the program, as far as its executable is mapped in the case. */
function namesProgram(context: RuleContext, note: KernelNote): boolean {
  const { process } = note.complaint;
  if (process === undefined) return false;
  return context.all.some((snapshot) =>
    snapshot.mappings.some(({ file }) => file !== undefined && fileName(file).slice(0, longestName) === process),
  );
}

function examine(context: RuleContext): Conclusion[] {
  const { crash } = context.snapshot;
  const notes = kernelNotes(context);
  const event = crashEvent(context);
  if (crash === undefined || event === undefined || notes.length === 0) return [];
  const faulted = crash.signal !== undefined && access.has(crash.signal) && crash.code !== 0;
  if (!faulted && unexplainedTrouble(context) === undefined) return [];
  const own = notes.find((note) => namesProgram(context, note));
  const note = own ?? notes[0];
  if (note === undefined) return [];
  const evidence: Evidence[] = [eventEvidence(note.event, `The kernel logged ${reasonText(note.event)}.`), eventEvidence(event)];
  return [
    conclusion({
      headline: `The kernel reported damaged page tables (${reasonText(note.event)})`,
      confidence: own === undefined ? 'possible' : 'likely',
      explanation: `The kernel found its own record of memory damaged, and a process whose page it has lost fails at an address that is mapped. ${own === undefined ? 'The log does not name this program, so the two may have nothing to do with each other.' : `It names this program (${code(note.complaint.process ?? '')}).`} The code that crashed did nothing wrong.`,
      evidence,
      against: own === undefined ? [{ statement: 'The log does not name the program.' }] : [],
      checks: [
        { statement: 'The kernel complained about its own memory management', held: note.complaint.problem !== 'bug' },
        { statement: 'The complaint names this program', held: own !== undefined },
      ],
      next: [
        { why: 'Compare the time of the complaint with that of the crash', command: "dmesg -T | grep -B2 -A20 'BUG:'" },
        { why: 'Update the kernel, and test the memory of the machine', command: 'uname -r' },
      ],
      references: ['golang/go#16705', 'golang/go#28180'],
    }),
  ];
}

export const bus02: Rule = {
  id: 'BUS-02',
  title: 'The kernel lost a page',
  weight: 4,
  explains: ['FAULT-01', 'JMP-03'],
  examine,
};
