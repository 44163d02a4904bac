import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));

function run(...given: string[]) {
  return spawnSync(process.execPath, given, { cwd: project, encoding: 'utf8' });
}

describe('calibrate', () => {
  it('says so when there is no corpus', () => {
    const { stdout, status } = run('scripts/calibrate.mjs', 'no-such-folder');
    expect(stdout).toContain('nothing to calibrate with');
    expect(status).toBe(0);
  });

  it('gives intervals that shrink with the number of cases', () => {
    const script = `
      import { wilson } from './scripts/calibrate/wilson.mjs';
      for (const [right, total] of [[10, 10], [1000, 1000], [0, 0], [5, 10]]) {
        const { low, high } = wilson(right, total);
        console.log(low.toFixed(3), high.toFixed(3));
      }`;
    const { stdout } = run('--input-type=module', '--eval', script);
    expect(stdout.trim().split('\n')).toEqual(['0.722 1.000', '0.996 1.000', '0.000 1.000', '0.237 0.763']);
  });
});
