import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/core/diagnose/index.ts';
import type { AnalysedSnapshot } from '../../../src/core/model/case.ts';
import { makeSnapshot } from '../../support/snapshot.ts';
import type { SnapshotSpec } from '../../support/snapshot-spec.ts';

function quiet(spec: SnapshotSpec): AnalysedSnapshot {
  const { snapshot, documents } = makeSnapshot(spec);
  const [analysed] = diagnose([snapshot], documents);
  if (analysed === undefined) throw new Error('nothing was analysed');
  expect(analysed.findings).toEqual([]);
  return analysed;
}

const frame = { function: 'app.run', file: '/src/app/main.go', line: 3, pc: 0x46a2c0n, sp: 0xc000061ec0n, fp: 0xc000061f00n };

/** A stack that a debugger printed: no goroutine block, no crash. */
const session: SnapshotSpec = {
  process: { arch: 'amd64' },
  threads: [{ name: 'Thread 1', kind: 'debugger', frames: [frame] }],
  symbols: [{ name: 'app.main', start: 0x46a300, end: 0x46a400 }],
  words: [
    [0xc000061ef0n, 0xc000061fd0n],
    [0xc000061ef8n, 0x46a320n],
  ],
  registers: { rax: 1, rbx: 0xc000012340n, rcx: 0, rdx: 7 },
  stacks: [{ lo: 0xc000060000n, hi: 0xc000062000n, owner: 'Thread 1' }],
  chains: [
    {
      owner: 'Thread 1',
      links: [
        { slot: 0xc000061ef0n, value: 0xc000061fd0n, verdict: 'ok' },
        { slot: 0xc000061fd0n, verdict: 'unknown' },
      ],
    },
  ],
};

describe('a case in which nothing is wrong', () => {
  it('lists what was checked', () => {
    const { checked } = quiet(session);
    expect(checked).toContain('Ordinary reasons: no panic, fatal error, signal or race report is in the text.');
    expect(checked).toContain(
      'Frame-pointer chain: 1 saved frame pointer leads to the next frame; 1 further one could not be compared.',
    );
    expect(checked).toContain('Return addresses: 1 return slot that the case shows leads into code.');
    expect(checked).toContain('Registers: none of the 4 that can hold a pointer has an impossible address.');
  });

  it('says what could not be checked', () => {
    const bare = quiet({ threads: [{ name: 'Thread 1', kind: 'debugger', frames: [{ function: 'app.run' }] }] });
    expect(bare.unchecked).toHaveLength(4);
    expect(bare.unchecked?.some((one) => one.includes('`GOTRACEBACK=system`'))).toBe(true);
    const { checked, unchecked = [] } = quiet(session);
    expect(unchecked).toEqual(['Whether addresses are mapped; the case lists no mappings (gdb: `info proc mappings`).']);
    expect(checked.filter((one) => unchecked.includes(one))).toEqual([]);
  });

  it('does not vouch for a chain with a bogus link, nor for a return slot that leads nowhere', () => {
    const links = [
      { slot: 0xc000061ef0n, value: 0xc000061fd0n, verdict: 'ok' as const },
      { slot: 0xc000061fd0n, value: 7n, verdict: 'bogus' as const },
    ];
    const words: [bigint, bigint][] = [[0xc000061ef8n, 0x1234567n]];
    const { snapshot, documents } = makeSnapshot({ ...session, words, chains: [{ owner: 'Thread 1', links }] });
    const checked = diagnose([snapshot], documents)[0]?.checked ?? [];
    expect(checked.some((one) => one.startsWith('Frame-pointer chain:') || one.startsWith('Return addresses:'))).toBe(false);
  });

  it('adds no overview where something was found', () => {
    const { snapshot, documents } = makeSnapshot({
      events: [{ kind: 'panic', category: 'divide', text: 'runtime error: integer divide by zero' }],
      frames: [frame],
      crash: { kind: 'panic' },
    });
    const [analysed] = diagnose([snapshot], documents);
    expect(analysed?.findings.length).toBeGreaterThan(0);
    expect(analysed).not.toHaveProperty('unchecked');
  });
});
