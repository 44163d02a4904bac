/** Lines of the input under the evidence of one finding. */
import { describe, expect, it } from 'vitest';
import { analyse, toText } from '../../../src/core/index.ts';

async function reportOf(text: string): Promise<string> {
  return toText(await analyse([{ name: 'crash.txt', bytes: new TextEncoder().encode(text) }]));
}

const header = 'panic: runtime error: invalid memory address or nil pointer dereference\n';
const signal = '[signal SIGSEGV: segmentation violation code=0x1 addr=0x18 pc=0x47b2a1]\n\n';
const stack = 'goroutine 1 [running]:\nmain.(*Slot).Take(...)\n\t/srv/main.go:17\nmain.main()\n\t/srv/main.go:31 +0x1d\n';

describe('a line of the input', () => {
  it('is quoted under the first evidence that rests on it, and named under the next', async () => {
    const report = await reportOf(header + signal + stack);
    const quotes = report.split('\n').filter((line) => line.includes('1 | panic: runtime error'));
    expect(quotes).toHaveLength(1);
    expect(report).toContain('      line 1, as above');
  });
});

describe('a case in which nothing is wrong', () => {
  it('keeps what was not checked apart from what was', async () => {
    const report = await reportOf('(gdb) x/2gx 0xc000061ef0\n0xc000061ef0:\t0x000000c000061fd0\t0x000000000046a320\n');
    expect(report).not.toContain('Not checked:');
    const [, after = ''] = report.split('\nNot checked\n');
    expect(after).toContain('Whether addresses are mapped');
    expect(report.split('\nNot checked\n')[0]).not.toContain('Whether addresses are mapped');
  });
});
