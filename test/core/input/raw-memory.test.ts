import { describe, expect, it } from 'vitest';
import { analyse, type InputPart } from '../../../src/core/index.ts';
import { placeInName } from '../../../src/core/input/raw-memory.ts';

const text = (name: string, content: string): InputPart => ({ name, bytes: new TextEncoder().encode(content) });

/** Little-endian words. */
function memory(name: string, ...values: bigint[]): InputPart {
  return { name, bytes: new Uint8Array(BigUint64Array.from(values).buffer) };
}

async function wordsOf(...parts: InputPart[]) {
  const analysed = await analyse(parts);
  const words = analysed.snapshots[0]?.snapshot.memory;
  return {
    words: [...(words?.addresses ?? [])].map((address, index) => [address, words?.values[index]]),
    unplaced: analysed.memoryWithoutBase,
    recognised: analysed.recognised,
    sources: [...(words?.sourceStart ?? [])],
  };
}

const stack = [0xc000068f68n, 0x4b7a45n, 0x30bc5b29n, 0n];
const placed = stack.map((value, index) => [0xc000040000n + BigInt(8 * index), value]);

describe('a raw excerpt of memory', () => {
  it.each(['0xc000040000.bin', 'dir/mem-0xc000040000-0xc000040020.bin', 'c000040000-c000040020', 'stack_0xC000040000'])(
    'lies where its name says: %s',
    async (name) => {
      const read = await wordsOf(memory(name, ...stack));
      expect(read.words).toEqual(placed);
      expect(read.sources).toEqual([0, 8, 16, 24]);
      expect(read.unplaced).toBeUndefined();
      expect(read.recognised).toBe(true);
    },
  );

  it.each([
    'dump memory /tmp/mem.bin 0xc000040000 0xc000040020',
    'dump binary memory mem.bin 0xc000040000 0xc000040000+32',
    'dump mem mem.bin 824633982976, 0xc000040020',
    'dump memory mem.bin $rsp-16 $rsp+16',
  ])('lies where the command says that wrote it: %s', async (command) => {
    const session = text('session.txt', `(gdb) p/x $rsp\n$1 = 0xc000040010\n(gdb) ${command}\n(gdb) x/i $pc\n`);
    expect((await wordsOf(memory('mem.bin', ...stack), session)).words).toEqual(placed);
    expect((await wordsOf(memory('other.bin', ...stack), session)).unplaced).toEqual([0]);
  });

  it('lies where LLDB read it', async () => {
    const session = text(
      'session.txt',
      '(lldb) memory read --binary --force --outfile mem.bin --count 32 0xc000040000\n32 bytes written to mem.bin\n',
    );
    expect((await wordsOf(session, memory('mem.bin', ...stack))).words).toEqual(placed);
  });

  it('lies where a person says, whatever its name', async () => {
    const read = await wordsOf({ ...memory('0x1000000.bin', ...stack), base: 0xc000040000n });
    expect(read.words).toEqual(placed);
  });

  it('is asked about when nobody says it', async () => {
    const read = await wordsOf(memory('mem.bin', ...stack));
    expect(read).toMatchObject({ words: [], unplaced: [0], recognised: false });
  });

  it('gives the aligned words of an odd address, and no more than its range', async () => {
    const odd = await wordsOf({ ...memory('x.bin', ...stack), base: 0xc000040004n });
    expect(odd.words).toHaveLength(3);
    expect(odd.words[0]).toEqual([0xc000040008n, (0x4b7a45n << 32n) | 0xc0n]);
    expect((await wordsOf(memory('0xc000040000-0xc000040010.bin', ...stack))).words).toHaveLength(2);
  });

  it('leaves archives, text and cores alone', async () => {
    const zip = new Uint8Array(64);
    zip.set([0x50, 0x4b, 3, 4]);
    expect((await wordsOf({ name: 'logs.zip', bytes: zip })).unplaced).toBeUndefined();
    expect((await wordsOf(text('0xc000040000.bin', 'no memory at all\n'))).words).toEqual([]);
  });

  it('takes no number of a name for an address that is none', () => {
    for (const name of ['core.0x12', 'a0xc000040000b', 'build-1234567-7654321.bin', '0x0000.bin', 'crash.bin'])
      expect(placeInName(name, 32), name).toBeUndefined();
  });
});
