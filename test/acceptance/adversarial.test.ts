/** Crashes that look like others: the rule that speaks first, what it names and what it accuses. */
import { describe, expect, it } from 'vitest';
import { fixture, run } from './run.ts';

/** Fixture, first rule, words of the headline, accused values. */
const dumps: [name: string, rule: string, says: string, bogus: string[]][] = [
  ['error-text-like-a-crash', 'PANIC-01', 'main.main', []],
  ['frame-pointer-minus-eight', 'FP-01', 'main.lockLoop', ['0xfffffffffffffff8']],
  ['return-address-zero', 'RA-08', 'a return address is zero', []],
  ['span-class-overwritten', 'GC-08', 'records are damaged', []],
  ['span-pages-overwritten', 'GC-08', 'records are damaged', []],
  ['stale-pointer-in-stack', 'GC-04', 'A stack word at', ['0xc000300123']],
  ['stale-pointer-in-global', 'GC-04', 'A global variable at', ['0xc000300123']],
  ['unsafe-slice-thrown', 'PANIC-07', 'impossible length', []],
];

describe.each(dumps)('%s', (name, rule, says, bogus) => {
  it('is told from what it looks like', async () => {
    const { report } = await run(fixture(`adversarial/${name}.txt`));
    expect(report.findings[0]?.rule).toBe(rule);
    expect(report.crash?.headline).toContain(says);
    expect(report.bogusPointers.map((one) => one.value)).toEqual(bogus);
    expect(report.coverage.unrecognised).toEqual([]);
  });
});

it('keeps a place that the runtime does not know as it was printed', async () => {
  const { report } = await run(
    'SIGTRAP: trace trap\nPC=0x49d7a5 m=0 sigcode=128\n\ngoroutine 6 gp=0x1f74206b3a40 m=0 mp=0x57f620 [running]:\n' +
      'main.spare(0x7ffe3e3c8f8300)\n\t?:0 +0x5 fp=0x1f742073ffaf sp=0x1f742073ffa8 pc=0x49d7a5\n',
  );
  expect(report.goroutines.items?.[0]?.frames[0]).toMatchObject({ function: 'main.spare', file: '?', line: 0, pc: '0x49d7a5' });
});
