/** Hunts as people post them, pasted whole: what they found stands in the model as facts, each at its place and in its order. */
import { describe, expect, it } from 'vitest';
import { wordAt } from '../../src/core/model/memory-lookup.ts';
import { toAddress } from '../../src/core/model/address.ts';
import { fixture, run } from './run.ts';

const post = (name: string) => run(fixture(`acceptance/posts/${name}.txt`), `${name}.txt`);

describe('assembly that stores the link register over a frame pointer', () => {
  it('is read from one line, the encoded instructions too', async () => {
    const { main } = await post('one-line-dump');
    const [listing] = main.snapshot.listings;
    expect(listing).toMatchObject({ function: '_fill_pattern_neon', origin: 'assembly', frameSize: 0 });
    expect(listing?.instructions.map(({ text }) => text.replace(/\s*\/\/.*/, ''))).toEqual([
      'MOVD dst+0(FP), R0',
      'MOVD n+8(FP), R1',
      'MOVD pattern+16(FP), R2',
      'WORD $0xa9bf7bfd',
      'WORD $0x8b010008',
      'WORD $0x910003fd',
      'BLS LBB0_5',
    ]);
  });
});

describe('a return probe whose stack moved', () => {
  it('has the offset of RET, the words of the stack and the slots of the chain', async () => {
    const { main } = await post('return-probe');
    const { snapshot } = main;
    const ret = snapshot.listings.flatMap((listing) => listing.instructions).find(({ text }) => text === 'ret');
    expect(ret).toMatchObject({ address: 0x47f0c8n, offset: 8 });
    expect(snapshot.listings[0]?.function).toBe('main.collect');
    expect(snapshot.memory.addresses.length).toBe(0x220 / 8);
    expect(wordAt(snapshot.memory, toAddress(0xc0000a6f38n))).toBe(0x7fffffffe000n);
    expect(wordAt(snapshot.memory, toAddress(0xc0000a6e10n))).toBe(0x40b105n);
    const links = snapshot.chains[0]?.links ?? [];
    expect(links.slice(-3).map(({ slot, value, verdict }) => [slot, value, verdict])).toEqual([
      [0xc0000a6f30n, 0xc0000a6f70n, 'ok'],
      [0xc0000a6f70n, 0xc0000a6fd0n, 'ok'],
      [0xc0000a6fd0n, 0n, 'end'],
    ]);
    expect(links[3]?.frame).toBe('main.collect');
  });
});

describe('a struct of C that was never cleared', () => {
  it('has its trail in order: recorded, found, met', async () => {
    const { main, report } = await post('uninitialised-c-memory');
    const [trail] = report.trails ?? [];
    expect(trail?.value).toBe('0xc0002d3000');
    expect(trail?.cards.map((card) => card.at)).toEqual(['0xc00004bd18', '0xc00004bd18', undefined]);
    expect(trail?.cards[0]?.writer).toContain('(*headExporter).finish');
    expect(trail?.cards[0]?.text).toContain('p.wbBuf');
    expect(trail?.cards[2]?.writer).toBe('runtime.wbBufFlush1');
    const { snapshot } = main;
    expect(snapshot.searches[0]).toMatchObject({
      value: 0xc0002d3000n,
      hits: [{ address: 0xc00004bd18n }, { address: 0xc0002d9000n }],
    });
    expect(wordAt(snapshot.memory, toAddress(0xc00004bd18n))).toBe(0xc0002d3000n);
    expect(snapshot.registers.flatMap((set) => set.values)).toMatchObject([{ name: 'rsp', value: 0x7f4180ef93f0n }]);
  });

  it('has the fields of the struct and who wrote the stale word', async () => {
    const { main, report } = await run(fixture('acceptance/sessions/cgo-wb.writer-reverse.gdb.txt'), 'writer.txt');
    const writers = report.trails?.[0]?.cards.flatMap((card) => card.writer ?? []) ?? [];
    expect(writers.some((writer) => writer.includes('leave_stale'))).toBe(true);
    const struct = main.snapshot.structs?.find((one) => one.address === 0x7fffffffe480n);
    expect(struct?.fields.map((field) => field.name)).toContain('name');
  });
});

describe('several crashes of one program', () => {
  it('keeps the pointer, the span and the fault of each', async () => {
    const { analysed } = await post('several-crashes');
    const complaints = analysed.snapshots.flatMap(({ snapshot }) => snapshot.complaints);
    expect(complaints).toMatchObject([{ kind: 'bad-heap-pointer', pointer: 0xc4201d7f40n }]);
    expect(analysed.snapshots.map(({ snapshot }) => snapshot.crash?.goroutineId)).toEqual(['1187', '63', '0', '21']);
  });
});
