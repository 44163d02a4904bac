/** Places of words: by runs and word by word they are the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordPlaces } from '../../../src/core/assemble/word-places.ts';

function expected(addresses: readonly bigint[]) {
  const places = [...new Set(addresses)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return { places, placeOf: addresses.map((address) => places.indexOf(address)) };
}

function actual(addresses: readonly bigint[]) {
  const { places, placeOf } = wordPlaces(BigUint64Array.from(addresses));
  return { places: [...places], placeOf: [...placeOf] };
}

const listing = (start: bigint, count: number, stride = 8n): bigint[] =>
  Array.from({ length: count }, (_unused, index) => start + BigInt(index) * stride);

describe('wordPlaces', () => {
  it.each([
    ['nothing', []],
    ['one listing', listing(0xc000010000n, 9)],
    ['a listing printed again', [...listing(0xc000010000n, 9), ...listing(0xc000010000n, 9)]],
    ['a listing inside of another', [...listing(0xc000010000n, 20), ...listing(0xc000010020n, 4), ...listing(0xc000010100n, 4)]],
    ['listings that touch and overlap', [...listing(0x1040n, 8), ...listing(0x1000n, 8), ...listing(0x1060n, 8)]],
    ['across four gigabytes', listing(0xffffffe0n, 9)],
    ['words of the kernel', listing(0xffff800000001000n, 9)],
    ['halves of words', listing(0x8049f00n, 9, 4n)],
    ['the end of the address space', listing(0xffffffffffffffe0n, 4)],
  ])('of %s', (_what, addresses: bigint[]) => {
    expect(actual(addresses)).toEqual(expected(addresses));
  });

  it('of any listings, in any order', () => {
    const start = fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0x1fffffc0, max: 0x20000040 }));
    const part = fc.tuple(start, fc.integer({ min: 1, max: 40 }), fc.constantFrom(0n, 0n, 0n, 4n));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const addresses = parts.flatMap(([first, count, odd]) => listing(BigInt(first) * 8n + odd, count));
        expect(actual(addresses)).toEqual(expected(addresses));
      }),
    );
  });
});
