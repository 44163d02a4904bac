import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inflateAll } from '../../../src/core/input/gzip.ts';
import { expectExactOrigin, fixture, open, textOf } from './support.ts';

const packed = (content: string | Uint8Array) => new Uint8Array(gzipSync(content));
const text = fixture('bad-pointer');

describe('gzip', () => {
  it('is opened by its magic number and is the first layer', async () => {
    const bytes = packed(text.replaceAll('\n', '\r\n'));
    const document = await open(bytes);
    expect(document.layers).toEqual(['gzip', 'crlf']);
    expect(document.byteLength).toBe(bytes.length);
    expect(textOf(document)).toBe(text);
    expectExactOrigin(document);
  });

  it('is opened inside gzip', async () => {
    const document = await open(packed(packed(text)));
    expect(document.layers).toEqual(['gzip', 'gzip']);
    expect(textOf(document)).toBe(text);
  });

  it('keeps all members of a concatenation', async () => {
    const document = await open(new Uint8Array([...packed('one\n'), ...packed('two\n')]));
    expect(textOf(document)).toBe('one\ntwo\n');
  });

  it.each([0.2, 0.5, 0.9])('keeps what was inflated of a stream cut at %d', async (share) => {
    const long = randomBytes(200_000).toString('hex');
    const bytes = packed(long);
    const document = await open(bytes.slice(0, Math.floor(bytes.length * share)));
    expect(document.shortfall).toBe('cut-off');
    expect(document.layers[0]).toBe('gzip');
    const kept = textOf(document);
    expect(kept.length).toBeGreaterThan(long.length * share * 0.9);
    expect(long.startsWith(kept)).toBe(true);
  });

  it('keeps what stands before damaged data', async () => {
    const long = randomBytes(100_000).toString('hex');
    const bytes = packed(long);
    const half = Math.floor(bytes.length / 2);
    bytes.fill(0xff, half, half + 64);
    const inflated = await inflateAll(bytes);
    expect(inflated.shortfall).toBe('cut-off');
    expect(inflated.bytes.length).toBeGreaterThan(long.length * 0.4);
  });

  it('stops at the limit', async () => {
    const inflated = await inflateAll(packed('x'.repeat(500_000)), 1000);
    expect(inflated.bytes.length).toBe(1000);
    expect(inflated.shortfall).toBe('too-large');
  });

  it('leaves bytes that only begin like gzip', async () => {
    const bytes = Uint8Array.from({ length: 64 }, (_, index) => (index < 3 ? ([0x1f, 0x8b, 8][index] ?? 0) : 0xee));
    const document = await open(bytes);
    expect(document.layers).toEqual([]);
    expect(document.bytes).toEqual(bytes);
  });
});
