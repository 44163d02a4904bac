import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildCommand, filesOf, framewalk } from './framewalk.ts';

const dump = readFileSync(new URL('../fixtures/diagnose/rules/cgo-04-past-the-end.txt', import.meta.url), 'utf8');
const entry = { symbol: 'stack_pallets', rules: ['CGO-04'], says: 'It packs one pallet too many.' };
const path = filesOf({
  'dump.txt': dump,
  'good.json': JSON.stringify({ schema: 'framewalk.knowledge/1', symbols: [entry] }),
  'bad.json': JSON.stringify({ schema: 'framewalk.knowledge/1', symbols: [{ ...entry, rules: ['packing'] }] }),
});

beforeAll(buildCommand, 120_000);

describe('framewalk analyze --knowledge', () => {
  it('uses a file for what it says of a finding', () => {
    const { status, stdout, stderr } = framewalk(['analyze', '--knowledge', path('good.json'), path('dump.txt')]);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('It packs one pallet too many. (inferred)');
  });

  it('uses such a file among the files of the case as well', () => {
    const { status, stdout, stderr } = framewalk(['analyze', path('dump.txt'), path('good.json')]);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('It packs one pallet too many. (inferred)');
  });

  it('refuses a file with mistakes, or that is not there, and says where and what to do', () => {
    const bad = framewalk(['analyze', '--knowledge', path('bad.json'), path('dump.txt')]);
    expect([bad.status, bad.stdout]).toEqual([2, '']);
    expect(bad.stderr).toMatch(
      /bad\.json is not used as knowledge:\n {2}symbols\[0\]\.rules\[0\]: expected .+ found "packing"\. /,
    );
    const none = framewalk(['analyze', '--knowledge', path('none.json'), path('dump.txt')]);
    expect([none.status, none.stdout]).toEqual([2, '']);
    expect(none.stderr).toContain('there is no such file');
  });

  it('goes on without a file of the case that has mistakes, and tells them', () => {
    const { status, stdout, stderr } = framewalk(['analyze', path('dump.txt'), path('bad.json')]);
    expect(status).toBe(0);
    expect(stdout).toContain('CGO-04');
    expect(stderr).toContain('symbols[0].rules[0]');
  });
});
