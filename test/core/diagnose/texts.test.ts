/** The texts of findings as someone reads them who is new to frame pointers: plain, short, and with each term told. */
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/core/index.ts';
import { ruleCases } from './cases/index.ts';

/** Sentences an explanation may have. */
const mostSentences = 6;
/** Characters of a headline, which is one line of the verdict and two of a terminal. */
const longestHeadline = 260;
/** Characters of the first two sentences, which have to suffice. */
const longestBeginning = 700;

/** Words of the runtime's sources that no reader needs to know. */
const jargon = /\b(?:mspan|mcentral|mcache|itab|g0\.sched|stackmap|bitmap|arena hint|LR|SP|FP|BP|unwinder|GP fault|#GP)\b/;

/** Code is quoted, not written. */
const withoutCode = (text: string): string => text.replace(/`[^`]*`/g, 'code');

/** A sentence ends where another one begins. */
const sentencesOf = (text: string): string[] => text.split(/(?<=[.:]) (?=[A-Z`])/);

const fires = ruleCases.flatMap(({ rule, fires: inputs }) => inputs.map((input) => ({ rule, input })));

describe.each(fires)('$rule, $input.name', ({ rule, input }) => {
  it('is told in plain sentences', async () => {
    const analysed = await analyse([{ name: 'paste.txt', bytes: new TextEncoder().encode(input.text) }]);
    const finding = analysed.snapshots.flatMap((one) => one.findings).find((one) => one.rule === rule);
    if (finding === undefined) throw new Error(`${rule} is silent`);
    const { headline, explanation, evidence, against, checks, next } = finding;
    expect(headline.length).toBeLessThanOrEqual(longestHeadline);
    expect(withoutCode(headline)).toMatch(/[^.!?\s]$/);
    const sentences = sentencesOf(explanation);
    expect(sentences.length).toBeLessThanOrEqual(mostSentences);
    expect(explanation).toMatch(/[.]$/);
    const beginning = withoutCode(sentences.slice(0, 2).join(' '));
    expect(beginning.length).toBeLessThanOrEqual(longestBeginning);
    expect(beginning).not.toMatch(jargon);
    if (beginning.includes('frame pointer')) expect(explanation).toMatch(/at which (?:a function|it) keeps|walk the stack/);
    if (beginning.includes('return address'))
      expect(explanation).toMatch(/goes on|instead of to its caller|returns? to|when the function is entered|frame/);
    const statements = [...evidence, ...against, ...checks].map((one) => one.statement);
    for (const text of [headline, explanation, ...statements, ...next.map((one) => one.why)]) {
      expect((text.match(/`/g) ?? []).length % 2, text).toBe(0);
      expect(withoutCode(text), text).not.toMatch(/!|undefined|\[object|\boops\b/i);
    }
  });
});
