/**
 * MC-04: a poison value.
 *
 * Mechanism: allocators, sanitizers and the runtime's debug modes fill freed or uninitialised memory with known words. A pointer read from
 * such memory is that word, or an access went to a small offset from it.
 */
import { poisonName } from '../../words/index.ts';
import { hex } from '../facts/addresses.ts';
import { badValues } from '../facts/bad-values.ts';
import { conclusion } from '../facts/conclusion.ts';
import { valueEvidence, valuePointer } from '../facts/value-finding.ts';
import type { Conclusion, Rule } from '../rule.ts';

/** Offsets of fields that are looked behind. */
const reach = 4096n;
const words = [0xdeadbeefn, 0xdeadbeefdeadbeefn, 0xdeaddeadn, 0xdeaddeaddeaddeadn, 0xbaadf00dn, 0xfeedfacen, 0xfeedfacecafebeefn];
const filled = [0xcdn, 0xddn, 0xfdn, 0xabn, 0xa5n, 0x5an, 0x6bn, 0xaan].flatMap((byte) => [
  byte * 0x01010101n,
  byte * 0x0101010101010101n,
]);

/** The poison that `value` is, or lies a small offset behind. */
function poisonNear(value: bigint): { poison: bigint; name: string } | undefined {
  for (const poison of [...words, ...filled]) {
    const name = value >= poison && value < poison + reach ? poisonName(poison) : undefined;
    if (name !== undefined) return { poison, name };
  }
  return undefined;
}

export const mc04: Rule = {
  id: 'MC-04',
  title: 'Poison value used as a pointer',
  weight: 2,
  examine(context): Conclusion[] {
    for (const bad of badValues(context)) {
      const found = poisonNear(bad.value);
      if (found === undefined) continue;
      const offset = bad.value - found.poison;
      return [
        conclusion({
          headline: `${hex(bad.value)} is a mark for memory that is not in use: ${found.name}`,
          confidence: 'likely',
          explanation: `The value ${offset === 0n ? 'is' : `lies ${offset.toString()} bytes behind`} ${hex(found.poison)}, which is written on purpose: ${found.name}. The pointer was read from memory that had been freed or never set, so look for who still uses that object.`,
          evidence: [valueEvidence(bad), { statement: `${hex(found.poison)} is known as: ${found.name}.`, inferred: true }],
          against: [{ statement: 'Programs use such words as markers of their own too.' }],
          checks: [{ statement: 'The value is a known mark, or lies right behind one', held: true }],
          next: [
            { why: 'Find the use after free in C code', command: 'go build -asan ./...' },
            { why: 'Check conversions between unsafe.Pointer and uintptr', command: 'go test -gcflags=all=-d=checkptr ./...' },
          ],
          bogus: [valuePointer(bad, found.name)],
        }),
      ];
    }
    return [];
  },
};
