/**
 * Debugger sessions and the dumps beside them, as recorded and as another process would have printed them: moved, with other names and
 * constants, under another prompt, wrapped by a mail, or only half of them.
 */
import { describe, expect, it } from 'vitest';
import { run } from './run.ts';
import { moved, sessionCases, sourceOf, type SessionCase } from './session-cases.ts';

/** Every address moved, printed as wide as before; decimals of pointers and of their low halves follow. */
function relocated(text: string, one: SessionCase): string {
  const lowHalves = new Map<bigint, bigint>();
  const to = (printed: string, digits: string, prefix: string): string => {
    const value = BigInt(`0x${digits}`);
    const after = moved(value, one.moves);
    if (after !== value && value > 0xffffffffn) lowHalves.set(value & 0xffffffffn, after & 0xffffffffn);
    if (after === value) return printed;
    const hex = after.toString(16);
    return `${prefix}${digits.startsWith('0') ? hex.padStart(digits.length, '0') : hex}`;
  };
  const hex = text
    .replace(/0x([0-9a-f]+)/g, (printed, digits: string) => to(printed, digits, '0x'))
    // objdump prints addresses without 0x.
    .replace(/^( *)([0-9a-f]{6,16})(?=:\t| <)/gm, (printed, blanks: string, digits: string) => to(printed, digits, blanks))
    .replace(/(?<=\s)([0-9a-f]{6,8})(?= <)/g, (printed) => to(printed, printed, ''));
  return hex.replace(/(?<![\w.:])\d{7,}(?![\w.])/g, (printed) => {
    const value = BigInt(printed);
    const after = value > 0xffffffffn ? moved(value, one.moves) : (lowHalves.get(value) ?? value);
    return after.toString();
  });
}

const renamed = (text: string, one: SessionCase): string => one.names.reduce((all, [from, to]) => all.replaceAll(from, to), text);

/** The constant and the address 8 above it, in hexadecimal of any width and in decimal, and as bytes of an instruction. */
function withConstant(text: string, [from, to]: [bigint, bigint]): string {
  const bytes = (value: bigint): string =>
    value
      .toString(16)
      .padStart(8, '0')
      .replace(/(..)(..)(..)(..)/, '$4$3$2$1');
  return [0n, 8n].reduce(
    (all, by) =>
      all.replaceAll((from + by).toString(16), (to + by).toString(16)).replaceAll((from + by).toString(), (to + by).toString()),
    text.replaceAll(bytes(from), bytes(to)),
  );
}

/** Classes of crash and circumstances: no accusation. */
const markers = ['FP-02', 'FAULT-01', 'DUMP-01', 'DBG-01', 'DBG-02'];

/** As a mail breaks lines: at blanks, before 78 columns. */
function wrapped(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const parts: string[] = [];
      let rest = line;
      while (rest.length > 78) {
        const at = rest.lastIndexOf(' ', 78);
        if (at <= 20) break;
        parts.push(rest.slice(0, at + 1));
        rest = rest.slice(at + 1);
      }
      return [...parts, rest].join('\n');
    })
    .join('\n');
}

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
    const text = relocated(source, one);
    expect(text).not.toBe(source);
    await expectStory(text, one, one.bad === undefined ? undefined : moved(one.bad, one.moves));
  });

  it('tells it with other names', async () => {
    const culprit = one.culprit === undefined ? undefined : renamed(one.culprit, one);
    await expectStory(renamed(source, one), one, one.bad, culprit);
  });

  it('tells it with another constant', async () => {
    const text = one.constant === undefined ? source : withConstant(source, one.constant);
    await expectStory(text, one, one.bad === one.constant?.[0] ? one.constant?.[1] : one.bad);
  });

  it.each(['(rr) ', 'gef➤  ', 'pwndbg> '])('tells it under the prompt %s', async (prompt) => {
    await expectStory(source.replaceAll('(gdb) ', prompt), one);
  });

  it('tells it wrapped by a mail', async () => {
    await expectStory(wrapped(source), one);
  });

  it('tells it behind quote marks and with line ends of another system', async () => {
    const quoted = source
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\r\n');
    await expectStory(quoted, one);
  });

  it('accuses nothing else when half of it is missing', async () => {
    const lines = source.split('\n');
    const half = lines.length >> 1;
    for (const part of [lines.slice(0, half), lines.slice(half)]) {
      const { report } = await run(part.join('\n'), 'half.txt');
      const first = report.findings[0];
      if (first !== undefined && first.confidence !== 'possible')
        expect([...one.rules, ...(one.halves ?? []), ...markers]).toContain(first.rule);
    }
  });
});
