/** What is wrong with a part is said in the JSON report as well. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { analyse, toReport } from '../../../src/core/index.ts';

const encoder = new TextEncoder();
const crash = 'panic: gone\n\ngoroutine 7 [running]:\nmain.fill(0x1)\n\t/src/app/main.go:15 +0x55\n';
/** Two words of a stack, the rest zeros. */
const words = new Uint8Array(new BigUint64Array([0n, 0x30bc5b29n, 0xc000040f08n, 0n, 0n, 0n, 0n, 0n]).buffer);

async function reportOf(...parts: { name: string; bytes: Uint8Array; base?: bigint }[]) {
  return toReport(await analyse([{ name: 'crash.txt', bytes: encoder.encode(crash) }, ...parts]));
}

describe('notices of the JSON report', () => {
  it('are absent where nothing is to be said', async () => {
    expect(await reportOf()).not.toHaveProperty('notices');
    expect(await reportOf({ name: 'stack.bin', bytes: words, base: 0xc000040000n })).not.toHaveProperty('notices');
  });

  it('ask where an excerpt of memory begins', async () => {
    const { notices } = await reportOf({ name: 'stack.bin', bytes: words });
    expect(notices).toMatchObject([{ kind: 'memory-without-base', document: 1 }]);
    expect(notices?.[0]?.statement).toContain('--base stack.bin=0xADDRESS');
  });

  it('tell of data that was cut and of knowledge with a mistake', async () => {
    const long = Array.from({ length: 3000 }, (_, line) => `${line} ${line * 7919}`).join('\n');
    const whole = gzipSync(long);
    const { notices } = await reportOf(
      { name: 'log.gz', bytes: new Uint8Array(whole.subarray(0, whole.length / 2)) },
      { name: 'ours.json', bytes: encoder.encode('{ "schema": "framewalk.knowledge/1", "releases": [{ "says": "x" }] }') },
    );
    expect(notices?.map(({ kind, document }) => [kind, document])).toEqual([
      ['read-in-part', 1],
      ['knowledge-not-used', 2],
    ]);
    expect(notices?.[1]?.statement).toMatch(/releases\[0\].*expected/);
  });

  it('stand in the report of a case of which nothing was recognised', async () => {
    const { notices } = toReport(await analyse([{ name: 'stack.bin', bytes: words }]));
    expect(notices).toMatchObject([{ kind: 'memory-without-base', document: 0 }]);
  });
});
