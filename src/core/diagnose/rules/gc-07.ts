/**
 * GC-07: the heap lies at a random place (Go 1.26 and newer, 64-bit).
 *
 * A circumstance, no error: up to Go 1.25 heap addresses of most systems begin with 0xc0; since 1.26 the base is random in each run
 * (not in race, msan and asan builds). Said only where a pointer is in question, because the habit of reading 0xc0… as heap misleads there.
 */
import { goMinor } from '../facts/versions.ts';
import { hex } from '../facts/addresses.ts';
import { badPointers } from '../facts/heap.ts';
import { badReturns } from '../facts/return-addresses.ts';
import { conclusion } from '../facts/conclusion.ts';
import { regionsOf } from '../../words/index.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** First minor version with a random base. */
const since = 26;
/** Where heaps of earlier versions begin: most systems, arm64 Linux. */
const customary = [0xc000000000n, 0x4000000000n];
/** Older heaps reach this far in practice (1 TiB). */
const reach = 1n << 40n;

function examine({ snapshot }: RuleContext): Conclusion[] {
  const version = goMinor(snapshot.process.goVersion) ?? goMinor(snapshot.process.goVersionRange?.[0]);
  if (version === undefined || version < since || snapshot.memory.wordSize !== 8) return [];

  const source = badPointers(snapshot)[0]?.source ?? badReturns(snapshot)[0]?.source;
  if (source === undefined) return [];
  const stack = regionsOf(snapshot).stacks.find((one) => one.kind === 'goroutine' && one.start >= 1n << 32n);
  if (stack === undefined || customary.some((base) => stack.start >= base && stack.start < base + reach)) return [];
  return [
    conclusion({
      headline: `The heap of this process lies near ${hex(stack.start)}; that is no error`,
      confidence: 'possible',
      explanation: `Since Go 1.26 the heap lies at a random place in each run, here near ${hex(stack.start)}. Addresses that do not begin with 0xc0 are ordinary; compare them with the stacks and spans of the same dump only.`,
      evidence: [
        {
          statement: `A goroutine's stack begins at ${hex(stack.start)}.`,
          inferred: stack.known === 'guessed',
          ...(stack.source === undefined ? {} : { source: stack.source }),
        },
        { statement: 'The dump complains about an address, which may look foreign for this reason alone.', source },
      ],
      references: ['golang/go#80392', 'golang/go#27583'],
    }),
  ];
}

export const gc07: Rule = { id: 'GC-07', title: 'Heap at a random place', marker: true, weight: -10, examine };
