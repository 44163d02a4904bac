/**
 * MC-03: text where a pointer belongs.
 *
 * Mechanism: a string was written over a pointer: past the end of a buffer, through a wrong type, or with a wrong layout of a struct. The
 * bytes of the value read as text tell which string it was.
 */
import { asciiOf, classifyWord, utf16Of } from '../../words/index.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { hex } from '../facts/addresses.ts';
import { badValues, type BadValue } from '../facts/bad-values.ts';
import { conclusion } from '../facts/conclusion.ts';
import { valueEvidence, valuePointer } from '../facts/value-finding.ts';
import { capitalised, code, shellWord } from '../facts/wording.ts';
import type { Conclusion, Rule } from '../rule.ts';

/** Letters and digits that a text must have; punctuation alone comes about by chance. */
const leastLetters = 4;

/** Where Linux loads relocatable programs on amd64: 0x55…, 0x56…; such addresses read as text without being any. */
function isProgramAddress(value: bigint): boolean {
  const top = value >> 40n;
  return top === 0x55n || top === 0x56n;
}

function lettersIn(text: string): number {
  return Array.from(text).filter((one) => (one >= '0' && one <= '9') || (one >= 'A' && one <= 'Z') || (one >= 'a' && one <= 'z'))
    .length;
}

function textOf(snapshot: Snapshot, { value }: BadValue): string | undefined {
  const { kind } = classifyWord(snapshot, value);
  if ((kind !== 'ascii' && kind !== 'utf-16') || isProgramAddress(value)) return undefined;
  const text = asciiOf(value) ?? utf16Of(value);
  return text !== undefined && lettersIn(text) >= leastLetters ? text : undefined;
}

export const mc03: Rule = {
  id: 'MC-03',
  title: 'Text where a pointer belongs',
  weight: 2,
  examine(context): Conclusion[] {
    for (const bad of badValues(context)) {
      const text = textOf(context.snapshot, bad);
      if (text === undefined) continue;
      return [
        conclusion({
          headline: `${capitalised(bad.as)} is the text ${code(JSON.stringify(text))}`,
          confidence: 'likely',
          explanation: `The bytes of ${hex(bad.value)} read ${code(JSON.stringify(text))}: a string was written where a pointer belongs. Something wrote past the end of a buffer, used a wrong type, or laid out a struct wrongly; the text tells which data it was.`,
          evidence: [
            valueEvidence(bad),
            { statement: `Its bytes in memory order are ${code(JSON.stringify(text))}.`, inferred: true },
          ],
          against: [{ statement: 'Eight printable bytes may come about by chance.' }],
          checks: [{ statement: 'All bytes are printable or zero', held: true }],
          next: [
            { why: 'Find where the text comes from', command: `grep -rnF ${shellWord(text)} .` },
            {
              why: 'Check conversions between unsafe.Pointer and other types',
              command: 'go test -gcflags=all=-d=checkptr ./...',
            },
          ],
          bogus: [valuePointer(bad, `the text ${JSON.stringify(text)}`)],
        }),
      ];
    }
    return [];
  },
};
