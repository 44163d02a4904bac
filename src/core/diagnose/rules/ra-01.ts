/**
 * RA-01: a kernel return probe's trampoline in a return slot.
 *
 * Mechanism: a uretprobe (bpftrace, BCC, perf, an observability agent) replaces the return address of the probed function by the
 * address of a trampoline page when the function is entered. The Go runtime must know every return address: the next unwind of that
 * frame (collector scan, stack growth, panic, profile) cannot map it and the process dies (runtime/traceback.go, all versions).
 */
import type { BogusPointer, Confidence, Evidence } from '../../model/finding.ts';
import { hex } from '../facts/addresses.ts';
import type { BadReturn } from '../facts/bad-return.ts';
import {
  badReturns,
  functionOfSlot,
  probeMapping,
  trampolineAt,
  trampolineWords,
  type Trampoline,
} from '../facts/return-addresses.ts';
import { code } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

const references = ['golang/go#27077', 'golang/go#22008', 'iovisor/bcc#1320'];

const why: Record<Trampoline['by'], string> = {
  page: 'is the page at which Linux on x86-64 maps the trampoline of return probes',
  mapping: 'lies in the mapping `[uprobes]`, the trampoline of return probes',
  aligned: 'starts a page, as the trampoline of return probes does, and few other values do',
  anonymous: 'is the start of an executable page without a file, as the kernel maps the trampoline of return probes',
};

const sureness: Record<Trampoline['by'], Confidence> = {
  page: 'very likely',
  mapping: 'certain',
  anonymous: 'likely',
  aligned: 'likely',
};

function conclude(
  context: RuleContext,
  bad: Omit<BadReturn, 'source' | 'complained'>,
  trampoline: Trampoline,
  confidence: Confidence,
): Conclusion {
  const { snapshot } = context;
  const name = bad.function === undefined ? undefined : code(bad.function);
  const evidence: Evidence[] = [...bad.evidence];
  const meaning: Evidence = { statement: `${hex(bad.value)} ${why[trampoline.by]}.` };
  if (trampoline.source !== undefined) meaning.source = trampoline.source;
  else meaning.inferred = true;
  evidence.push(meaning);
  const pointer: BogusPointer = { value: bad.value, why: 'the trampoline of a return probe in place of a return address' };
  if (bad.slot !== undefined) pointer.at = bad.slot;
  const conclusion: Conclusion = {
    headline:
      name === undefined
        ? `A return probe (uretprobe) replaced a return address with ${hex(bad.value)}`
        : `A return probe (uretprobe) on ${name} replaced its return address with ${hex(bad.value)}`,
    confidence,
    explanation: [
      `A tracing tool attached a return probe to ${name ?? 'a function'}: when the function is entered, the kernel overwrites its return address with ${hex(bad.value)}, a page of its own.`,
      'The Go runtime looks up every return address when it scans, grows or prints a stack; it knows no function at this one and stops the process.',
      'The program itself did nothing wrong, and any later unwind of a live probed function is enough to end it.',
    ].join(' '),
    evidence,
    against:
      probeMapping(snapshot) === undefined && (trampoline.by === 'page' || trampoline.by === 'aligned')
        ? [{ statement: 'The case holds no memory map that shows the mapping `[uprobes]`.' }]
        : [],
    checks: [
      { statement: `${hex(bad.value)} starts a page`, held: bad.value % 4096n === 0n },
      { statement: `${hex(bad.value)} ${why[trampoline.by]}`, held: true },
    ],
    next: [
      {
        why: 'List the probes that are attached to user code',
        command: 'sudo cat /sys/kernel/tracing/uprobe_events; sudo bpftool perf list; sudo bpftool link list',
      },
      { why: 'See which running processes have the trampoline page', command: 'grep -l uprobes /proc/[0-9]*/maps' },
      {
        why: 'Detach the return probe. To measure a Go function, use an entry probe and one more at each RET instruction of it (gdb lists them)',
        ...(bad.function === undefined ? {} : { command: `disassemble '${bad.function}'` }),
      },
    ],
    references,
    bogus: [pointer],
    focus: {
      ...(bad.goroutine === undefined ? {} : { goroutine: bad.goroutine }),
      ...(bad.slot === undefined ? {} : { address: bad.slot }),
    },
  };
  return conclusion;
}

function examine(context: RuleContext): Conclusion[] {
  const { snapshot } = context;
  for (const bad of badReturns(snapshot)) {
    const trampoline = trampolineAt(snapshot, bad);
    if (trampoline !== undefined) return [conclude(context, bad, trampoline, sureness[trampoline.by])];
  }
  const mapping = probeMapping(snapshot);
  const [word] = trampolineWords(snapshot);
  if (mapping === undefined || word === undefined) return [];
  const name = functionOfSlot(snapshot, word.slot);
  const bad = {
    value: word.value,
    slot: word.slot,
    evidence: [word.evidence],
    ...(name === undefined ? {} : { function: name }),
  };
  return [conclude(context, bad, { by: 'mapping', source: mapping.source }, 'very likely')];
}

export const ra01: Rule = {
  id: 'RA-01',
  title: 'Return probe on a Go function',
  explains: ['RA-02', 'RA-03', 'RA-04', 'GC-08', 'NIL-01', 'FAULT-01'],
  weight: 12,
  examine,
};
