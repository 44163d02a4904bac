import { describe, expect, it } from 'vitest';
import { diagnoseWith, type RuleFailure } from '../../../src/core/diagnose/engine.ts';
import type { Conclusion, Rule } from '../../../src/core/diagnose/rule.ts';
import type { Confidence } from '../../../src/core/model/finding.ts';
import { toAddress } from '../../../src/core/model/address.ts';
import { makeSnapshot } from '../../support/snapshot.ts';

function conclusion(confidence: Confidence, more: Partial<Conclusion> = {}): Conclusion {
  return {
    headline: 'It happened.',
    confidence,
    explanation: '',
    evidence: [],
    against: [],
    checks: [],
    next: [],
    references: [],
    bogus: [],
    ...more,
  };
}

function rule(id: string, confidence: Confidence, more: Partial<Rule> = {}): Rule {
  return { id, title: `Title of ${id}`, examine: () => [conclusion(confidence)], ...more };
}

function run(...rules: Rule[]) {
  const { snapshot, documents } = makeSnapshot();
  const analysed = diagnoseWith(rules, [snapshot], documents)[0];
  if (analysed === undefined) throw new Error('one snapshot in, one out');
  return analysed;
}

const ids = (...rules: Rule[]) => run(...rules).findings.map((finding) => finding.id);

describe('ids and titles', () => {
  it('numbers the further conclusions of one rule', () => {
    const twice = rule('A-01', 'likely', {
      examine: () => [conclusion('likely'), conclusion('likely', { title: 'Another title' })],
    });
    const { findings } = run(twice);
    expect(findings.map((finding) => [finding.id, finding.rule, finding.title])).toEqual([
      ['A-01', 'A-01', 'Title of A-01'],
      ['A-01.2', 'A-01', 'Another title'],
    ]);
  });
});

describe('order', () => {
  it('goes by confidence, then weight, then the order of the list', () => {
    expect(
      ids(
        rule('A-01', 'possible', { weight: 50 }),
        rule('B-01', 'likely'),
        rule('C-01', 'likely'),
        rule('D-01', 'likely', { weight: 1 }),
        rule('E-01', 'certain'),
      ),
    ).toEqual(['E-01', 'D-01', 'B-01', 'C-01', 'A-01']);
  });

  it('never puts a marker before a cause', () => {
    expect(ids(rule('M-01', 'certain', { marker: true, weight: 99 }), rule('A-01', 'possible'))).toEqual(['A-01', 'M-01']);
    expect(ids(rule('M-01', 'certain', { marker: true }))).toEqual(['M-01']);
  });

  it('puts a likely story over the whole case first, and a mere possibility not', () => {
    expect(ids(rule('A-01', 'certain'), rule('C-01', 'likely', { caseLevel: true }))).toEqual(['C-01', 'A-01']);
    expect(ids(rule('A-01', 'certain'), rule('C-01', 'possible', { caseLevel: true }))).toEqual(['A-01', 'C-01']);
  });
});

describe('explains', () => {
  it('moves what is explained directly behind its explanation', () => {
    const { findings } = run(
      rule('FP-02', 'certain'),
      rule('GC-01', 'very likely'),
      rule('FP-01', 'likely', { explains: ['FP-*'] }),
    );
    expect(findings.map((finding) => [finding.id, finding.explains])).toEqual([
      ['GC-01', []],
      ['FP-01', ['FP-02']],
      ['FP-02', []],
    ]);
  });

  it('lets a possibility explain nothing that is surer', () => {
    expect(ids(rule('A-01', 'certain'), rule('B-01', 'possible', { explains: ['A-01'] }))).toEqual(['A-01', 'B-01']);
  });

  it('survives rules that explain each other', () => {
    const { findings } = run(rule('A-01', 'likely', { explains: ['B-*'] }), rule('B-01', 'likely', { explains: ['A-*'] }));
    expect(findings.map((finding) => finding.id)).toEqual(['A-01', 'B-01']);
    expect(findings.map((finding) => finding.explains)).toEqual([['B-01'], []]);
  });

  it('never lets a rule explain itself, nor a marker a cause', () => {
    const twice = rule('FP-01', 'likely', { explains: ['FP-*'], examine: () => [conclusion('likely'), conclusion('likely')] });
    expect(run(twice).findings.map((finding) => finding.explains)).toEqual([[], []]);
    expect(run(rule('M-01', 'certain', { marker: true, explains: ['*'] }), rule('A-01', 'likely')).findings[1]?.explains).toEqual(
      [],
    );
  });
});

describe('bogus pointers', () => {
  const value = toAddress(0xdead);
  const at = toAddress(0xc000);
  const accuse = (id: string, confidence: Confidence, more: Partial<Rule> = {}) =>
    rule(id, confidence, { examine: () => [conclusion(confidence, { bogus: [{ value, at, why: id }] })], ...more });

  it('are accused once, by the best finding', () => {
    const { findings } = run(accuse('A-01', 'likely'), accuse('B-01', 'certain'));
    expect(findings.map((finding) => [finding.id, finding.bogus.length])).toEqual([
      ['B-01', 1],
      ['A-01', 0],
    ]);
  });

  it('keep the same value in another slot', () => {
    const other = rule('B-01', 'likely', {
      examine: () => [conclusion('likely', { bogus: [{ value, at: toAddress(0xc008), why: '' }] })],
    });
    expect(run(accuse('A-01', 'likely'), other).findings.flatMap((finding) => finding.bogus)).toHaveLength(2);
  });

  it('are not accused by a marker beside a cause', () => {
    const marker = rule('M-01', 'certain', {
      marker: true,
      examine: () => [conclusion('certain', { bogus: [{ value: toAddress(0xdeb5), why: '' }] })],
    });
    expect(run(marker, accuse('A-01', 'likely')).findings.flatMap((finding) => finding.bogus.map((each) => each.value))).toEqual([
      value,
    ]);
    expect(run(marker, rule('A-01', 'likely')).findings.flatMap((finding) => finding.bogus)).toHaveLength(1);
    expect(run(marker, rule('A-01', 'likely', { explains: ['M-01'] })).findings.flatMap((finding) => finding.bogus)).toEqual([]);
  });
});

describe('guards', () => {
  it('takes a throwing rule as one that found nothing, and reports it', () => {
    const broken = rule('X-01', 'certain', {
      examine: () => {
        throw new Error('broken');
      },
      checked: () => {
        throw new Error('broken too');
      },
    });
    const failures: RuleFailure[] = [];
    const { snapshot, documents } = makeSnapshot();
    const analysed = diagnoseWith([broken, rule('A-01', 'likely')], [snapshot], documents, (failure) => failures.push(failure));
    expect(analysed[0]?.findings.map((finding) => finding.id)).toEqual(['A-01']);
    expect(failures.map((failure) => [failure.rule, String(failure.error)])).toEqual([
      ['X-01', 'Error: broken'],
      ['X-01', 'Error: broken too'],
    ]);
  });

  it('gives no analysis for a case without snapshots', () => {
    expect(diagnoseWith([rule('A-01', 'likely')], [], [])).toEqual([]);
  });
});

describe('several snapshots', () => {
  it('keep their order, and case-level rules speak on the first alone', () => {
    const first = makeSnapshot();
    const second = { ...makeSnapshot().snapshot, id: 1 };
    const seen: number[] = [];
    const wide = rule('C-01', 'certain', {
      caseLevel: true,
      examine: (context) => {
        seen.push(context.all.length);
        return [conclusion('certain')];
      },
    });
    const analysed = diagnoseWith([rule('A-01', 'certain'), wide], [first.snapshot, second], first.documents);
    expect(analysed.map((each) => each.snapshot.id)).toEqual([0, 1]);
    expect(analysed.map((each) => each.findings.map((finding) => finding.id))).toEqual([['C-01', 'A-01'], ['A-01']]);
    expect(seen).toEqual([2]);
  });
});

describe('what was checked', () => {
  it('collects the sentences of rules that looked and found nothing, each once', () => {
    const looked = (id: string, sentence: string | undefined, found: boolean) =>
      rule(id, 'likely', { examine: () => (found ? [conclusion('likely')] : []), checked: () => sentence });
    expect(
      run(
        looked('A-01', 'Links hold.', false),
        looked('B-01', 'Links hold.', false),
        looked('C-01', undefined, false),
        looked('D-01', 'Other.', true),
      ).checked,
    ).toEqual(['Links hold.']);
  });
});
