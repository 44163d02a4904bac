/** The rr script as gdb ran it on a recording: each round asks what was asked there, and the writer of the slot is found going back. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { prompted, quoted, wrapped } from '../../../scripts/mutations.mjs';
import { analyse, askScript, toReport } from '../../../src/core/index.ts';

const session = readFileSync(fileURLToPath(new URL('../../fixtures/ask/rr/clobber.recorded.txt', import.meta.url)), 'utf8');
const parts = session.split(/^(?=\(gdb\) source )/m);

async function analysed(...texts: string[]) {
  const encoder = new TextEncoder();
  const result = await analyse(texts.map((text, index) => ({ name: `${index.toString()}.txt`, bytes: encoder.encode(text) })));
  const [main] = result.snapshots;
  if (main === undefined) throw new Error('no snapshot');
  const script = askScript(result, main, 'rr');
  const commands = [...script.matchAll(/^python ask\((".*")\)$/gm)].map((match) => String(JSON.parse(match[1] ?? '""')));
  return { main, report: toReport(result), commands };
}

const askedIn = (part: string): string[] => [...part.matchAll(/^\(rr\) (\S.*)$/gm)].map((match) => match[1] ?? '');

describe('a recording that is run backwards', () => {
  it('is asked exactly what the recorded run was asked, round by round', async () => {
    expect(parts.length).toBeGreaterThan(3);
    for (let index = 1; index < parts.length; index++) {
      const { commands } = await analysed(parts.slice(0, index).join(''));
      expect(commands).toEqual(askedIn(parts[index] ?? ''));
    }
  });

  it('keeps the words of the crash where an earlier moment shows others', async () => {
    const { main } = await analysed(session);
    const { chains, memory } = main.snapshot;
    const bogus = chains.flatMap(({ links }) => links).filter(({ verdict }) => verdict === 'bogus');
    expect(bogus.map(({ value }) => value)).toEqual([0x61c88647n]);
    expect(memory.values[memory.addresses.indexOf(bogus[0]?.slot ?? 0n)]).toBe(0x61c88647n);
  });

  it.each([
    ['as it is', [session]],
    ['in two pastes', [parts[0] ?? '', parts.slice(1).join('')]],
    ['wrapped', [wrapped(session)]],
    ['quoted', [quoted(session)]],
    ['under another prompt', [prompted(session, 'gef➤  ')]],
  ])('has nothing left to ask %s', async (_name, texts) => {
    const { main, commands } = await analysed(...texts);
    expect(commands).toEqual([]);
    expect(main.findings[0]).toMatchObject({ rule: 'FP-01', confidence: 'certain' });
    expect(main.findings[0]?.headline).toContain('digest.Mix64');
  });
});
