import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/core/diagnose/index.ts';
import { headlineOf } from '../../../src/core/report/headline.ts';
import { nothingInconsistent } from '../../../src/core/report/headline.ts';
import { makeSnapshot } from '../../support/snapshot.ts';

describe('headlineOf', () => {
  it('says that nothing is inconsistent when nothing is known', () => {
    const { snapshot, documents } = makeSnapshot();
    const [analysed] = diagnose([snapshot], documents);
    expect(analysed?.findings).toEqual([]);
    expect(analysed === undefined ? '' : headlineOf(analysed)).toBe(nothingInconsistent);
  });

  it('tells the reason and the user function when no rule spoke', () => {
    const { snapshot } = makeSnapshot({
      events: [{ kind: 'fatal-error', text: 'newosproc', category: 'thread-limit' }],
      frames: [{ function: 'runtime.throw' }, { function: 'main.spawn', file: '/src/a.go', line: 3 }],
      crash: { firstUserFrame: 1 },
    });
    expect(headlineOf({ snapshot, findings: [] })).toBe(
      'The process died under `main.spawn` with `newosproc`; nothing else in the paste is inconsistent',
    );
  });

  it('does not name a runtime function', () => {
    const { snapshot } = makeSnapshot({
      events: [{ kind: 'fatal-error', text: 'newosproc' }],
      frames: [{ function: 'runtime.throw' }],
      crash: { firstUserFrame: 0 },
    });
    expect(headlineOf({ snapshot, findings: [] })).not.toContain('runtime.throw');
  });
});
