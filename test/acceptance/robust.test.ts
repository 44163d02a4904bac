/**
 * Broken input through the whole core: bytes flipped, cut off, lines swapped, two documents interleaved. Nothing may throw, every
 * stack can be drawn, every line is counted once, and every source stays inside its document.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawStack, toReport, toText } from '../../src/core/index.ts';
import { allReports, fixture, ownersOf, run } from './run.ts';

const names = [
  'debugger/clobbered-frame-pointer.gdb.txt',
  'acceptance/posts/return-probe.txt',
  'acceptance/posts/uninitialised-c-memory.txt',
  'acceptance/posts/several-crashes.txt',
  'acceptance/posts/one-line-dump.txt',
  'acceptance/nil-deref-shelfnil-go1.21.13-amd64-crash.txt',
  'input/bad-pointer.txt',
];
const encoder = new TextEncoder();

/** Broken input that fast-check reports by how it was made, not byte by byte. */
class Broken {
  readonly bytes: Uint8Array;
  readonly how: string;

  constructor(bytes: Uint8Array, ...how: unknown[]) {
    this.bytes = bytes;
    this.how = fc.stringify(how);
  }

  [fc.toStringMethod](): string {
    return this.how;
  }
}

const aText = fc.constantFrom(...names);
const texts = new Map(names.map((name) => [name, fixture(name)]));
const textOf = (name: string): string => texts.get(name) ?? '';
/** A place in a text, as a share of its length. */
const share = fc.double({ min: 0, max: 1, noNaN: true });

const flipped = fc
  .tuple(aText, fc.array(fc.tuple(share, fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 40 }))
  .map(([name, flips]) => {
    const bytes = encoder.encode(textOf(name));
    for (const [at, byte] of flips) bytes[Math.floor(at * (bytes.length - 1))] = byte;
    return new Broken(bytes, name, flips);
  });

const cut = fc.tuple(aText, share, share).map(([name, from, to]) => {
  const bytes = encoder.encode(textOf(name));
  const start = Math.floor(Math.min(from, to) * bytes.length);
  return new Broken(bytes.slice(start, Math.floor(Math.max(from, to) * bytes.length)), name, from, to);
});

const swapped = fc.tuple(aText, fc.array(fc.tuple(share, share), { minLength: 1, maxLength: 20 })).map(([name, swaps]) => {
  const lines = textOf(name).split('\n');
  for (const [a, b] of swaps) {
    const first = Math.floor(a * (lines.length - 1));
    const second = Math.floor(b * (lines.length - 1));
    [lines[first], lines[second]] = [lines[second] ?? '', lines[first] ?? ''];
  }
  return new Broken(encoder.encode(lines.join('\n')), name, swaps);
});

const interleaved = fc
  .tuple(aText, aText, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 30 }))
  .map(([a, b, runs]) => {
    const sources = [textOf(a).split('\n'), textOf(b).split('\n')];
    const lines: string[] = [];
    for (let turn = 0; sources.some((source) => source.length > 0); turn++)
      lines.push(...(sources[turn % 2] ?? []).splice(0, runs[turn % runs.length] ?? 1));
    return new Broken(encoder.encode(lines.join('\n')), a, b, runs);
  });

/** Digits inside numbers changed: addresses that contradict each other, sizes that are none. */
const misprinted = fc
  .tuple(aText, fc.array(fc.tuple(share, fc.constantFrom('0', '7', 'f', 'ffffffff', '-')), { minLength: 1, maxLength: 60 }))
  .map(([name, changes]) => {
    let result = textOf(name);
    for (const [at, digit] of changes) {
      const start = result.indexOf('0x', Math.floor(at * result.length));
      if (start >= 0) result = `${result.slice(0, start + 2)}${digit}${result.slice(start + 3)}`;
    }
    return new Broken(encoder.encode(result), name, changes);
  });

/** Kinds that have no lines. */
const binary = new Set(['raw', 'core', 'executable', 'profile', 'heap-dump']);

function linesOf(bytes: Uint8Array): number {
  const feeds = bytes.reduce((count, byte) => count + (byte === 10 ? 1 : 0), 0);
  return bytes.length === 0 || bytes.at(-1) === 10 ? feeds : feeds + 1;
}

async function survives({ bytes }: { bytes: Uint8Array }): Promise<void> {
  const { analysed } = await run(bytes, 'broken');
  const report = toReport(analysed);
  const { lines, recognised, prose, unrecognised } = report.coverage;
  expect(recognised + prose + unrecognised.length).toBe(lines);
  const [document] = report.documents;
  if (document !== undefined && !document.layers.includes('gzip') && !binary.has(document.kind))
    expect(lines).toBe(linesOf(bytes));
  for (const one of allReports(report)) {
    for (const finding of one.findings)
      for (const evidence of finding.evidence)
        if (evidence.line !== undefined) expect(evidence.line).toBeLessThanOrEqual(Math.max(1, lines));
    const ids = one.findings.map((finding) => finding.id);
    for (const pointer of one.bogusPointers) expect(ids).toContain(pointer.finding);
  }
  for (const [index, snapshot] of analysed.snapshots.entries()) {
    for (const owner of ownersOf(snapshot)) {
      const picture = drawStack(analysed, index, owner);
      expect(picture).toBeDefined();
      for (const band of picture?.bands ?? []) {
        const addresses = band.rows.map((row) => row.address);
        expect(addresses.every((address) => address >= band.start && address < band.end)).toBe(true);
        expect(addresses.every((address, at) => at === 0 || address > (addresses[at - 1] ?? address))).toBe(true);
      }
    }
  }
  expect(toText(analysed).length).toBeGreaterThan(0);
}

it.each([
  ['flipped bytes', flipped, 60],
  ['a part', cut, 60],
  ['swapped lines', swapped, 60],
  ['two documents interleaved', interleaved, 40],
  ['misprinted numbers', misprinted, 60],
] as const)('survives %s', async (_name, inputs, numRuns) => {
  await fc.assert(fc.asyncProperty(inputs, survives), { numRuns });
});

it('survives what is no text at all', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), (bytes) => survives({ bytes })),
    { numRuns: 60 },
  );
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), (text) => survives({ bytes: encoder.encode(text) })),
    {
      numRuns: 60,
    },
  );
});
