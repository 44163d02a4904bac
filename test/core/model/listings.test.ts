import { describe, expect, it } from 'vitest';
import { entriesOf, instructionOf, listedAt, textOf } from '../../../src/core/model/listing-addresses.ts';
import { plainListing } from '../../../src/core/model/listing-of-run.ts';
import { listingsWith } from '../../../src/core/model/listing-texts.ts';
import { facts } from '../text/support.ts';
import { read } from '../text/render.ts';

const text = `(gdb) disassemble
Dump of assembler code for function main.f:
   0x0000000000401000 <+0>:\tpush   %rbp
=> 0x0000000000401001 <+1>:\tmov    %rsp,%rbp
   0x0000000000401004 <+4>:\tmovabs $0x1f2e3d4c5b6a7988,%RBP
   0x000000000040100e <+14>:\tret
End of assembler dump.
(gdb) x/2i 0x401004
   0x401004 <main.f+4>:\tmovabs $0x1f2e3d4c5b6a7988,%rbp
   0x40100e <main.f+14>:\tret
(gdb) x/3i 0x402004
   0x402004 <main.g>:\tint3
   0x402000 <main.f+4096>:\tnop
   0x402004 <main.g>:\tnop
(gdb)
`;
const listings = facts(read(text), 'listing').map((fact) => fact.listing);
const plain = listings.map(plainListing);

describe.each([
  ['columns', listings],
  ['objects', plain],
  ['both', [listings[0], plain[1], listings[2]].flatMap((one) => one ?? [])],
])('listings as %s', (_form, all) => {
  const places = (address: bigint) => listedAt(all, address).map(({ listing, index }) => [all.indexOf(listing), index]);

  it('are found by address, in printed order, of one listing the first', () => {
    expect(places(0x401000n)).toEqual([[0, 0]]);
    expect(places(0x40100en)).toEqual([
      [0, 3],
      [1, 1],
    ]);
    expect(places(0x402004n)).toEqual([[2, 0]]);
    expect(places(0x402000n)).toEqual([[2, 1]]);
    for (const address of [0n, 0x400fffn, 0x401002n, 0x40100fn, 0x402005n]) expect(places(address)).toEqual([]);
  });

  it('are found by their texts, with words of them or without', () => {
    const returns = (one: string) => one === 'ret';
    const writes = (one: string) => /\$0x1f.*,%rbp$/i.test(one);
    const found = (test: (one: string) => boolean, words?: string[]) =>
      listingsWith(all, test, words).map((one) => all.indexOf(one));
    expect(found(returns)).toEqual([0, 1]);
    expect(found((one) => returns(one), ['RET'])).toEqual([0, 1]);
    expect(found(writes, ['bp'])).toEqual([0, 1]);
    expect(found((one) => one.includes('$0x1F'), ['$0x1f2e'])).toEqual([]);
    expect(found((one) => one === 'int3', ['int3', 'brk'])).toEqual([2]);
  });

  it('tell their entries, texts and instructions', () => {
    expect(all.map(entriesOf)).toEqual([[0], [], [0, 2]]);
    const [first] = all;
    expect(first).toBeDefined();
    if (first === undefined) return;
    expect([textOf(first, 3), textOf(first, 4), textOf(first, -1)]).toEqual(['ret', undefined, undefined]);
    expect(instructionOf(first, 1)).toMatchObject({ text: 'mov %rsp,%rbp', current: true, offset: 1 });
  });
});
