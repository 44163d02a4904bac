/**
 * MAC-02: the marker word of macOS.
 *
 * Mechanism: the platform's signal code puts 0x0b01dfacedebac1e on the stack below a signal frame. An unwinder that takes it for a return
 * address stops there; nothing was overwritten.
 */
import type { Evidence } from '../../model/finding.ts';
import { hex, wordsHolding } from '../facts/addresses.ts';
import { conclusion } from '../facts/conclusion.ts';
import { badReturns } from '../facts/return-addresses.ts';
import type { Conclusion, Rule } from '../rule.ts';

const marker = 0x0b01dfacedebac1en;

export const mac02: Rule = {
  id: 'MAC-02',
  title: "Marker word of macOS's signal code",
  explains: ['RA-04'],
  weight: 12,
  examine({ snapshot }): Conclusion[] {
    const bad = badReturns(snapshot).find((one) => one.value === marker);
    const [word] = wordsHolding(snapshot, marker);
    if (bad === undefined && word === undefined) return [];
    const evidence: Evidence[] = [...(bad?.evidence ?? []), ...(word === undefined ? [] : [word.evidence])];
    return [
      conclusion({
        headline: `The word ${hex(marker)} was put there by macOS's signal code; nothing was overwritten`,
        confidence: bad === undefined ? 'possible' : 'very likely',
        explanation: `macOS writes ${hex(marker)} below the frame that it makes for a signal handler. The runtime took it for a return address and gave up; the frames above it belong to a signal, and the walk should go on from the registers that the signal saved.`,
        evidence,
        checks: [{ statement: 'The value is the marker', held: true }],
        next: [{ why: 'Update Go; the walk of stacks with signal frames was mended' }],
        references: ['golang/go#48350'],
      }),
    ];
  },
};
