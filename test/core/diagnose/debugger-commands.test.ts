/** Steps speak the words of the debugger that the session was held with. */
import { describe, expect, it } from 'vitest';
import { inWordsOf } from '../../../src/core/diagnose/debugger-commands.ts';

const slot = { why: 'See what surrounds the slot (gdb)', command: 'x/8gx 0xc000012340' };
const writer = {
  why: 'Under a recording debugger, find the writer (rr)',
  command: 'watch -l *(long *)0xc000012340\nreverse-continue',
};
const core = { why: 'Read the registers (gdb, from a core)', command: "x/i $pc\ninfo registers\ndisassemble 'main.f'" };
const shell = { why: 'Look for races', command: 'go test -race ./...' };
const searched = { why: 'Search the code (gdb)', command: "find /w &'runtime.text', &'runtime.etext', 0x12345678" };

describe('next steps', () => {
  it('are gdb’s where no session or one of gdb or rr is in the case', () => {
    for (const name of [undefined, 'gdb', 'rr'] as const) expect(inWordsOf(name, [slot, writer])).toEqual([slot, writer]);
  });

  it('are told for Delve', () => {
    expect(inWordsOf('delve', [slot, writer, core])).toEqual([
      { why: 'See what surrounds the slot (Delve)', command: 'examinemem -fmt hex -count 8 -size 8 0xc000012340' },
      { why: 'Under a recording debugger, find the writer (Delve)', command: 'watch -w *(*uint64)(0xc000012340)\nrewind' },
      { why: 'Read the registers (Delve)', command: 'disassemble\nregs\ndisassemble -l main.f' },
    ]);
  });

  it('are told for LLDB', () => {
    expect(inWordsOf('lldb', [slot, core])).toEqual([
      { why: 'See what surrounds the slot (LLDB)', command: 'memory read --format x --size 8 --count 8 0xc000012340' },
      {
        why: 'Read the registers (LLDB)',
        command: "disassemble --start-address $pc --count 1\nregister read\ndisassemble --name 'main.f'",
      },
    ]);
  });

  it('stay as they are where a line has no counterpart, and for the shell', () => {
    expect(inWordsOf('delve', [searched, shell])).toEqual([searched, shell]);
    expect(inWordsOf('lldb', [writer])).toEqual([writer]);
  });
});
