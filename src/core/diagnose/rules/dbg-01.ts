/**
 * DBG-01: a breakpoint byte at the entry of a function.
 *
 * A circumstance: the first instruction is int3 where the executable has another one. An entry probe (uprobe) or a debugger planted it;
 * the instructions behind it may be decoded from the wrong byte.
 */
import { isBreakpoint } from '../../arch/index.ts';
import type { CodeListing } from '../../model/code.ts';
import type { Instruction } from '../../model/instruction.ts';
import { InstructionFlag } from '../../model/instruction-columns.ts';
import { isUserFunction, withoutAbi } from '../../model/function-name.ts';
import { instructionOf } from '../../model/listing-addresses.ts';
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
      const instruction = instructionOf(listing, index);
      const next = instructionOf(listing, index + 1);
      const name = withoutAbi(instruction?.function ?? listing.function ?? '');
      if (instruction === undefined || next === undefined || name === '') continue;
      if (!isBreakpoint(instruction.text) || isBreakpoint(next.text) || found.some((one) => one.function === name)) continue;
      found.push({ function: name, instruction });
    }
  }
  return found;
}

/** Indexes of the instructions of `listing` that begin a function; a session lists thousands of stretches that have none. */
function entriesOf(listing: CodeListing): number[] {
  const { run } = listing;
  const entries: number[] = [];
  if (run === undefined) {
    for (const [index, { offset }] of listing.instructions.entries()) if (offset === 0) entries.push(index);
    return entries;
  }
  const { flags, offset } = run.columns.data;
  for (let row = run.from; row < run.to; row++)
    if ((flags[row] ?? 0) & InstructionFlag.hasOffset && offset[row] === 0) entries.push(row - run.from);
  return entries;
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
