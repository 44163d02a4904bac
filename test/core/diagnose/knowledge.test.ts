/** Knowledge as data: files are checked, and findings get what is known of them, marked as not proven where it is not. */
import { describe, expect, it } from 'vitest';
import { compareReleases, isIn } from '../../../src/core/diagnose/knowledge/releases.ts';
import { entriesOf, looksLikeKnowledge, readKnowledge } from '../../../src/core/diagnose/knowledge/read.ts';
import { shippedKnowledge } from '../../../src/core/diagnose/knowledge/shipped.ts';
import { matchesRule } from '../../../src/core/diagnose/ranking.ts';
import { rules } from '../../../src/core/diagnose/rules/index.ts';
import { analyse } from '../../../src/core/index.ts';
import { own, pointers } from './cases/case.ts';

const hash = 'h1:AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfg=';

function file(...modules: object[]): string {
  return JSON.stringify({ schema: 'framewalk.knowledge/1', name: 'the depot', modules });
}

const overflow = {
  module: 'example.com/silo/native',
  rules: ['CGO-04'],
  says: 'Its packer counts one byte too many.',
  references: ['example/silo#7'],
  affected: [{ from: 'v1.2.0', before: 'v1.4.1' }],
  fixed: 'v1.4.1',
};

async function firstOf(...texts: string[]) {
  const parts = texts.map((text, index) => ({ name: `part${String(index)}`, bytes: new TextEncoder().encode(text) }));
  const analysed = await analyse(parts);
  const [main] = analysed.snapshots;
  return { analysed, finding: main?.findings[0], checked: main?.checked ?? [] };
}

const known = (finding: { evidence: { statement: string; inferred?: boolean }[] } | undefined) =>
  (finding?.evidence ?? []).filter((one) => one.statement.startsWith('Known'));

describe('releases', () => {
  it.each([
    ['v1.2.3', 'v1.2.10', -1],
    ['v1.2.3', 'v1.2.3', 0],
    ['v2.0.0-rc.1', 'v2.0.0', -1],
    ['v2.0.0-rc.2', 'v2.0.0-rc.10', -1],
    ['v0.0.0-20230101000000-abcdef012345', 'v0.0.0-20240101000000-000000000000', -1],
    ['1.24', '1.24.2', -1],
    ['1.24rc1', '1.24', -1],
    ['1.9', '1.10', -1],
  ])('%s and %s', (a, b, order) => {
    expect(compareReleases(a, b)).toBe(order);
    expect(compareReleases(b, a)).toBe(order === 0 ? 0 : -order);
  });

  it('lie in a range from its first to before its last; what is no version lies in none', () => {
    const range = { from: 'v1.2.0', before: 'v1.4.1' };
    expect(['v1.1.9', 'v1.2.0', 'v1.4.0', 'v1.4.1', '(devel)'].map((one) => isIn(one, range))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('what is shipped', () => {
  it('passes its own check and names only rules that exist', () => {
    const text = JSON.stringify({ schema: 'framewalk.knowledge/1', ...shippedKnowledge }, (_key, value: unknown) =>
      typeof value === 'bigint' ? `0x${value.toString(16)}` : value,
    );
    const { knowledge, problems } = readKnowledge(text, 'shipped');
    expect(problems).toEqual([]);
    expect(knowledge).toEqual(shippedKnowledge);
    const entries = [
      ...shippedKnowledge.modules,
      ...shippedKnowledge.releases,
      ...shippedKnowledge.symbols,
      ...shippedKnowledge.constants,
    ];
    for (const entry of entries) {
      expect(entry.references, entry.says).not.toEqual([]);
      for (const pattern of entry.rules)
        expect(
          rules.some((rule) => matchesRule(rule.id, pattern)),
          pattern,
        ).toBe(true);
    }
  });
});

describe('a file of knowledge', () => {
  it('is recognised by its schema', () => {
    expect(looksLikeKnowledge(file(overflow))).toBe(true);
    expect(looksLikeKnowledge('{"log": "panic: framewalk"}')).toBe(false);
    expect(readKnowledge(file(overflow), 'x').knowledge?.modules[0]).toMatchObject({ module: overflow.module, fixed: 'v1.4.1' });
  });

  it.each([
    ['{"schema": "framewalk.knowledge/1",\n "modules": [}', /^(?:line 2: )?expected JSON, found .+\. Check commas/],
    ['[]', /^the file: expected an object, found \[\]/],
    ['{"schema": "framewalk.knowledge/9"}', /^schema: expected "framewalk\.knowledge\/1", found "framewalk\.knowledge\/9"\./],
    [
      file({ ...overflow, rules: ['frame pointers'] }),
      /^modules\[0\]\.rules\[0\]: expected ids of findings .+ found "frame pointers"\. docs\/rules\.md/,
    ],
    [
      file({ ...overflow, affected: [{ from: 'spring' }] }),
      /^modules\[0\]\.affected\[0\]\.from: expected a version .+ found "spring"\./,
    ],
    [file({ ...overflow, fixedin: 'v1.0.0' }), /^modules\[0\]\.fixedin: expected one of the keys .*fixed.*, found "fixedin"/],
    [file({ ...overflow, says: undefined }), /^modules\[0\]\.says: expected a sentence .+ found nothing\./],
    [
      JSON.stringify({ schema: 'framewalk.knowledge/1', constants: [{ value: 31, rules: ['MC-04'], says: 'x y' }] }),
      /^constants\[0\]\.value: expected a number in a string/,
    ],
  ])('is refused as a whole with a place and advice: %s', (text, problem) => {
    const { knowledge, problems } = readKnowledge(text, 'x');
    expect(knowledge).toBeUndefined();
    expect(problems[0]).toMatch(problem);
  });

  it('never throws, whatever it holds', () => {
    for (const text of [
      '',
      'null',
      '{}',
      '{"schema":1,"modules":{"a":1},"releases":[[]],"symbols":[null],"constants":"x"}',
      '{"__proto__":{}}',
    ])
      expect(readKnowledge(text, 'x').problems.length, text).toBeGreaterThan(0);
  });
});

describe('a finding', () => {
  const report = own('cgo-04-past-the-end').text;

  it('names a module of go.sum that is known for it, where it was fixed, and that it is not proven', async () => {
    const { analysed, finding } = await firstOf(report, `example.com/silo/native v1.3.0 ${hash}`, file(overflow));
    const [one] = known(finding);
    expect(one?.statement).toContain('`example.com/silo/native v1.3.0` may be in the program');
    expect(one?.statement).toContain('It was fixed in `v1.4.1`. Not proven here');
    expect(one?.inferred).toBe(true);
    expect(finding?.references).toContain('example/silo#7');
    expect(finding?.next.at(-1)?.command).toBe('go get example.com/silo/native@v1.4.1');
    expect(finding?.confidence).toBe('certain');
    expect(analysed.knowledge).toEqual([{ name: 'part2', entries: 1, problems: [] }]);
  });

  it('is not touched by another version, another mechanism or another architecture', async () => {
    const fixed = await firstOf(report, `example.com/silo/native v1.4.1 ${hash}`, file(overflow));
    expect(known(fixed.finding)).toEqual([]);
    const other = await firstOf(report, `example.com/silo/native v1.3.0 ${hash}`, file({ ...overflow, rules: ['FP-04'] }));
    expect(known(other.finding)).toEqual([]);
    expect(other.checked.join('\n')).toContain(
      '`example.com/silo/native v1.3.0` is known for FP-04; nothing in the case shows that.',
    );
    const machine = await firstOf(
      report,
      'rax 0x1\nrbx 0x2\nrip 0x3',
      `example.com/silo/native v1.3.0 ${hash}`,
      file({ ...overflow, arch: ['arm64'] }),
    );
    expect(known(machine.finding)).toEqual([]);
  });

  it('is not touched by a file with problems, which is told', async () => {
    const { analysed, finding } = await firstOf(
      report,
      `example.com/silo/native v1.3.0 ${hash}`,
      file({ ...overflow, rules: [] }),
    );
    expect(known(finding)).toEqual([]);
    expect(analysed.knowledge?.[0]?.problems[0]).toContain('modules[0].rules');
  });

  it('knows the module by the build information, and by the function that did it', async () => {
    const dump = pointers('checkptr-go1.27').text;
    const culprit = (await firstOf(dump)).finding?.culprit?.function ?? '';
    const path = culprit.slice(0, culprit.indexOf('.'));
    const entry = { module: path, rules: ['UNS-01'], says: 'It computes pointers.', references: ['example/app#1'] };
    const built = `./app: go1.26.8\n\tpath\t${path}\n\tmod\t${path}\t(devel)\t\n`;
    const proved = known((await firstOf(dump, built, file(entry))).finding)[0];
    expect(proved?.statement).toContain(`\`${culprit}\` belongs to it.`);
    expect(proved?.inferred).toBeUndefined();
    const bare = known((await firstOf(dump, file(entry))).finding)[0];
    expect(bare?.statement).toContain('Which version of it the program has is not in the case.');
  });

  it('knows releases of Go, symbols and constants', async () => {
    const parts = {
      schema: 'framewalk.knowledge/1',
      symbols: [{ symbol: 'stack_p*', rules: ['CGO-*'], says: 'A packer of pallets.' }],
      constants: [{ value: '0x603000000174', rules: ['CGO-04'], says: 'The end of the first pallet.' }],
      releases: [{ go: { from: '1.20' }, rules: ['CGO-04'], says: 'Can be built with sanitizers.' }],
    };
    const { finding } = await firstOf(
      report,
      `./silo: go1.26.8\n\tpath\texample.com/silo\n\tmod\texample.com/silo\t(devel)\n`,
      JSON.stringify(parts),
    );
    expect(known(finding).map((one) => one.statement)).toEqual([
      'Known about Go `1.26.8`: Can be built with sanitizers.',
      'Known about `stack_pallets`: A packer of pallets.',
      'Known about `0x603000000174`: The end of the first pallet.',
    ]);
  });
});

it('counts entries', () => {
  expect(entriesOf(shippedKnowledge)).toBeGreaterThan(15);
});
