/**
 * The Delve script as it was run: on cores of three crashers, and in a live process that stopped at the throw. Each round's script asks
 * what the recorded run was asked, and its answers leave nothing to ask.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analyse, askScript } from '../../../src/core/index.ts';
import type { AnalysedSnapshot } from '../../../src/core/model/case.ts';
import { quoted, wrapped } from '../../../scripts/mutations.mjs';

const fixture = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/ask/delve/${name}.txt`, import.meta.url)), 'utf8');

async function analysed(...texts: string[]) {
  const encoder = new TextEncoder();
  const result = await analyse(texts.map((text, index) => ({ name: `${index.toString()}.txt`, bytes: encoder.encode(text) })));
  const main: AnalysedSnapshot | undefined = result.snapshots[0];
  if (main === undefined) throw new Error('no snapshot');
  return { main, commands: commandsIn(askScript(result, main, 'delve')) };
}

/** Commands that run: comments and the echo before each command left out. */
const commandsIn = (script: string): string[] =>
  script.split('\n').filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('print %s "(dlv) '));

const rounds = (answers: string): string[] => answers.split(/^(?=Type 'help')/m).filter((round) => round !== '');
const askedIn = (round: string): string[] => [...round.matchAll(/^\(dlv\) (\S.*)$/gm)].map((match) => match[1] ?? '');

describe.each([
  ['clobber', 'FP-01', 3],
  ['freed', 'GC-02', 2],
  ['unwritten', 'CGO-01', 1],
] as const)('the core of %s', (name, rule, count) => {
  const crash = fixture(`${name}.crash`);
  const answers = rounds(fixture(`${name}.answers`));

  it('is asked exactly what the recorded run was asked, round by round', async () => {
    expect(answers).toHaveLength(count);
    for (const [index, round] of answers.entries()) {
      const { commands } = await analysed([crash, ...answers.slice(0, index)].join('\n'));
      expect(commands).toEqual(askedIn(round));
    }
  });

  it('has nothing to ask after the last round, in one paste, in two, wrapped or quoted', async () => {
    const whole = [crash, ...answers].join('\n');
    for (const texts of [[whole], [crash, answers.join('\n')], [crash, ...answers], [wrapped(whole)], [quoted(whole)]]) {
      const { main, commands } = await analysed(...texts);
      expect(commands).toEqual([]);
      expect(main.findings[0]?.rule).toBe(rule);
    }
  });

  it('echoes each command before it runs, since Delve prints none of a script', async () => {
    const result = await analyse([{ name: 'crash.txt', bytes: new TextEncoder().encode(crash) }]);
    const [main] = result.snapshots;
    if (main === undefined) throw new Error('no snapshot');
    const lines = askScript(result, main, 'delve').split('\n');
    for (const [index, line] of lines.entries())
      if (line !== '' && !line.startsWith('#') && !line.startsWith('print %s "(dlv) '))
        expect(lines[index - 1]).toBe(`print %s ${JSON.stringify(`(dlv) ${line}`)}`);
  });
});

describe('a live process under Delve', () => {
  const session = fixture('clobber.live');
  const parts = session.split(/^(?=\(dlv\) source )/m);

  it('is asked for places and words, then for code, and proves the function', async () => {
    expect(parts).toHaveLength(4);
    for (let index = 1; index < parts.length; index++) {
      const { commands } = await analysed(parts.slice(0, index).join(''));
      expect(commands).toEqual(askedIn(parts[index] ?? '').slice(1));
    }
    const { main, commands } = await analysed(session);
    expect(commands).toEqual([]);
    expect(main.findings[0]).toMatchObject({ rule: 'FP-01', confidence: 'certain' });
    expect(main.findings[0]?.headline).toContain('digest.Mix64');
  });
});

describe('spans that a debugger printed', () => {
  it('are known with the size of their objects', async () => {
    const { main } = await analysed(fixture('unwritten.crash'), fixture('unwritten.answers'));
    expect(main.snapshot.spans).toMatchObject([{ base: 0x36021668000n, elementSize: 0xc0, spanClass: 0x1c, state: 'in-use' }]);
  });
});
