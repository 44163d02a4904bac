import { describe, expect, it } from 'vitest';
import { isListing } from '../../../src/core/input/listing.ts';
import { stageText } from '../../../src/core/input/sample.ts';
import { open } from './support.ts';

const repeat = (lines: readonly string[], count = 20) => Array.from({ length: count }, () => lines).flat();
const kinds = {
  gdb: [
    '(gdb) x/2gx 0xc000010000',
    '0xc000010000:\t0x0000000000000001\t0x0000000000000002',
    'rip            0x47e014            0x47e014 <main.f+20>',
  ],
  disassembly: ['   0x47e035 <main.(*shard).lookup+53>:\tmov    0x18(%rsp),%rbx', '=> 0x47e03a <main.(*shard).lookup+58>:\tret'],
  objdump: ['0000000000468080 <main.read>:', '  468097:\t66 0f 1f 84 00 \tnop'],
  'go tool objdump': ['  read.go:247\t\t0x468092\t\t4889442450\t\tMOVQ AX, 0x50(SP)'],
  delve: [
    '    Rsp = 0x000000c000068d28',
    '(dlv) goroutines',
    '\tmain.go:26\t0x4b74a7\t4889e5\tmov rbp, rsp',
    '    25:\t//go:noinline',
  ],
};

describe('samples of debuggers', () => {
  it.each(Object.entries(kinds))('%s is one', (_name, lines) => {
    expect(isListing([{ lines: repeat(lines) }])).toBe(true);
  });

  it.each(Object.entries(kinds))('%s with something before every line is none', (_name, lines) => {
    for (const front of ['app-1  | ', '> ', '2026-03-04T05:06:07Z ', '// '])
      expect(isListing([{ lines: repeat(lines).map((line) => front + line) }])).toBe(false);
  });

  it('every window must be one', () => {
    const lines = repeat(kinds.gdb);
    expect(isListing([{ lines }, { lines: repeat(['level=info msg="up"', 'listening on :8080']) }])).toBe(false);
  });

  it('a long session is opened as it is', async () => {
    const document = await open(`${repeat(kinds.gdb, 4000).join('\n')}\n`);
    expect(document.layers).toEqual([]);
  });
});

describe('a dump behind a long log', () => {
  const block = 1 << 18;
  it.each([-40, -11, -9, -8, -1, 0, 1])('is found %i bytes from where one read ends', (shift) => {
    const line = 'nothing here at all, goroutin or so\n';
    const before = line.repeat(Math.ceil((2 * block) / line.length)).slice(0, 2 * block + shift - 1);
    const text = `${before}\ngoroutine 1 [running]:\nmain.main()\n\t/x.go:1 +0x1\n${line.repeat(30_000)}`;
    const { windows } = stageText(new TextEncoder().encode(text));
    expect(windows.filter(({ lines }) => lines.includes('goroutine 1 [running]:')).length).toBe(1);
  });
});
