import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/cli/file-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'framewalk-store-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const bytes = Uint8Array.from({ length: 1_200_000 }, (_unused, at) => (at * 31 + (at >> 8)) & 0xff);
const path = join(folder, 'file');
writeFileSync(path, bytes);

function opened(name = path) {
  const store = openStore(name, 1);
  if (store === undefined) throw new Error('no file');
  return store;
}

describe('a file as a store', () => {
  it('gives what stands in the file, in any order', () => {
    const store = opened();
    expect(store.length).toBe(bytes.length);
    const range = fc.tuple(
      fc.oneof(fc.integer({ min: -5, max: bytes.length + 5 }), fc.nat(70_000)),
      fc.oneof(fc.nat(200), fc.nat(700_000)),
    );
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 40 }), (ranges) => {
        for (const [start, size] of ranges) {
          const given = store.read(start, start + size);
          const wanted = bytes.subarray(Math.max(0, start), Math.max(0, start + size));
          expect(Buffer.compare(given, wanted)).toBe(0);
          if (start < 0) continue;
          const target = new Uint8Array(size);
          expect(store.readInto?.(start, target)).toBe(wanted.length);
          expect(Buffer.compare(target.subarray(0, wanted.length), wanted)).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
    store.close();
  });

  it('leaves out what the file lost since', () => {
    const name = join(folder, 'shorter');
    writeFileSync(name, bytes.subarray(0, 100_000));
    const store = opened(name);
    truncateSync(name, 50_000);
    expect(store.read(0, 100_000).length).toBe(50_000);
    expect(store.read(49_990, 50_010)).toEqual(bytes.slice(49_990, 50_000));
    expect(store.read(90_000, 90_010).length).toBe(0);
    store.close();
    expect(store.read(0, 80_000).length).toBe(0);
  });

  it('is no folder and no small file', () => {
    expect(openStore(folder, 0)).toBeUndefined();
    expect(openStore(path, bytes.length + 1)).toBeUndefined();
  });
});
