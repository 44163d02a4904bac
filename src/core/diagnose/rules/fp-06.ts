/**
 * FP-06: a frame pointer into a stack that has moved.
 *
 * Mechanism: the runtime copies a goroutine's stack when it grows or shrinks (runtime/stack.go copystack) and moves the saved frame
 * pointers with it. A chain that was not adjusted, or a walk that raced with the copy, goes on in memory that belongs to another stack
 * now. Every stale word is off by the same distance: the one between the old and the new stack.
 */
import { distance, type Address } from '../../model/address.ts';
import type { ChainLink } from '../../model/chain.ts';
import type { BogusPointer, Evidence } from '../../model/finding.ts';
import type { Stack } from '../../model/memory.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { regionsOf } from '../../words/index.ts';
import { hex } from '../facts/addresses.ts';
import { conclusion } from '../facts/conclusion.ts';
import { framePointerCrash, type FramePointerCrash } from '../facts/frame-pointers.ts';
import { code } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

interface Stale {
  value: Address;
  at?: Address;
  stack: Stack;
}

/** Of the values that the walk met: one that lies in a goroutine's stack, but not in the stack that was walked. */
function staleOf(snapshot: Snapshot, crash: FramePointerCrash): Stale | undefined {
  const candidates: { value: Address | undefined; at?: Address }[] = [{ value: crash.value }];
  if (crash.link !== undefined) candidates.unshift({ value: crash.link.value, at: crash.link.slot });
  for (const { value, at } of candidates) {
    const stack = value === undefined ? undefined : regionsOf(snapshot).stackAt(value);
    if (value === undefined || stack?.kind !== 'goroutine' || stack.owner === crash.goroutine) continue;
    return at === undefined ? { value, stack } : { value, at, stack };
  }
  return undefined;
}

/** The distance by which at least two links of the chain are off. */
function commonDistance(links: readonly ChainLink[]): bigint | undefined {
  const seen = new Set<bigint>();
  for (const { value, expected } of links) {
    if (value === undefined || expected === undefined || value === expected) continue;
    const off = distance(expected, value);
    if (seen.has(off)) return off;
    seen.add(off);
  }
  return undefined;
}

function examine(context: RuleContext): Conclusion[] {
  const { snapshot } = context;
  const crash = framePointerCrash(context);
  const stale = crash === undefined ? undefined : staleOf(snapshot, crash);
  if (crash === undefined || stale === undefined) return [];
  const off = commonDistance(snapshot.chains.find((one) => one.owner === crash.goroutine)?.links ?? []);
  const owner = stale.stack.owner === '' ? 'another goroutine' : `goroutine ${stale.stack.owner}`;
  const evidence: Evidence[] = [...crash.evidence];
  evidence.push({
    statement: `${hex(stale.value)} lies in the stack of ${owner}, not in that of goroutine ${crash.goroutine}.`,
    inferred: stale.stack.known === 'guessed',
  });
  if (off !== undefined)
    evidence.push({ statement: `Two saved frame pointers or more are off by the same ${off.toString()} bytes.`, inferred: true });
  const bogus: BogusPointer = { value: stale.value, why: `a frame pointer into the stack of ${owner}` };
  if (stale.at !== undefined) bogus.at = stale.at;
  return [
    conclusion({
      headline: `The chain of frame pointers of goroutine ${crash.goroutine} leads into the stack of ${owner}`,
      confidence: off === undefined ? 'likely' : 'very likely',
      explanation: `A frame pointer is the address at which a function keeps its caller's frame pointer; here one of them, ${hex(stale.value)}, lies in the stack of ${owner}. The runtime moves a stack when it grows or shrinks; a frame pointer that was not moved with it still points to the old place, which belongs to someone else now. ${code(crash.reader.function ?? 'The reader')} followed it and is not at fault.`,
      evidence,
      against: off === undefined ? [{ statement: 'One stale word alone does not show that the stack was moved.' }] : [],
      checks: [
        { statement: 'The frame that failed is a reader of frame pointers', held: true },
        { statement: 'Several links are off by the same distance, as after a move', held: off !== undefined },
      ],
      next: [
        { why: 'See whether the crash stays away when stacks do not shrink', command: 'export GODEBUG=gcshrinkstackoff=1' },
        { why: 'Update Go to its latest patch release: walks that race with a stack copy were mended there' },
      ],
      references: ['golang/go#74851'],
      bogus: [bogus],
      focus: stale.at === undefined ? { goroutine: crash.goroutine } : { goroutine: crash.goroutine, address: stale.at },
    }),
  ];
}

export const fp06: Rule = {
  id: 'FP-06',
  title: 'Frame pointer into a stack that moved',
  explains: ['FP-02', 'FAULT-01'],
  weight: 9,
  examine,
};
