/** Sessions of further programs, as recorded: what speaks first, whom it names, and that nothing else is accused. */
import { describe, expect, it } from 'vitest';
import { fixture, run } from './run.ts';

interface Recorded {
  file: string;
  rules: string[];
  culprit?: string;
  bad?: bigint;
}

const sessions: Recorded[] = [
  // The fault came at the `ret` itself: neither a dump nor a register tells of it, the listed caller does.
  { file: 'spill.gdb', rules: ['RA-04', 'OVW-01'], culprit: 'main.logbook', bad: 0x6c6c6577733b574en },
  // Stopped before anything failed; behind the overwritten return address gdb lists frames that it guessed.
  { file: 'ret-odd.gdb', rules: ['RA-04'], culprit: 'main.dredge', bad: 0xdead10cc4f5an },
  { file: 'ret-page-slot.gdb', rules: ['RA-01'], culprit: 'main.dredge', bad: 0x7ffff7e25000n },
  // A breakpoint at runtime.throw: `fatal error: stack overflow` was never printed.
  { file: 'sink.gdb', rules: ['STK-01'] },
  // arm64 goes to the address that it takes for a return address; the top byte is a tag.
  { file: 'spill-arm64.gdb', rules: ['JMP-02'], bad: 0x6c6577733b574en },
  { file: 'spill-s390x.gdb', rules: ['JMP-02'], bad: 0x6e6f7274683b6372n },
  // `ld t0,0(t0)`: the operand as GNU writes it for riscv64.
  { file: 'nil-riscv64.gdb', rules: ['NIL-01'], culprit: 'main.unload', bad: 0n },
  // arm64, no listing: the register before and after, and the address that could not be read.
  { file: 'fp-fin-arm64.gdb', rules: ['FP-01'], culprit: 'main.swirlDepth', bad: 0x7feb352dn },
  // C wrote past a field of a Go object: gdb prints no si_code, the instruction tells of the address that cannot exist.
  { file: 'slip.gdb', rules: ['NC-01', 'MC-03'], culprit: 'main.slip', bad: 0x5151515151515151n },
  // LLDB says address 0 where the kernel gave none: no register holds 0, and one holds text.
  { file: 'spill.lldb', rules: ['NC-01'], culprit: 'main.logbook', bad: 0x3d646e69773b6867n },
  // As a terminal of 80 or 60 columns received it: colours, pages, wrapped rows, and a return in front of each answer.
  { file: 'terminal', rules: ['RA-04'], culprit: 'main.logbook', bad: 0x6c6c6577733b574en },
  { file: 'terminal-narrow', rules: ['FP-01'], culprit: 'swirlDepth', bad: 0x7feb352dn },
  // Machine interface, as front ends speak with gdb.
  { file: 'mi-ret', rules: ['RA-04'], culprit: 'main.dredge', bad: 0xdead10cc4f5an },
  { file: 'mi-fp-fin', rules: ['FP-01'], culprit: 'swirlDepth', bad: 0x7feb352dn },
];

describe.each(sessions)('$file', ({ file, rules, culprit, bad }) => {
  it('tells its story, and no other', async () => {
    const { report } = await run(fixture(`acceptance/recorded/${file}.txt`));
    const [first] = report.findings;
    expect(rules).toContain(first?.rule);
    if (culprit !== undefined) expect(JSON.stringify(first)).toContain(culprit);
    expect(report.bogusPointers.map((pointer) => BigInt(pointer.value))).toEqual(bad === undefined ? [] : [bad]);
    expect(report.chains.flatMap((chain) => chain.links).filter((link) => link.verdict === 'bogus')).toEqual([]);
  });
});

it('is no dump of an older runtime because a front end writes addresses in full', async () => {
  const { report } = await run(fixture('acceptance/recorded/mi-ret.txt'));
  expect(report.process.goVersionRange).toBeUndefined();
});

describe('assembly that uses the frame-pointer register and gives it back', () => {
  it.each(['je-ok-fin-1268.gdb', 'je-ok-mid2-1268.gdb', 'jea-ok-mid-1268.gdb', 'ok-md5.gdb'])(
    'is not accused in %s',
    async (file) => {
      const { report } = await run(fixture(`acceptance/recorded/${file}.txt`));
      expect(report.findings.filter((finding) => finding.confidence !== 'possible')).toEqual([]);
      expect(report.bogusPointers).toEqual([]);
    },
  );

  it('is no suspect where it is the library’s', async () => {
    expect((await run(fixture('acceptance/recorded/ok-md5.gdb.txt'))).report.findings).toEqual([]);
  });
});

describe('a place without a function in a debugger’s stack', () => {
  const bt = (inner: string, debuggerLine = '(gdb) bt') => `${debuggerLine}
#0  main.pull (r=0xc0000a0a80) at /home/kim/pier/main.go:71
#1  0x00000000004af528 in ${inner}
#2  0x0007ffff7e250001 in ?? ()
#3  0x000000000000003c in ?? ()
`;
  const firstRule = async (text: string) => (await run(text)).report.findings[0]?.rule;

  it('is accused behind compiled Go', async () => {
    expect(await firstRule(bt('main.dredge (v=3) at /home/kim/pier/main.go:66'))).toBe('RA-04');
  });

  it.each([
    'runtime.asmcgocall () at /usr/local/go/src/runtime/asm_amd64.s:923',
    'runtime.systemstack () at /usr/local/go/src/runtime/asm_amd64.s:514',
    'main.swirl () at /home/kim/pier/swirl_amd64.s:12',
    'worker_loop () at pool.c:40',
    'main.dredge ()',
  ])('is left alone behind %s', async (inner) => {
    expect(await firstRule(bt(inner))).toBeUndefined();
  });

  it('is left alone where it may be code', async () => {
    const text = bt('main.dredge (v=3) at /home/kim/pier/main.go:66').replace(
      '0x0007ffff7e250001 in ?? ()',
      '0x00007ffff7e2f001 in ?? () from /usr/lib/libz.so.1',
    );
    expect(await firstRule(text)).toBeUndefined();
  });
});
