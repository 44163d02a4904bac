/** Output of another run: named as such in the text and in Markdown, never as a further crash. */
import { describe, expect, it } from 'vitest';
import { analyse, toMarkdown, toText } from '../../../src/core/index.ts';

const crash = (reason: string, name: string, pc: string): string =>
  `panic: ${reason}\n\ngoroutine 7 gp=0xc000006a80 m=0 mp=0x50e6a0 [running]:\n${name}(0x1)\n\t/src/app/main.go:15 +0x55 fp=0xc000040f08 sp=0xc000040ed8 pc=${pc}\n`;

/** `main.fill` begins elsewhere: another build. */
const otherBuild = '(gdb) x/i 0x571915\n   0x571915 <main.fill+85>:\tret\n(gdb) x/2xg 0xc000040ed8\n0xc000040ed8:\t0x01\t0x02\n';

async function reports(...texts: string[]): Promise<{ text: string; markdown: string }> {
  const encoder = new TextEncoder();
  const parts = texts.map((text, index) => ({ name: `part_${index}.txt`, bytes: encoder.encode(text) }));
  const analysed = await analyse(parts);
  return { text: toText(analysed, { width: 400 }), markdown: toMarkdown(analysed) };
}

describe('output of another build', () => {
  it('is said to be kept apart, with what was expected and found, where, and what to do', async () => {
    const { text, markdown } = await reports(crash('gone', 'main.fill', '0x471915'), otherBuild);
    expect(text).toContain('Not merged with it');
    expect(text).not.toContain('Further crashes');
    const section = markdown.slice(markdown.indexOf('### Not merged with it'));
    expect(section).toContain('expected `main.fill` at `0x4718c0`');
    expect(section).toContain('found `main.fill` at `0x5718c0`');
    expect(section).toContain('\n  - Found: part\\_1.txt, line 2\n');
  });
});

describe('several crashes', () => {
  it('are called crashes', async () => {
    const { text, markdown } = await reports(
      crash('gone', 'main.fill', '0x471915') + crash('other', 'main.drain', '0x471a15').replaceAll('goroutine 7', 'goroutine 8'),
    );
    expect(text).toContain('Further crashes in this input');
    expect(markdown).toContain('### Further crashes in this input');
  });
});
