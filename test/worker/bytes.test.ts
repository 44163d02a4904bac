import { describe, expect, it } from 'vitest';
import { BlobStore } from '../../src/worker/blob-store.ts';
import { headOf } from '../../src/worker/head.ts';
import { RemoteBytes } from '../../src/worker/remote-bytes.ts';

const source = Uint8Array.from({ length: 1000 }, (_, at) => at % 251);
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

function remote(fetch = (start: number, end: number) => Promise.resolve(source.slice(start, end))) {
  const asked: [number, number][] = [];
  let arrived = 0;
  const bytes = new RemoteBytes({
    length: source.length,
    fetch: (start, end) => {
      asked.push([start, end]);
      return fetch(start, end);
    },
    onArrival: () => arrived++,
    blockBytes: 64,
    kept: 4,
  });
  return { bytes, asked, arrivals: () => arrived };
}

describe('bytes of a large document on the page', () => {
  it('are left out at first, asked for once, and there when they have come', async () => {
    const { bytes, asked, arrivals } = remote();
    expect(bytes.read(10, 20).length).toBe(0);
    expect(bytes.read(12, 15).length).toBe(0);
    await turn();
    expect(asked).toEqual([[0, 64]]);
    expect(arrivals()).toBe(1);
    expect([...bytes.read(10, 20)]).toEqual([...source.subarray(10, 20)]);
  });

  it('come block by block, and are joined', async () => {
    const { bytes } = remote();
    for (let round = 0; round < 3; round++) {
      bytes.read(60, 140);
      await turn();
    }
    expect([...bytes.read(60, 140)]).toEqual([...source.subarray(60, 140)]);
  });

  it('end where the document ends', async () => {
    const { bytes, asked } = remote();
    bytes.read(990, 5000);
    await turn();
    expect(asked).toEqual([[960, 1000]]);
    expect([...bytes.read(990, 5000)]).toEqual([...source.subarray(990)]);
    expect(bytes.read(-5, 0).length + bytes.read(2000, 3000).length).toBe(0);
  });

  it('are forgotten when others were looked at since', async () => {
    const { bytes, asked } = remote();
    for (const at of [0, 64, 128, 192, 0, 256, 64]) {
      bytes.read(at, at + 1);
      await turn();
    }
    expect(asked.map(([start]) => start)).toEqual([0, 64, 128, 192, 256, 64]);
  });

  it('stay left out when they cannot be had, without asking for ever', async () => {
    const { bytes, asked, arrivals } = remote(() => Promise.reject(new Error('closed')));
    for (let round = 0; round < 5; round++) {
      expect(bytes.read(0, 10).length).toBe(0);
      await turn();
    }
    expect(asked.length).toBe(1);
    expect(arrivals()).toBe(0);
  });
});

describe('bytes of a large file in the worker', () => {
  const large = new Uint8Array(9 * 2 ** 20).map((_, at) => at % 253);
  /** Pieces as the browser's reader gives them; `missing` is where the file ends all of a sudden. */
  function store(missing = Infinity) {
    const blob = { size: large.length, slice: (start: number, end: number) => ({ start, end }) } as unknown as Blob;
    return new BlobStore(blob, {
      readAsArrayBuffer: (piece) => {
        const { start, end } = piece as unknown as { start: number; end: number };
        if (start >= missing) throw new DOMException('gone', 'NotReadableError');
        return large.slice(start, end).buffer;
      },
    });
  }

  it('are those of the file, within a block and across', () => {
    const bytes = store();
    for (const [start, end] of [
      [0, 10],
      [2 ** 22 - 3, 2 ** 22 + 3],
      [2 ** 20, large.length],
      [large.length - 2, large.length + 9],
    ] as const) {
      expect(Buffer.compare(bytes.read(start, end), large.subarray(start, end))).toBe(0);
    }
    expect(bytes.failure).toBeUndefined();
  });

  it('are left out at the end, and the reason is kept, when the file is gone', () => {
    const bytes = store(2 ** 23);
    expect(bytes.read(2 ** 22, large.length).length).toBe(2 ** 22);
    expect(bytes.read(2 ** 23, 2 ** 23 + 5).length).toBe(0);
    expect(bytes.failure).toMatchObject({ name: 'NotReadableError' });
  });
});

describe('the beginning of a large input', () => {
  const head = (text: string) => new TextDecoder().decode(headOf(new TextEncoder().encode(text)));
  const frames = 'main.f()\n\t/srv/x.go:1 +0x1\n';

  it('ends before the goroutine that is cut', () => {
    const whole = `goroutine 1 [running]:\n${frames}\ngoroutine 2 [select]:\n${frames}\n`;
    expect(head(`${whole}goroutine 3 [sel`)).toBe(whole);
    expect(head(`${whole}goroutine 3 [select]:\nmain.g(`)).toBe(whole);
  });

  it('takes the whole line with its prefix away', () => {
    const line = (text: string) => `2026-01-02T03:04:05Z pod-1 ${text}\n`;
    const whole = ['goroutine 1 [running]:', 'main.f()', 'goroutine 2 [select]:', 'main.g()'].map(line).join('');
    expect(head(`${whole}${line('goroutine 3 [select]:')}`)).toBe(whole);
  });

  it('ends with a line where no goroutine begins, and is left alone where there is no line', () => {
    expect(head('one\ntwo\nthr')).toBe('one\ntwo\n');
    expect(head('no line end')).toBe('no line end');
    expect(head('')).toBe('');
  });

  it('is not cut inside compressed data', () => {
    const packed = Uint8Array.of(0x1f, 0x8b, 10, 1, 2, 3);
    expect(headOf(packed)).toBe(packed);
  });
});
