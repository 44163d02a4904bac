import { describe, expect, it } from 'vitest';
import { commandIds, commands } from '../../src/app/commands.ts';
import { allows } from '../../src/app/hooks/key-rules.ts';
import { parseSamples } from '../../src/app/features/start/samples.ts';
import { resolveTheme, sixDigits } from '../../src/app/theme/theme.ts';

const command = (id: (typeof commandIds)[number]) => {
  const found = commands.find((one) => one.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};

describe('commands', () => {
  it('lists every command once, and no key twice', () => {
    expect(commands.map((one) => one.id).sort()).toEqual([...commandIds].sort());
    const keys = commands.flatMap((one) => one.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('keeps letters out of fields and obeys the switch', () => {
    expect(allows(command('next-problem'), 'e', false, true)).toBe(true);
    expect(allows(command('next-problem'), 'e', false, false)).toBe(false);
    expect(allows(command('next-problem'), 'e', true, true)).toBe(false);
    expect(allows(command('search'), '$mod+k', true, false)).toBe(true);
    expect(allows(command('back'), 'Backspace', false, false)).toBe(true);
    expect(allows(command('back'), 'Backspace', true, true)).toBe(false);
  });
});

describe('samples', () => {
  it('leaves out what is no sample', () => {
    const sample = { file: 'a.txt', title: 'A', story: 'B', kind: 'gdb' };
    expect(parseSamples([sample, { file: 'b' }, null, 3])).toEqual([sample]);
    expect(parseSamples({ sample })).toEqual([]);
  });
});

describe('theme', () => {
  it('follows the system unless fixed', () => {
    expect(resolveTheme('system', true)).toBe('dark');
    expect(resolveTheme('system', false)).toBe('light');
    expect(resolveTheme('light', true)).toBe('light');
  });

  it('writes short colours in six digits', () => {
    expect(sixDigits('#fFa')).toBe('#ffFFaa');
    expect(sixDigits('#0e1319')).toBe('#0e1319');
    expect(sixDigits('Canvas')).toBe('Canvas');
  });
});
