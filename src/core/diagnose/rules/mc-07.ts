/**
 * MC-07: half of a pointer.
 *
 * Mechanism: a store of 32 bits went over one half of a pointer, a 64-bit value was torn by a write that is not atomic, or a pointer was
 * kept in an int32. The wrong value then has one half of a good pointer, and zeros in the other.
 */
import { formatAddress } from '../../model/address.ts';
import { knownPointers, type KnownPointer } from '../facts/known-pointers.ts';
import { hex } from '../facts/addresses.ts';
import { badValues, type BadValue } from '../facts/bad-values.ts';
import { conclusion } from '../facts/conclusion.ts';
import { valueEvidence, valuePointer } from '../facts/value-finding.ts';
import { classifyWord } from '../../words/index.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

const low32 = 0xffffffffn;
/** Smaller values are nil and a large offset rather than half of a pointer. */
const leastHalf = 1n << 20n;
const astray = new Set(['unknown', 'unmapped', 'non-canonical']);

interface Half {
  bad: BadValue;
  whole: KnownPointer;
}

function halfOf(context: RuleContext): Half | undefined {
  const { snapshot } = context;
  if (snapshot.memory.wordSize === 4) return undefined;
  for (const bad of badValues(context)) {
    const { value } = bad;
    const low = value & low32;
    const high = value >> 32n;
    if (!astray.has(classifyWord(snapshot, value).kind) || (low !== 0n && high !== 0n) || low + high < leastHalf) continue;
    const whole = knownPointers(snapshot).find((pointer) =>
      pointer.value >> 32n === 0n || (pointer.value & low32) === 0n
        ? false
        : high === 0n
          ? (pointer.value & low32) === low
          : high < low32 && (pointer.value & low32) === high,
    );
    if (whole !== undefined) return { bad, whole };
  }
  return undefined;
}

export const mc07: Rule = {
  id: 'MC-07',
  title: 'Half of a pointer',
  weight: 1,
  examine(context): Conclusion[] {
    const half = halfOf(context);
    if (half === undefined) return [];
    const { bad, whole } = half;
    const swapped = bad.value >> 32n !== 0n;
    return [
      conclusion({
        headline: `${hex(bad.value)} is half of the pointer ${hex(whole.value)}`,
        confidence: 'likely',
        explanation: `The wrong value has the lower half of ${hex(whole.value)}, which ${whole.from} holds${swapped ? ', in its upper half' : ', and zeros above it'}. A pointer was kept in 32 bits, a store of 32 bits went over its other half, or it was read while another thread wrote it in two parts.`,
        evidence: [
          valueEvidence(bad),
          { statement: `${hex(whole.value)} is known from ${whole.from}; the halves agree.`, inferred: true },
        ],
        against: [{ statement: 'A debugger that prints an untyped word shows half of it too.' }],
        checks: [
          { statement: 'The wrong value leads nowhere', held: true },
          { statement: 'Its half is that of a good pointer of the case', held: true },
        ],
        next: [
          { why: 'Look for conversions of pointers to 32-bit integers, also in C (int, uint32_t)' },
          { why: 'Look for unsynchronised writes', command: 'go test -race ./...' },
        ],
        bogus: [valuePointer(bad, `half of ${formatAddress(whole.value)}`)],
      }),
    ];
  },
};
