/**
 * RA-07: the trampoline page of return probes was executed.
 *
 * Mechanism (Linux, kernel/events/uprobes.c handle_trampoline): a probed function returns to the trampoline, whose breakpoint brings the
 * kernel back. When Go has copied the stack meanwhile, the kernel finds no record for this stack pointer and kills the thread with
 * SIGILL or SIGTRAP at the trampoline itself.
 */
import { contains, type Address } from '../../model/address.ts';
import type { Evidence } from '../../model/finding.ts';
import { hex } from '../facts/addresses.ts';
import { conclusion } from '../facts/conclusion.ts';
import { crashEvent, userFrame } from '../facts/crash.ts';
import { probeMapping, trampolineOf } from '../facts/return-addresses.ts';
import { crashSignal } from '../facts/signal.ts';
import { code, eventEvidence, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** The trampoline's instruction and the pc behind it; both are printed. */
const trampolineBytes = 16n;
const pageSize = 4096n;

function inTrampoline(context: RuleContext, pc: Address): boolean {
  const mapping = probeMapping(context.snapshot);
  if (mapping !== undefined && contains(mapping, pc)) return true;
  const into = pc % pageSize;
  return into < trampolineBytes && trampolineOf(context.snapshot, pc - into)?.by === 'page';
}

function examine(context: RuleContext): Conclusion[] {
  const signal = crashSignal(context);
  if (signal?.pc === undefined || signal.sent || !inTrampoline(context, signal.pc)) return [];
  const event = crashEvent(context);
  const user = userFrame(context);
  const mapping = probeMapping(context.snapshot);
  const evidence: Evidence[] = event === undefined ? [] : [eventEvidence(event)];
  evidence.push(
    mapping === undefined
      ? { statement: `${hex(signal.pc)} lies in the page where the kernel puts the trampoline of return probes.` }
      : { statement: `${hex(signal.pc)} lies in the mapping ${code('[uprobes]')}.`, source: mapping.source },
  );
  if (user !== undefined)
    evidence.push({ statement: `The program's own code at that moment: ${frameText(user)}.`, source: user.source });
  return [
    conclusion({
      headline: `A return probe on a Go function killed the process at the trampoline ${hex(signal.pc)}`,
      confidence: 'very likely',
      explanation:
        'A tracing tool had put a return probe (uretprobe) on a Go function: the kernel makes the function return to a page of its own, the trampoline, instead of to its caller. ' +
        'Go moves stacks, and the kernel finds no record of the probe for a stack that has moved, so it kills the thread at the trampoline. The program is innocent.',
      evidence,
      checks: [{ statement: 'The process executed the trampoline of return probes', held: true }],
      next: [
        { why: 'Find the tool that probes the process', command: 'cat /sys/kernel/tracing/uprobe_events; bpftool link show' },
        { why: 'Detach it; probe the entry and each return instruction instead of the return' },
      ],
      references: ['iovisor/bcc#3034', 'golang/go#22008', 'golang/go#27077'],
    }),
  ];
}

export const ra07: Rule = {
  id: 'RA-07',
  title: 'Trampoline of a return probe executed',
  explains: ['JMP-02', 'FAULT-01', 'RA-04'],
  weight: 12,
  examine,
};
