/**
 * DBG-01: a breakpoint byte at the entry of a function.
 *
 * A circumstance: the first instruction is int3 where the executable has another one. An entry probe (uprobe) or a debugger planted it;
 * the instructions behind it may be decoded from the wrong byte.
 */
import { isBreakpoint } from '../../arch/index.ts';
import type { Instruction } from '../../model/instruction.ts';
import { isUserFunction, withoutAbi } from '../../model/function-name.ts';
import { entriesOf, instructionOf, textOf } from '../../model/listing-addresses.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { conclusion } from '../facts/conclusion.ts';
import { code, literalPattern } from '../facts/wording.ts';
import type { Conclusion, Rule } from '../rule.ts';

interface Planted {
  function: string;
  instruction: Instruction;
}

/** Entries alone: int3 also fills the space between functions, and then stands in rows. */
function planted(snapshot: Snapshot): Planted[] {
  const found: Planted[] = [];
  for (const listing of snapshot.listings) {
    if (listing.origin !== 'disassembly') continue;
    for (const index of entriesOf(listing)) {
      const text = textOf(listing, index);
      const next = textOf(listing, index + 1);
      if (text === undefined || !isBreakpoint(text) || next === undefined || isBreakpoint(next)) continue;
      const instruction = instructionOf(listing, index);
      const name = withoutAbi(instruction?.function ?? listing.function ?? '');
      if (instruction === undefined || name === '' || found.some((one) => one.function === name)) continue;
      found.push({ function: name, instruction });
    }
  }
  return found;
}

export const dbg01: Rule = {
  id: 'DBG-01',
  title: 'Breakpoint byte at a function entry',
  marker: true,
  examine({ snapshot }): Conclusion[] {
    return planted(snapshot)
      .slice(0, 3)
      .map(({ function: name, instruction }) =>
        conclusion({
          headline: `${code(name)} is probed: its first instruction is a breakpoint`,
          confidence: isUserFunction(name) ? 'very likely' : 'likely',
          explanation: `The first byte of ${code(name)} was replaced by a breakpoint: an entry probe of a tracing tool or a debugger waits there. The instructions listed behind it may be decoded from the wrong byte; the executable on disk has the right ones.`,
          evidence: [{ statement: `${code(name)} begins with ${code(instruction.text)}.`, source: instruction.source }],
          checks: [{ statement: 'A single breakpoint stands at the entry, not a filled gap', held: true }],
          next: [
            { why: 'List the probes of the system', command: 'cat /sys/kernel/tracing/uprobe_events; bpftool link show' },
            {
              why: 'Read the original instructions',
              command: `go tool objdump -s '^${literalPattern(name)}$' ./program`,
            },
          ],
        }),
      );
  },
};
