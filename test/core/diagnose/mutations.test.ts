/**
 * The fixtures as other programs and processes: names, heap, code and stacks elsewhere, other constants, other lines of the runtime. The
 * same rules must speak, and what they name must have moved along.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/core/index.ts';
import type { Finding } from '../../../src/core/model/finding.ts';
import { isUserFunction } from '../../../src/core/model/function-name.ts';
import type { Input } from './cases/case.ts';
import { ruleCases } from './cases/index.ts';
import { regionsIn, type Regions } from './mutations/regions.ts';
import { moved, rewritten, type Plan } from './mutations/rewrite.ts';

const seed = process.env['FUZZ'] === undefined ? 20_261_121 : Math.floor(Math.random() * 2 ** 31);
const runs = 8;

async function findingsOf(text: string): Promise<Finding[]> {
  const analysed = await analyse([{ name: 'paste.txt', bytes: new TextEncoder().encode(text) }]);
  // Where the heap lies is a circumstance of its own.
  return analysed.snapshots.flatMap((one) => one.findings).filter((finding) => finding.rule !== 'GC-07');
}

/** Names that mean something to the runtime, the linker or the compiler. */
const reserved = /^(?:main|init|func\d+|gowrap\d+|deferwrap\d+|goexit|Close|Error|String|Len|Test\w*)$/;

/** Last identifiers of the functions of the program that the findings name. */
function namesIn(text: string, findings: readonly Finding[]): string[] {
  const quoted = findings.flatMap((finding) => [...finding.headline.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''));
  const functions = [...quoted, ...findings.flatMap((finding) => finding.culprit?.function ?? [])];
  const names = functions
    .filter((name) => name.includes('.') && isUserFunction(name))
    .map((name) => /([A-Za-z_]\w*)$/.exec(name)?.[1] ?? '');
  const shared = (name: string): boolean =>
    new RegExp(`(?:runtime|sync|syscall|fmt|strings|net|poll)[\\w/.()*]*\\.${name}\\b`).test(text);
  return [...new Set(names)].filter((name) => name.length > 2 && !reserved.test(name) && !shared(name));
}

/** A bogus value whose own bits do not matter: the rule is about where it stands. */
const free = new Set(['FP-01', 'FAULT-01', 'RA-04', 'STK-04', 'CGO-03']);

function freeValues(input: Input, regions: Regions, findings: readonly Finding[]): bigint[] {
  if (findings.some((finding) => /^MC-0[2-7]$/.test(finding.rule) || !finding.bogus.every((one) => one.value > 0n))) return [];
  const still: Plan = {
    regions,
    codeBy: 0x10000n,
    blocks: regions.blocks.map((block) => block + 1n),
    names: new Map(),
    values: new Map(),
    linesBy: 0,
  };
  return findings
    .filter((finding, index) => index === 0 && free.has(finding.rule))
    .flatMap((finding) => finding.bogus.map((one) => one.value))
    .filter((value) => moved(still, value) === value && value % 4096n !== 0n && input.text.includes(value.toString(16)));
}

/** Of the same size and alignment: the lowest bits stay, one digit in the middle changes. */
function like(value: bigint, by: number): bigint {
  const digits = value.toString(16).length;
  if (digits <= 3) return (value % 0xf00n) + BigInt(by % 8) * 16n + 16n;
  return value ^ (BigInt((by % 15) + 1) << BigInt(4 * Math.max(1, Math.floor(digits / 2))));
}

/** Without places in files: lines of the runtime move, and a function may bear the name of its file. */
function headlineOf(finding: Finding): string {
  return finding.headline.replace(/ \(`[^`]+:\d+`\)/g, '');
}

const fixtures = [...new Map(ruleCases.flatMap((one) => one.fires).map((input) => [input.text, input])).values()];

function planFor(input: Input, findings: readonly Finding[]): fc.Arbitrary<Plan> {
  const regions = regionsIn(input.text);
  const names = namesIn(input.text, findings);
  const values = freeValues(input, regions, findings);
  // One flipped bit and half pointers are relations to addresses: those stay.
  const related = findings.some((finding) => finding.rule === 'MC-02');
  return fc
    .record({
      code: fc.integer({ min: 0, max: 0x400 }),
      blocks: fc.uniqueArray(fc.integer({ min: 0x101, max: 0x54ff }), {
        minLength: regions.blocks.length,
        maxLength: regions.blocks.length,
      }),
      word: fc.stringMatching(/^[a-z]{3,8}$/),
      by: fc.nat(0xffff),
      lines: fc.integer({ min: 1, max: 40 }),
    })
    .map(({ code, blocks, word, by, lines }) => ({
      regions,
      codeBy: BigInt(code) * 0x10000n,
      // Stacks of C stay at the top of the address space.
      blocks: regions.blocks.map((block, index) =>
        related ? block : block >= 0x7000n ? 0x7f00n + ((block + BigInt(by % 64)) % 0xf0n) : BigInt(blocks[index] ?? 0x111),
      ),
      names: new Map(names.map((name, index) => [name, `z${word}${String(index)}`])),
      values: new Map(
        values.flatMap((value) => [-8n, 0n, 8n].map((step): [bigint, bigint] => [value + step, like(value, by) + step])),
      ),
      linesBy: lines,
    }));
}

describe('another process of another program', () => {
  it.each(fixtures)('$name', async (input) => {
    const before = await findingsOf(input.text);
    await fc.assert(
      fc.asyncProperty(planFor(input, before), async (plan) => {
        const after = await findingsOf(rewritten(input.text, plan));
        expect(after.map((finding) => [finding.id, finding.confidence])).toEqual(
          before.map((finding) => [finding.id, finding.confidence]),
        );
        expect(after.map(headlineOf)).toEqual(before.map((finding) => rewritten(headlineOf(finding), plan)));
        expect(after.map((finding) => finding.bogus.map((one) => one.value))).toEqual(
          before.map((finding) => finding.bogus.map((one) => moved(plan, one.value))),
        );
        expect(after.map((finding) => finding.culprit?.function)).toEqual(
          before.map((finding) => (finding.culprit === undefined ? undefined : rewritten(finding.culprit.function, plan))),
        );
      }),
      { seed, numRuns: runs },
    );
  });
});
