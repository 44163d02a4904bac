/**
 * MC-02: one flipped bit.
 *
 * Mechanism: a bad memory cell, an error on a bus, or a program that sets a bit in a word that it takes for flags. The wrong value then
 * differs from a good pointer of the same dump in a single bit. Low bits are left out (tags), and so are bits inside of an arena, where
 * good pointers differ by one bit by chance.
 */
import { formatAddress } from '../../model/address.ts';
import { popcountIsOne } from '../facts/bits.ts';
import { badValues, type BadValue } from '../facts/bad-values.ts';
import { hex } from '../facts/addresses.ts';
import { conclusion } from '../facts/conclusion.ts';
import { knownPointers, type KnownPointer } from '../facts/known-pointers.ts';
import { valueEvidence, valuePointer } from '../facts/value-finding.ts';
import { classifyWord } from '../../words/index.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** Lowest bit that counts: pointers into different arenas of 64 MiB differ from here on. */
const lowestBit = 1n << 26n;
/** Values of these kinds lead nowhere. */
const astray = new Set(['unknown', 'unmapped', 'non-canonical', 'arena-reserved']);

interface Flip {
  bad: BadValue;
  good: KnownPointer;
  bit: number;
}

function flips(context: RuleContext): Flip[] {
  const { snapshot } = context;
  const found: Flip[] = [];
  for (const bad of badValues(context)) {
    if (!astray.has(classifyWord(snapshot, bad.value).kind)) continue;
    const matches = knownPointers(snapshot).filter(({ value }) => {
      const difference = value ^ bad.value;
      return difference >= lowestBit && popcountIsOne(difference);
    });
    const [good] = matches;
    // Several bits that could each be the flipped one prove nothing.
    if (good === undefined || new Set(matches.map(({ value }) => value ^ bad.value)).size !== 1) continue;
    found.push({ bad, good, bit: (good.value ^ bad.value).toString(2).length - 1 });
  }
  return found;
}

export const mc02: Rule = {
  id: 'MC-02',
  title: 'One bit away from a good pointer',
  weight: 1,
  examine(context): Conclusion[] {
    return flips(context)
      .slice(0, 1)
      .map(({ bad, good, bit }) =>
        conclusion({
          headline: `${hex(bad.value)} differs from the good pointer ${hex(good.value)} in one bit`,
          confidence: context.snapshot.process.arch === undefined || bit < 32 ? 'possible' : 'likely',
          explanation: `The wrong value ${hex(bad.value)} and ${hex(good.value)}, which ${good.from} holds, differ in bit ${bit.toString()} only. A memory cell that flips does this; so does code that sets a flag in a word that is a pointer. The same bit in further dumps of the machine speaks for the memory.`,
          evidence: [
            valueEvidence(bad),
            { statement: `${hex(good.value)} is known from ${good.from} and leads into known memory.`, inferred: true },
          ],
          against: [{ statement: 'One dump alone does not tell a flipped bit from a value that was made.' }],
          checks: [
            { statement: 'The wrong value leads nowhere', held: true },
            { statement: 'The bit is no tag and lies above the size of an arena', held: true },
          ],
          next: [
            {
              why: 'Test the memory of the machine, warm, and look for corrected errors',
              command: 'edac-util -v; dmesg | grep -iE "edac|mce"',
            },
            { why: 'Compare with dumps of other machines: a defect of the program shows there too' },
          ],
          references: ['golang/go#57450'],
          bogus: [valuePointer(bad, `one bit away from ${formatAddress(good.value)}`)],
        }),
      );
  },
};
