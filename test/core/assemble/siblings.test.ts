/** Two crashes of one build in one input: what the second proves of the machine holds for the first. */
import { describe, expect, it } from 'vitest';
import { snapshotsOf } from './support.ts';

const crash = (reason: string, by: bigint, last: string): string =>
  [
    `panic: ${reason}`,
    '',
    'goroutine 7 gp=0xc000006a80 m=0 mp=0x50e6a0 [running]:',
    'main.fill(0xc000044018)',
    `\t/src/app/main.go:15 +0x55 fp=0xc000040f08 sp=0xc000040ed8 pc=0x${(0x471915n + by).toString(16)}`,
    'main.main()',
    `\t/src/app/main.go:21 +0x37 fp=0xc000040f48 sp=0xc000040f08 pc=0x${(0x471997n + by).toString(16)}`,
    last,
    '',
  ].join('\n');
const goexit = (by: bigint): string =>
  `runtime.goexit({})\n\t/usr/local/go/src/runtime/asm_amd64.s:1700 +0x1 fp=0xc000040f50 sp=0xc000040f48 pc=0x${(0x461000n + by).toString(16)}`;

describe('two crashes of one input', () => {
  it('share the architecture when their functions lie at the same addresses', async () => {
    const [one, two] = await snapshotsOf(`${crash('one', 0n, '')}\n${crash('two', 0n, goexit(0n))}`);
    expect(two?.process.arch).toBe('amd64');
    expect(one?.process.arch).toBe('amd64');
    expect(one?.process.why['arch']).toContain('another crash of this input');
    expect(one?.chains.length).toBeGreaterThan(0);
  });

  it('share nothing when they are two builds', async () => {
    const [one, two] = await snapshotsOf(`${crash('one', 0n, '')}\n${crash('two', 0x1000n, goexit(0x1000n))}`);
    expect(two?.process.arch).toBe('amd64');
    expect(one?.process.arch).toBeUndefined();
    expect(one?.chains).toEqual([]);
  });
});
