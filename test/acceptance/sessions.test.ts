/**
 * Debugger sessions and the dumps beside them, as recorded and as another process would have printed them: moved, with other names and
 * constants, under another prompt, wrapped by a mail, or only half of them.
 */
import { describe, expect, it } from 'vitest';
import {
  halves,
  inMarkdown,
  movedBy,
  prompted,
  quoted,
  relocated,
  renamed,
  withConstant,
  wrapped,
} from '../../scripts/mutations.mjs';
import { run } from './run.ts';
import { sessionCases, sourceOf, type SessionCase } from './session-cases.ts';

/** Classes of crash and circumstances: no accusation. */
const markers = ['FP-02', 'FAULT-01', 'DUMP-01', 'DBG-01', 'DBG-02'];

async function expectStory(text: string, one: SessionCase, bad = one.bad, culprit = one.culprit): Promise<void> {
  const { report } = await run(text, 'session.txt');
  const [first] = report.findings;
  if (one.rules.length === 0) {
    expect(report.findings.filter((finding) => finding.confidence !== 'possible')).toEqual([]);
    expect(report.bogusPointers).toEqual([]);
    expect(report.chains.flatMap((chain) => chain.links).filter((link) => link.verdict === 'bogus')).toEqual([]);
  } else expect(one.rules).toContain(first?.rule);
  if (bad !== undefined) expect(report.bogusPointers.map((pointer) => BigInt(pointer.value))).toContain(bad);
  if (culprit !== undefined) expect(JSON.stringify(first)).toContain(culprit);
}

describe.each(sessionCases)('$name', (one) => {
  const source = sourceOf(one);

  it('tells its story', async () => {
    await expectStory(source, one);
  });

  it('tells it at other addresses', async () => {
    const text = relocated(source, one.moves);
    expect(text).not.toBe(source);
    await expectStory(text, one, one.bad === undefined ? undefined : movedBy(one.bad, one.moves));
  });

  it('tells it with other names', async () => {
    const culprit = one.culprit === undefined ? undefined : renamed(one.culprit, one.names);
    await expectStory(renamed(source, one.names), one, one.bad, culprit);
  });

  it('tells it with another constant', async () => {
    const text = one.constant === undefined ? source : withConstant(source, one.constant);
    await expectStory(text, one, one.bad === one.constant?.[0] ? one.constant?.[1] : one.bad);
  });

  it.each(['(rr) ', 'gef➤  ', 'pwndbg> '])('tells it under the prompt %s', async (prompt) => {
    await expectStory(prompted(source, prompt), one);
  });

  it('tells it wrapped by a mail', async () => {
    await expectStory(wrapped(source), one);
  });

  it('tells it behind quote marks and with line ends of another system', async () => {
    await expectStory(quoted(source), one);
  });

  it('tells it in the code block of an issue', async () => {
    await expectStory(inMarkdown(source), one);
  });

  it('accuses nothing else when half of it is missing', async () => {
    for (const part of halves(source)) {
      const { report } = await run(part, 'half.txt');
      const first = report.findings[0];
      if (first !== undefined && first.confidence !== 'possible')
        expect([...one.rules, ...(one.halves ?? []), ...markers]).toContain(first.rule);
    }
  });
});
