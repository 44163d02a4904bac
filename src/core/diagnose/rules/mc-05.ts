/**
 * MC-05: a floating-point number where a pointer belongs.
 *
 * Mechanism: a float64 was stored in a pointer's slot: a wrong type, a wrong layout, or a write past an array of numbers.
 */
import { floatOf } from '../../words/index.ts';
import { hex } from '../facts/addresses.ts';
import { badValues } from '../facts/bad-values.ts';
import { conclusion } from '../facts/conclusion.ts';
import { valueEvidence, valuePointer } from '../facts/value-finding.ts';
import type { Conclusion, Rule } from '../rule.ts';

export const mc05: Rule = {
  id: 'MC-05',
  title: 'Number where a pointer belongs',
  weight: 1,
  examine(context): Conclusion[] {
    for (const bad of badValues(context)) {
      const number = floatOf(bad.value);
      if (number === undefined) continue;
      return [
        conclusion({
          headline: `${hex(bad.value)}, used as a pointer, is the number ${number.toString()}`,
          confidence: 'possible',
          explanation: `Read as a float64, ${hex(bad.value)} is ${number.toString()}, a number of ordinary size. A number was written where a pointer belongs: past the end of an array of numbers, through a wrong type, or with a wrong layout of a struct.`,
          evidence: [valueEvidence(bad), { statement: `As a float64 it is ${number.toString()}.`, inferred: true }],
          against: [{ statement: 'Other data can have the same bits.' }],
          checks: [{ statement: 'The number is short as a decimal', held: true }],
          next: [{ why: 'Find arrays of numbers beside the pointer, and who writes to them' }],
          bogus: [valuePointer(bad, `the number ${number.toString()}`)],
        }),
      ];
    }
    return [];
  },
};
