/** Sessions copied off a screen: lines filled with blanks, and broken at the last column wherever that was. */
import { describe, expect, it } from 'vitest';
import { expectExactOrigin, open, textOf } from './support.ts';

const session = [
  '(gdb) bt',
  '#0  0x000000000046186c in runtime.traceStack (skip=2, gp=0xc000002380, gen=1) at /usr/local/go/src/runtime/tracestack.go:116',
  '#1  0x0000000000460a89 in runtime.traceLocker.stack (skip=2, tl=...) at /usr/local/go/src/runtime/traceevent.go:140',
  '#2  0x000000000044213d in runtime.park_m (gp=0xc000002380) at /usr/local/go/src/runtime/proc.go:4168',
  '#3  0x000000000046f50e in runtime.mcall () at /usr/local/go/src/runtime/asm_amd64.s:459',
  '(gdb) x/2gx $rbp',
  '0xc000072a58: 0x000000c000072a88 0x00000000004af385',
  '(gdb) ',
  '',
].join('\n');

const broken = (width: number): string => session.replace(new RegExp(`[^\\n]{${String(width)}}(?=[^\\n])`, 'g'), '$&\n');
const filled = (text: string, width: number): string =>
  text
    .split('\n')
    .map((line, index, lines) => (index === lines.length - 1 ? line : line.padEnd(width)))
    .join('\n');

describe('a screen', () => {
  it.each([80, 73, 66])('of %d columns that broke its lines is put together', async (width) => {
    const document = await open(broken(width));
    expect(document.layers).toEqual(['screen-wrap']);
    expect(textOf(document)).toBe(session);
    expectExactOrigin(document);
  });

  it('that was filled with blanks loses them', async () => {
    const document = await open(filled(session, 130));
    expect(document.layers).toEqual(['padding']);
    expect(textOf(document).replace(/ +$/gm, '')).toBe(session.replace(/ +$/gm, ''));
    expectExactOrigin(document);
  });

  it('that did both is read too', async () => {
    const document = await open(filled(broken(80), 80));
    expect(document.layers).toEqual(['padding', 'screen-wrap']);
    expect(textOf(document).replace(/ +$/gm, '')).toBe(session.replace(/ +$/gm, ''));
  });

  it('whose lines have one length by chance is left alone', async () => {
    const even = Array.from({ length: 9 }, (_, index) => `0xc000072a${String(index)}8:\t0x000000c000072a88\t0x00000000004af385`);
    expect((await open(`(gdb) x/18gx $rsp\n${even.join('\n')}\n`)).layers).toEqual([]);
    expect((await open(session)).layers).toEqual([]);
    const delve = Array.from(
      { length: 9 },
      (_, index) => `0xc000072a${String(index)}8:   0x000000c000072a88   0x00000000004af385   `,
    );
    expect((await open(`(dlv) examinemem -size 8 -count 18 $rsp\n${delve.join('\n')}\n`)).layers).toEqual([]);
  });
});
