/** Reports of what programs really printed, whole and broken. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse, toMarkdown, toReport, toText } from '../../../src/core/index.ts';
import type { Report } from '../../../src/core/report/contract.ts';
import { widthOf } from '../../../src/core/report/plain.ts';

const texts = ['debugger', 'input', 'text'].flatMap((room) =>
  readdirSync(`test/fixtures/${room}`)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(`test/fixtures/${room}/${name}`)) })),
);
const session = texts.filter(({ name }) => name === 'clobbered-frame-pointer.gdb.txt');

/** Commands stand alone on an indented line and are never wrapped. */
const isCommand = (line: string) => /^ {2,6}\S/.test(line);

/** What holds for every report, whatever was read. */
async function expectSound(parts: { name: string; bytes: Uint8Array }[]): Promise<Report> {
  const analysed = await analyse(parts);
  const report = toReport(analysed);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  const { lines, recognised, prose, unrecognised } = report.coverage;
  expect(lines).toBe(analysed.documents.reduce((sum, document) => sum + document.lineStarts.length - 1, 0));
  expect(recognised + prose + unrecognised.length).toBe(lines);
  for (const one of [report, ...(report.also ?? [])]) {
    const ids = one.findings.map(({ id }) => id);
    for (const { finding } of one.bogusPointers) expect(ids).toContain(finding);
    for (const { stack } of one.goroutines.groups) expect(one.stacks[stack]).toBeDefined();
    expect(one.goroutines.groups.reduce((sum, { count }) => sum + count, 0)).toBe(one.goroutines.count);
    expect(one.goroutines.items).toHaveLength(one.goroutines.count);
  }
  for (const line of toText(analysed).split('\n')) if (!isCommand(line)) expect(widthOf(line), line).toBeLessThanOrEqual(80);
  expect(toMarkdown(analysed).endsWith('\n')).toBe(true);
  return report;
}

describe('reports of real input', () => {
  it.each(texts)('are sound for $name', async (text) => {
    const report = await expectSound([text]);
    expect(report.documents[0]?.name).toBe(text.name);
  });

  it('are sound for all of it as one case', async () => {
    await expectSound(texts);
  });

  it('stay sound when lines are lost, swapped, cut or overwritten', async () => {
    const damage = fc.record({
      text: fc.constantFrom(...texts),
      kind: fc.constantFrom('cut', 'drop', 'swap', 'overwrite'),
      places: fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { minLength: 2, maxLength: 40 }),
      byte: fc.integer({ min: 0, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ text, kind, places, byte }) => {
        let bytes = text.bytes.slice();
        if (kind === 'cut') bytes = bytes.slice(0, Math.floor((places[0] ?? 0) * bytes.length));
        else if (kind === 'overwrite') for (const place of places) bytes[Math.floor(place * bytes.length)] = byte;
        else {
          const lines = new TextDecoder().decode(bytes).split('\n');
          for (let at = 0; at + 1 < places.length; at += 2) {
            const from = Math.floor((places[at] ?? 0) * lines.length);
            const taken = lines.splice(from, 1);
            if (kind === 'swap') lines.splice(Math.floor((places[at + 1] ?? 0) * lines.length), 0, ...taken);
          }
          bytes = new TextEncoder().encode(lines.join('\n'));
        }
        await expectSound([{ name: text.name, bytes }]);
      }),
      { numRuns: 150 },
    );
  });

  it('are sound for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        await expectSound([{ name: 'bytes', bytes }]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the report of a session over a clobbered frame pointer', () => {
  it('lists the chain link by link', async () => {
    const [chain] = toReport(await analyse(session)).chains;
    expect(chain?.links.map(({ slot, value, expected, verdict }) => [slot, value, expected, verdict])).toEqual([
      ['0xc000040d98', '0xc000040de8', undefined, 'ok'],
      ['0xc000040de8', '0xc000040e28', undefined, 'ok'],
      ['0xc000040e28', '0xc000040e98', undefined, 'ok'],
      ['0xc000040e98', '0xc000040ec8', undefined, 'ok'],
      ['0xc000040ec8', '0x30bc5b29', '0xc000040ef8', 'bogus'],
      ['0xc000040ef8', '0xc000040f38', undefined, 'ok'],
      ['0xc000040f38', '0xc000040fb8', undefined, 'ok'],
      ['0xc000040fb8', '0xc000040fd0', undefined, 'ok'],
      ['0xc000040fd0', '0x0', undefined, 'end'],
    ]);
  });

  it('draws the break, and says who did it', async () => {
    const text = toText(await analyse(session));
    expect(text.split('\n')[0]).toContain('metro.Hash64');
    expect(text).toMatch(/^ ◆ │ 0xc000040ec8 saved FP 0x0000000030bc5b29 ✕/m);
    expect(text).toContain('expected 0xc000040ef8');
    expect(text).toMatch(/^ ■ ┃ 0xc000040fd0/m);
    expect(text).toMatch(/ {6}146 \| +0x0000000000471891 <\+17>:/);
  });

  it('stops when its signal is aborted, and tells progress on the way', async () => {
    const phases: string[] = [];
    await analyse(session, { onProgress: (phase) => phases.push(phase) });
    expect(phases).toContain('Reading text');
    await expect(analyse(session, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});
