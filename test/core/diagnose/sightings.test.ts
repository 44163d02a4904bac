/** Bogus values are searched in everything that was given, in all forms in which a number can be printed. */
import { describe, expect, it } from 'vitest';
import { NeedleSets } from '../../../src/core/diagnose/sightings/needle-sets.ts';
import { Needles } from '../../../src/core/diagnose/sightings/needles.ts';
import { sightingsIn } from '../../../src/core/diagnose/sightings/scan.ts';
import { analyse, openDocuments } from '../../../src/core/index.ts';
import { pointers } from './cases/case.ts';

const encoder = new TextEncoder();

async function seen(text: string, ...values: bigint[]): Promise<string[]> {
  const [document] = await openDocuments([{ name: 'a.txt', bytes: encoder.encode(text) }]);
  if (document === undefined) throw new Error('no document');
  return sightingsIn(document, new NeedleSets([new Needles(values)]), 1 << 20)
    .flat()
    .map(({ needle, line }) => `${needle.form} ${String(needle.distance)} | ${line}`);
}

describe('a value is found', () => {
  const value = 0x9e3779b1n;
  it.each([
    ['as hexadecimal', 'mov $0x9e3779b1,%ebp', 'full 0'],
    ['in capitals and without a prefix', 'IMM 9E3779B1 loaded', 'full 0'],
    ['padded with zeros', 'rbp 0x000000009e3779b1', 'full 0'],
    ['as decimal', 'seed = 2654435761;', 'full 0'],
    ['as a signed number of 32 bits', '$1 = -1640531535', 'full 0'],
    ['8 above', 'addr=0x9e3779b9 pc=0x1', 'full 8'],
    ['8 below', 'k = 0x9e3779a9', 'full -8'],
    ['as bytes in memory order', '4011: bd b1 79 37 9e   mov', 'bytes 0'],
    ['as machine code in one run', 'main.s:4 0x48 48c7c5b179379e MOVQ', 'bytes 0'],
  ])('%s', async (_how, line, form) => {
    expect(await seen(`first line\n${line}\nlast line\n`, value)).toEqual([`${form} | ${line}`]);
  });

  it('of 64 bits by all of it, signed, or its lower half', async () => {
    const wide = 0xfedcba9876543210n;
    const lines = ['0xfedcba9876543210', '18364758544493064720', '-81985529216486896', '0x76543210', '1985229328'];
    expect(await seen(`${lines.join('\n')}\n`, wide)).toEqual([
      `full 0 | ${lines[0] ?? ''}`,
      `full 0 | ${lines[1] ?? ''}`,
      `full 0 | ${lines[2] ?? ''}`,
      `low 0 | ${lines[3] ?? ''}`,
      `low 0 | ${lines[4] ?? ''}`,
    ]);
  });

  it.each([
    ['in hexadecimal', `${'x'.repeat((1 << 20) - 4)}\n0x9e3779b1\n`],
    ['in decimal', `${'x'.repeat((1 << 20) - 4)}\n2654435761\n`],
    ['as a signed number', `${'x'.repeat((1 << 20) - 2)}\n-1640531535\n`],
    ['as bytes', `${'x'.repeat((1 << 20) - 5)}\nb1 79 37 9e\n`],
    ['in one run', `${'x'.repeat((1 << 20) - 9)}\n48c7c5b179379e MOVQ\n`],
  ])('across the borders of what is read at once, %s', async (_how, text) => {
    const [document] = await openDocuments([{ name: 'a.txt', bytes: encoder.encode(text) }]);
    expect(
      document === undefined ? 0 : sightingsIn(document, new NeedleSets([new Needles([value])]), 1 << 24).flat().length,
    ).toBe(1);
  });
});

describe('several crashes share the pass', () => {
  it('and each sees what it would see alone', async () => {
    const lines = ['mov $0x9e3779b1,%ebp', 'k = 0x9e3779a9', '4011: bd b1 79 37 9e   mov', 'seed = 2654435761;', 'x 0x7fedcba0'];
    const [document] = await openDocuments([{ name: 'a.txt', bytes: encoder.encode(`${lines.join('\n')}\n`) }]);
    if (document === undefined) throw new Error('no document');
    const crashes = [[0x9e3779b1n], [0x9e3779a1n, 0x7fedcba0n], [], [0x9e3779b1n, 0x9e3779a9n]];
    const together = sightingsIn(document, new NeedleSets(crashes.map((values) => new Needles(values))), 1 << 20);
    const alone = crashes.map((values) => sightingsIn(document, new NeedleSets([new Needles(values)]), 1 << 20)[0]);
    expect(together).toEqual(alone);
    expect(together.map((found) => found.length)).toEqual([4, 2, 0, 4]);
  });
});

describe('nothing is found', () => {
  it.each([
    ['in words that hold the digits', 'sum_9e3779b1x z9e3779b1'],
    ['in other numbers', '0x19e3779b1 26544357610 0x9e3779b0'],
    ['in hashes', 'h1:9e3779b1Zz a39e3779b1f00dzz'],
    ['in other bytes', '79 b1 37 9e b1 79 9e 37'],
  ])('%s', async (_where, line) => {
    expect(await seen(`${line}\n`, 0x9e3779b1n)).toEqual([]);
  });

  it('for small values, which stand everywhere', async () => {
    expect(await seen('0x118 280 0x120 65535\n', 0x118n)).toEqual([]);
  });
});

describe('findings', () => {
  const dump = pointers('fp-mutex-go1.27').text;
  async function fpOf(...texts: string[]) {
    const parts = [dump, ...texts].map((text, index) => ({ name: `part${String(index)}`, bytes: encoder.encode(text) }));
    const analysed = await analyse(parts);
    return analysed.snapshots[0]?.findings.find((finding) => finding.rule === 'FP-01');
  }

  it('tell where else their value stands, with the line', async () => {
    const found = (await fpOf('notes of June\nthe seed of the shelf hash is 817650473\n'))?.evidence.at(-1);
    expect(found?.statement).toContain(
      'The value `0x30bc5b29` stands in another line as well: `the seed of the shelf hash is 817650473`',
    );
    expect(found?.source?.document).toBe(1);
    expect(found?.inferred).toBe(true);
  });

  it('follow another constant', async () => {
    const parts = [dump.replaceAll('30bc5b31', '1b8735a3'), 'the seed is 461845915\n'];
    const analysed = await analyse(parts.map((text, index) => ({ name: `p${String(index)}`, bytes: encoder.encode(text) })));
    const finding = analysed.snapshots[0]?.findings.find((one) => one.rule === 'FP-01');
    expect(finding?.evidence.at(-1)?.statement).toContain('`0x1b87359b`');
  });

  it('name the one listed function that holds the constant, as inferred', async () => {
    const listing = [
      '(gdb) disassemble shelf.mix',
      'Dump of assembler code for function shelf.mix:',
      '   0x00000000004ad0a0 <+0>:\tmov    $0x30bc5b29,%rcx',
      '   0x00000000004ad0a7 <+7>:\txchg   %rcx,%rbp',
      '   0x00000000004ad0aa <+10>:\tret',
      'End of assembler dump.',
    ];
    const finding = await fpOf(`${listing.join('\n')}\n`);
    expect(finding?.evidence.map((one) => one.statement).join('\n')).toContain('`shelf.mix` has `mov $0x30bc5b29,%rcx`');
    expect(finding?.culprit).toEqual({ function: 'shelf.mix', inferred: true });
  });

  it('near miss: the constant of another number names nothing', async () => {
    expect((await fpOf('the seed is 817650500\n'))?.evidence.some((one) => one.statement.includes('another line'))).toBe(false);
  });
});
