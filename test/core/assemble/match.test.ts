/** Stacks of a debugger and goroutine blocks that are one: each goroutine is found, however many wait at one place. */
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/core/index.ts';

const encoder = new TextEncoder();
const hex = (value: number): string => `0x${value.toString(16)}`;

function block(id: number, state: string, pcs: readonly number[]): string {
  const frames = pcs.map(
    (pc, index) =>
      `main.f${String(index)}(...)\n\t/src/a.go:${String(index + 1)} +0x10 fp=${hex(0xc000100000 + id * 4096 + index * 64 + 64)} sp=${hex(0xc000100000 + id * 4096 + index * 64)} pc=${hex(pc)}`,
  );
  return `goroutine ${String(id)} gp=${hex(0xc000002000 + id * 512)} m=nil [${state}]:\n${frames.join('\n')}\n`;
}

const parked = [0x401000, 0x402000, 0x403000];
const other = [0x401000, 0x402000, 0x404000];

function session(pcs: readonly number[]): string {
  return pcs
    .map((pc, level) => `#${String(level)}  0x${pc.toString(16).padStart(16, '0')} in main.f${String(level)} () at /src/a.go:1`)
    .join('\n');
}

async function goroutinesOf(...stacks: (readonly number[])[]): Promise<(string | undefined)[]> {
  const blocks = [block(1, 'running', [0x500000, 0x500100])];
  for (let id = 2; id < 40; id++) blocks.push(block(id, 'select', id === 30 ? other : parked));
  const threads = stacks.map((pcs, index) => `\nThread ${String(index + 1)} (LWP ${String(700 + index)}):\n${session(pcs)}`);
  const text = `panic: boom\n\n${blocks.join('\n')}\n(gdb) thread apply all bt\n${threads.join('\n')}\n`;
  const { snapshots } = await analyse([{ name: 'a.txt', bytes: encoder.encode(text) }]);
  const [main] = snapshots;
  return (main?.snapshot.threads ?? []).filter(({ kind }) => kind === 'debugger').map(({ goroutine }) => goroutine);
}

describe('a stack that is listed again', () => {
  it('is the first goroutine with most of its addresses', async () => {
    expect(await goroutinesOf(parked, other, parked, [0x600000, 0x600100], [0x500000, 0x500100])).toEqual([
      '2',
      '30',
      '2',
      undefined,
      '1',
    ]);
  });
});
