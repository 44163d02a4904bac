/** While one long text is read, it is told how far. */
import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/core/index.ts';
import { progressEvery } from '../../src/core/text/index.ts';
import { createClient } from '../../src/worker/client.ts';
import { createHandler } from '../../src/worker/handler.ts';

const encoder = new TextEncoder();
const crash = 'panic: gone\n\ngoroutine 7 [running]:\nmain.fill(0x1)\n\t/src/app/main.go:15 +0x55\n';
/** Three times as many bytes as lie between two reports. */
const long = encoder.encode(crash + 'a line of a log that is no part of a crash\n'.repeat((3.2 * progressEvery) / 43));

describe('progress', () => {
  it.each([
    ['in memory', long],
    ['piece by piece', { length: long.length, read: (start: number, end: number) => long.subarray(start, end) }],
  ])('is told within one document: %s', async (_name, bytes) => {
    const told: [number, number][] = [];
    const onProgress = (phase: string, done: number, total: number) => {
      if (phase === 'Reading text') told.push([done, total]);
    };
    await analyse(
      [
        { name: 'a.log', bytes },
        { name: 'b.txt', bytes: encoder.encode(crash) },
      ],
      { onProgress },
    );
    const within = told.filter(([done]) => done > 0 && done < long.length);
    expect(within).toHaveLength(3);
    expect(told.map(([done]) => done)).toEqual(told.map(([done]) => done).toSorted((a, b) => a - b));
    expect(told.every(([, total]) => total === long.length + crash.length)).toBe(true);
    expect(told.at(-1)?.[0]).toBe(long.length);
  });

  it('is heard by the page, and a cancel in the middle of a text ends the worker at once', async () => {
    let terminated = false;
    const client = createClient(({ onResponse }) => {
      const handle = createHandler((response, transfer) => onResponse(structuredClone(response, { transfer })));
      return {
        postMessage: (message, transfer) => void handle(structuredClone(message, { transfer })),
        terminate: () => {
          terminated = true;
        },
      };
    });
    const heard: number[] = [];
    const run = client.analyse([{ name: 'a.log', bytes: long }], {
      onProgress: ({ phase, done }) => {
        if (phase !== 'Reading text' || done === 0 || terminated) return;
        heard.push(done);
        run.cancel();
        expect(terminated).toBe(true);
      },
    });
    expect(await run.promise).toEqual({ type: 'cancelled' });
    expect(heard).toHaveLength(1);
    expect(heard[0]).toBeLessThan(long.length);
  });
});
