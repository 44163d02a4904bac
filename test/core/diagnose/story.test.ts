/** The story in causal order, from text to steps; and who is never called the culprit. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse, toReport, toText } from '../../../src/core/index.ts';
import type { AnalysedCase } from '../../../src/core/model/case.ts';
import { isRuntimeFunction } from '../../../src/core/model/function-name.ts';
import { storyParts } from '../../../src/core/model/story.ts';
import { headlineOf } from '../../../src/core/report/headline.ts';
import { own, plain, pointers, type Input } from './cases/case.ts';
import { ruleCases } from './cases/index.ts';

const analysed = ({ text }: Input): Promise<AnalysedCase> =>
  analyse([{ name: 'paste.txt', bytes: new TextEncoder().encode(text) }]);

const storyOf = async (input: Input) => (await analysed(input)).snapshots[0]?.story ?? [];

describe('the story', () => {
  it('leads from the culprit over the damage and the messenger to the death', async () => {
    const story = await storyOf(pointers('session-listing'));
    expect(story.map((step) => step.part)).toEqual([...storyParts]);
    const [culprit, damage, noticed, death] = story;
    expect(culprit?.text).toContain('`example.com/ingest/metro.Hash64`');
    expect(culprit?.inferred).toBe(false);
    expect(damage?.text).toContain('the word at `0xc000040ec8` is `0x30bc5b29`');
    expect(noticed?.text).toContain('only the messenger');
    expect(death?.source).toBeDefined();
  });

  it('shows for each step the line that says it', async () => {
    const { text } = pointers('session-listing');
    const story = await storyOf(pointers('session-listing'));
    const [culprit, damage] = story.map(({ source }) => text.slice(source?.start, source?.end));
    expect(culprit).toContain('$0x30bc5b29');
    expect(damage).toContain('0x0000000030bc5b29');
  });

  it('says that goroutine and messenger differ', async () => {
    const [unknown, damage, noticed] = await storyOf(pointers('return-parked-go1.23'));
    expect(unknown?.text).toBe('What did the damage is not in the case');
    expect(damage?.finding).toBe('RA-02');
    expect(noticed?.text).toContain('goroutine 19 is only the messenger, the damage is on goroutine 1');
  });

  it('begins with the buffer that ran over', async () => {
    const [culprit, damage, noticed] = await storyOf(own('mc-03-text-over-return'));
    expect(culprit).toMatchObject({ part: 'culprit', finding: 'OVW-01', inferred: true });
    expect(damage?.finding).toBe('RA-04');
    expect(noticed?.text).toContain('goroutine 7 to find live memory');
  });

  it('tells no damage where nothing was written', async () => {
    const parts = (await storyOf(own('ra-06-large-frame'))).map((step) => step.part);
    expect(parts).toEqual(['culprit', 'noticed', 'death']);
    expect((await storyOf(own('mac-02-marker-word'))).map((step) => step.part)).toEqual(['noticed', 'death']);
  });

  it('is short for a panic and empty for a dump on request', async () => {
    expect((await storyOf(plain('panic-04-nil-map'))).map((step) => step.part)).toEqual(['culprit', 'death']);
    expect(await storyOf(plain('dump-01-sigquit'))).toEqual([]);
  });

  it('stands in the report and, where it adds to the verdict, in the text', async () => {
    const text = own('mc-03-text-over-return');
    const whole = await analysed(text);
    const story = toReport(whole).story ?? [];
    expect(story.map((step) => step.part)).toEqual([...storyParts]);
    expect(story[0]).toMatchObject({ inferred: true, finding: 'OVW-01' });
    expect(story.at(-1)?.line).toBe(text.text.split('\n').findIndex((line) => line.startsWith('fatal error')) + 1);
    expect(story.every((step) => !step.text.includes('`'))).toBe(true);
    expect(toText(whole)).toMatch(/What happened\n {2}1\. The text "Warehouse/);
    expect(toText(await analysed(plain('panic-04-nil-map')))).not.toContain('What happened');
  });
});

const fixtures = new URL('../../fixtures/', import.meta.url);
const texts = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.txt'));

/** Functions that a sentence names: quoted, with a package. */
function namedIn(sentence: string): string[] {
  return [...sentence.matchAll(/`([\w./%-]+\.[\w.()*[\]-]+)`/g)].map((match) => match[1] ?? '');
}

function expectNoBlame({ snapshots }: AnalysedCase, name: string): void {
  for (const one of snapshots) {
    expect(namedIn(headlineOf(one)).filter(isRuntimeFunction), name).toEqual([]);
    for (const finding of one.findings) {
      expect(isRuntimeFunction(finding.culprit?.function ?? ''), `${name} ${finding.id}`).toBe(false);
      expect(namedIn(finding.headline).filter(isRuntimeFunction), `${name} ${finding.id}`).toEqual([]);
    }
    const story = one.story ?? [];
    const order = story.map((step) => storyParts.indexOf(step.part));
    expect(order, name).toEqual([...new Set(order)].sort());
    for (const step of story) {
      if (step.part === 'culprit' || step.part === 'damage')
        expect(namedIn(step.text).filter(isRuntimeFunction), name).toEqual([]);
      if (step.finding !== undefined) expect(one.findings.map((finding) => finding.id)).toContain(step.finding);
    }
  }
}

describe('no function of the runtime is the culprit', () => {
  it.each(texts)('%s', async (name) => {
    const bytes = new Uint8Array(readFileSync(new URL(name, fixtures)));
    expectNoBlame(await analyse([{ name, bytes }]), name);
  });

  it('nor in the fixtures and near misses of the rules', async () => {
    const inputs = ruleCases.flatMap(({ fires, near }) => [...fires, ...near.map((one) => one.input)]);
    for (const input of inputs) expectNoBlame(await analysed(input), input.name);
  });
});
