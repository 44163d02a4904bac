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
