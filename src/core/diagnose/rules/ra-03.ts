/**
 * RA-03: the trampoline of a return probe in several return slots of one stack.
 *
 * Mechanism: one probed frame patches one slot; a recursive function that is probed has a patched slot in each active frame, at
 * a constant distance. A dump may print one stack twice, so places are compared, not lines.
 */
import { distance } from '../../model/address.ts';
import { hex } from '../facts/addresses.ts';
import { stackHolding, trampolineWords } from '../facts/return-addresses.ts';
import { code, count } from '../facts/wording.ts';
import type { Rule } from '../rule.ts';

export const ra03: Rule = {
  id: 'RA-03',
  title: 'Several return addresses replaced by a probe',
  examine({ snapshot }) {
    const words = trampolineWords(snapshot);
    const [first] = words;
    if (first === undefined) return [];
    const stack = stackHolding(snapshot, first.slot);
    const places = words.filter((word) => stack !== undefined && word.slot >= stack.start && word.slot < stack.end);
    const [one, two] = places;
    if (one === undefined || two === undefined) return [];
    const step = distance(one.slot, two.slot);
    const even = places.every((word, index) => index === 0 || distance(places[index - 1]?.slot ?? word.slot, word.slot) === step);
    return [
      {
        headline: `The trampoline ${hex(one.value)} stands in ${count(places.length, 'return slot')} of one stack`,
        confidence: even && places.length > 2 ? 'very likely' : 'likely',
        explanation: `A return probe of a tracing tool replaces the return address of a function, the place at which its caller goes on, by a page of the kernel, the trampoline. That address, ${hex(one.value)}, stands in ${count(places.length, 'different slot')} of one stack: each active call of a probed function has one, so the function is on the stack more than once${even ? `, every ${code(step.toString())} bytes` : ''}.`,
        evidence: places.slice(0, 8).map((word) => word.evidence),
        against: even
          ? []
          : [{ statement: 'The distances between the slots vary: some of the words may be left over from earlier calls.' }],
        checks: [{ statement: 'The slots lie at equal distances', held: even }],
        next: [{ why: 'Detach the return probe; it breaks every active call', command: 'sudo bpftool link list' }],
        references: ['golang/go#27077'],
        bogus: [{ value: one.value, at: one.slot, why: 'the trampoline of a return probe in place of a return address' }],
        focus: { address: one.slot },
      },
    ];
  },
};
