import { describe, expect, it } from 'vitest';
import { sniffBinary } from '../../../src/core/input/index.ts';
import { fixture, fixtures, open } from './support.ts';

const encoder = new TextEncoder();

function elf(type: number, bigEndian = false): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, bigEndian ? 2 : 1, 1]);
  bytes[bigEndian ? 17 : 16] = type;
  return bytes;
}

describe('sniffBinary', () => {
  it.each([
    ['core', elf(4)],
    ['core', elf(4, true)],
    ['executable', elf(2)],
    ['executable', elf(3)],
    ['executable', Uint8Array.of(0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0)],
    ['heap-dump', encoder.encode('go1.7 heap dump\n\u0001\u0002')],
    ['raw', Uint8Array.of(1, 0, 2, 0, 3, 0)],
  ])('%s', (kind, bytes) => {
    expect(sniffBinary(bytes)).toBe(kind);
  });

  it('takes text for text', () => {
    for (const name of fixtures) expect(sniffBinary(encoder.encode(fixture(name)))).toBeUndefined();
    expect(sniffBinary(new Uint8Array(0))).toBeUndefined();
    expect(sniffBinary(encoder.encode('MZ is no program\n'))).toBeUndefined();
    expect(sniffBinary(Uint8Array.of(0xff, 0xfe, 0x80, 0x0a))).toBeUndefined();
  });
});

it('a binary file is a document with an empty text', async () => {
  const document = await open(elf(4));
  expect(document.bytes.length).toBe(64);
  expect(document.text.bytes.length).toBe(0);
  expect(document.text.lineStarts).toEqual(Uint32Array.of(0));
  expect(document.lineStarts).toEqual(Uint32Array.of(0, 64));
});
