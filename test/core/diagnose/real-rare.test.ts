import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/core/index.ts';
import type { Confidence } from '../../../src/core/model/finding.ts';

const folder = new URL('../../fixtures/diagnose/rare/', import.meta.url);

/** File, the rule in question, its confidence, the rule that stands first, and what the headline names. */
const expected: [file: string, rule: string, confidence: Confidence, first: string, named: string][] = [
  ['swept-counts-go1.25', 'GC-06', 'likely', 'GC-06', 'more objects of a span than were allocated'],
  ['reader-emulated-arm64', 'NC-03', 'likely', 'FP-05', 'the access was near `0x'],
  ['probed-entry-session', 'DBG-01', 'very likely', 'RA-01', 'is probed: its first instruction is a breakpoint'],
  ['poison-386-go1.22', 'MC-04', 'likely', 'RA-04', '`0xdeadbeef` is a mark'],
  ['violation-windows-go1.20', 'WIN-01', 'certain', 'FAULT-01', 'Windows refused an attempt to'],
  ['random-heap-go1.26', 'GC-07', 'possible', 'RA-04', 'that is no error'],
];

async function findingsOf(file: string, change: (text: string) => string = (text) => text) {
  const text = change(readFileSync(new URL(`${file}.txt`, folder), 'utf8'));
  const analysed = await analyse([{ name: `${file}.txt`, bytes: new TextEncoder().encode(text) }]);
  return analysed.snapshots[0]?.findings ?? [];
}

describe('real cases of rare rules', () => {
  it.each(expected)('%s: %s', async (file, rule, confidence, first, named) => {
    const findings = await findingsOf(file);
    expect(findings[0]?.rule).toBe(first);
    const found = findings.find((finding) => finding.rule === rule);
    expect(found?.confidence).toBe(confidence);
    expect(found?.headline).toContain(named);
    expect(found?.evidence.some((evidence) => evidence.source !== undefined)).toBe(true);
  });

  it('accuses each value once', async () => {
    const findings = await findingsOf('poison-386-go1.22');
    const values = findings.flatMap((finding) => finding.bogus.map((pointer) => pointer.value));
    expect(values.filter((value) => value === 0xdeadbeefn)).toHaveLength(1);
  });

  it('follows other numbers', async () => {
    const findings = await findingsOf('swept-counts-go1.25', (text) =>
      text.replace(/nelems=\d+ nalloc=\d+ previous allocCount=\d+/, 'nelems=64 nalloc=70 previous allocCount=9'),
    );
    expect(findings[0]?.evidence.map((one) => one.statement).join(' ')).toContain(
      '70 objects of the span are marked, but only 9',
    );
    const other = await findingsOf('poison-386-go1.22', (text) => text.replaceAll('deadbeef', '30bc5b29'));
    expect(other[0]?.rule).toBe('RA-04');
    expect(other.some((finding) => finding.rule === 'MC-04')).toBe(false);
  });
});
