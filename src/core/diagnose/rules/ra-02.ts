/**
 * RA-02: a bad return address that the runtime met on a goroutine that was not running.
 *
 * Mechanism (runtime/traceback.go (*unwinder).next, Go 1.21–1.26): the unwinder meets a return address in no function and asks whether
 * the goroutine's thread runs C code (`gp.m.incgo`) to decide what to print. A parked goroutine has no thread: the read through a nil
 * M fails at the offset of that field (0x110, 0x118 …) before the message `unexpected return pc` is printed. 1.27 prints it.
 */
import type { Evidence, NextStep } from '../../model/finding.ts';
import { formatAddress } from '../../model/address.ts';
import { firstLegalPointer, hex, wordAt } from '../facts/addresses.ts';
import { failingFrames } from '../facts/death.ts';
import { anyHasRole, hasRole } from '../facts/functions.ts';
import { badReturns } from '../facts/return-addresses.ts';
import { cutFrame, returnSlotOf, scannedGoroutine } from '../facts/scanned.ts';
import { code, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

function examine(context: RuleContext): Conclusion[] {
  const { snapshot } = context;
  const { crash } = snapshot;
  if (crash === undefined || badReturns(snapshot).length > 0) return [];
  const frames = failingFrames(context);
  const failed = frames[0];
  if (failed?.function === undefined || !hasRole(failed.function, 'unwinder') || !anyHasRole(frames, 'stack-walk')) return [];
  const address = crash.faultAddress;
  if (address !== undefined && address >= firstLegalPointer) return [];
  const victim = scannedGoroutine(context, frames);
  const cut = victim === undefined ? undefined : cutFrame(victim);
  const slot = cut === undefined ? undefined : returnSlotOf(context, cut);
  const word = slot === undefined ? undefined : wordAt(snapshot, slot);
  const evidence: Evidence[] = [
    { statement: `${frameText(failed)} failed while the runtime walked the stack of another goroutine.`, source: failed.source },
  ];
  if (address !== undefined) {
    const event = snapshot.events[crash.event];
    const statement = `The failed read was at ${hex(address)}: a field of the thread record, of which a parked goroutine has none.`;
    evidence.push(event === undefined ? { statement, inferred: true } : { statement, source: event.source, inferred: true });
  }
  if (victim !== undefined) {
    const statement = `The walked stack is that of goroutine ${victim.id}.`;
    evidence.push({ statement, source: victim.source });
  }
  if (cut !== undefined)
    evidence.push({
      statement: `The traceback of goroutine ${victim?.id ?? ''} stops at ${frameText(cut)} and does not reach ${code('runtime.goexit')}: the return address of that frame is in no function.`,
      source: cut.source,
      inferred: true,
    });
  if (word !== undefined) evidence.push(word.evidence);
  const name = cut?.function === undefined ? undefined : code(cut.function);
  const next: NextStep[] = [];
  if (slot !== undefined)
    next.push({
      why: 'Read the return address itself, from a core or in a debugger (gdb)',
      command: `x/2gx ${formatAddress(slot)}`,
    });
  next.push(
    { why: 'Leave a core at the next crash', command: 'ulimit -c unlimited; export GOTRACEBACK=crash' },
    { why: 'Look for return probes: a page named [uprobes] proves one', command: 'grep -l uprobes /proc/[0-9]*/maps' },
    { why: 'Run the program with Go 1.27 or newer: it prints the return address and the stack around it' },
  );
  const conclusion: Conclusion = {
    headline:
      name === undefined
        ? 'A return address on a parked goroutine was overwritten'
        : `The return address of ${name} was overwritten while goroutine ${victim?.id ?? ''} was parked`,
    confidence: cut === undefined ? 'likely' : 'very likely',
    explanation: [
      `The runtime walked the stack of ${victim === undefined ? 'a parked goroutine' : `goroutine ${victim.id}`}, which was not running, and met a return address (the place at which a function goes on in its caller) that lies in no function${name === undefined ? '' : `, in the frame of ${name}`}.`,
      `While it worked out what to print about it, it read through the missing thread of that goroutine and crashed: ${address === undefined ? 'the crash' : 'the small fault address'} is a consequence and no nil pointer of the program.`,
      'The damage is the return address. A return probe (uretprobe) of a tracing tool does exactly this; otherwise something wrote over the stack.',
    ].join(' '),
    evidence,
    against: [{ statement: 'The dump does not show the return address itself, so what was written there stays open.' }],
    checks: [
      { statement: `${code(failed.function)} failed during a stack walk`, held: true },
      ...(address === undefined ? [] : [{ statement: 'The fault address is a small offset', held: true }]),
      { statement: "The walked goroutine's traceback ends before its root", held: cut !== undefined },
    ],
    next,
    references: ['golang/go#64863', 'golang/go#73259', 'golang/go#66151', 'golang/go#73413'],
    bogus:
      word === undefined || slot === undefined
        ? []
        : [{ value: word.value, at: slot, why: 'in a return slot, but in no function' }],
    focus: {
      ...(victim === undefined ? {} : { goroutine: victim.id }),
      ...(slot === undefined ? {} : { address: slot }),
    },
  };
  return [conclusion];
}

export const ra02: Rule = {
  id: 'RA-02',
  title: 'Bad return address on a parked goroutine',
  explains: ['NIL-01', 'NIL-02', 'FAULT-01', 'GC-08', 'SIG-01'],
  weight: 11,
  examine,
};
