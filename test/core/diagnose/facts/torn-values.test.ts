/** Values of several words that a debugger printed word by word. */
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../../src/core/index.ts';
import type { Finding } from '../../../../src/core/model/finding.ts';

async function tornIn(...lines: string[]): Promise<Finding[]> {
  const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
  const { snapshots } = await analyse([{ name: 'session.txt', bytes }]);
  return snapshots.flatMap((one) => one.findings).filter((one) => one.rule === 'RACE-02');
}

describe('a variable that a debugger printed word by word', () => {
  it.each([
    ['(gdb) p lines', '$1 = {array = 0xc0000a4000, len = 40, cap = 16}', 'a slice with a length of 40 and a capacity of 16'],
    ['(gdb) p lines', '$1 = {array = 0x0, len = 0, cap = 16}', 'a slice with a capacity without data'],
    ['(gdb) p name', '$1 = {str = 0x0, len = 12}', 'a string with a length of 12 without data'],
    ['(gdb) p out', '$1 = {tab = 0x0, data = 0xc0000a4018}', 'an interface with data without a type'],
    ['(gdb) p err', '$1 = {_type = 0x0, data = 0xc0000a4018}', 'an interface with data without a type'],
    ['(gdb) p *job', '$1 = {id = 7, lines = {array = 0xc0000a4000, len = 40, cap = 16}}', 'capacity of 16'],
  ])('%s: %s', async (command, answer, said) => {
    const [found] = await tornIn(command, answer);
    expect(found?.headline).toContain(said);
    expect(found?.confidence).toBe('possible');
  });

  it.each([
    ['a slice, whole', '$1 = {array = 0xc0000a4000, len = 16, cap = 40}'],
    ['nil', '$1 = {array = 0x0, len = 0, cap = 0}'],
    ['an empty string', '$1 = {str = 0x0, len = 0}'],
    ['a nil interface', '$1 = {tab = 0x0, data = 0x0}'],
    ['an interface that holds a nil pointer', '$1 = {tab = 0x52a3c0, data = 0x0}'],
    ['a struct of other fields', '$1 = {array = 0xc0000a4000, len = 40, cap = 16, flags = 1}'],
  ])('is left alone: %s', async (_name, answer) => {
    expect(await tornIn('(gdb) p it', answer)).toEqual([]);
  });
});
