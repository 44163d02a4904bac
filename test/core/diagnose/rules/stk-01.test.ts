import { describe, expect, it } from 'vitest';
import { stk01 } from '../../../../src/core/diagnose/rules/stk-01.ts';
import { makeSnapshot } from '../../../support/snapshot.ts';
import type { FrameSpec } from '../../../support/snapshot-spec.ts';
import { fatal, only, panicked, statements, user } from './support.ts';

const event = { kind: 'fatal-error', text: 'stack overflow', category: 'stack-overflow' } as const;

function overflow(frames: FrameSpec[], elided = 0) {
  return makeSnapshot({
    events: [event],
    complaints: [{ kind: 'stack-limit', bytes: 1000000000n }],
    goroutines: [{ id: 1, frames, ...(elided > 0 ? { elided: { count: elided, after: 50 } } : {}) }],
    crash: {},
  });
}

describe('STK-01', () => {
  it('finds a function that calls itself, the changing argument and who began', () => {
    const calls = Array.from({ length: 20 }, (_, index) =>
      user('main.depth', 14, `0xc000010000, 0x${(100 - index).toString(16)}, 0x5?`),
    );
    const found = only(stk01, overflow([...calls, user('main.start', 30), { function: 'runtime.main' }], 508302));
    expect(found.headline).toBe('`main.depth` (`main.go:14`) calls itself without end');
    expect(found.confidence).toBe('certain');
    expect(found.culprit).toEqual({ function: 'main.depth', inferred: false });
    expect(statements(found)).toContain('508,302 further frames are left out');
    expect(statements(found)).toContain('argument word 1 stays `0xc000010000` and argument word 2 rises from `0x51` to `0x64`');
    expect(statements(found)).not.toContain('argument word 3');
    expect(statements(found)).toContain('entered from `main.start`');
    expect(statements(found)).toContain('1,000,000,000 bytes');
  });

  it('finds the shortest cycle of several functions', () => {
    const turn = [user('main.a', 1), user('main.b', 2), user('main.c', 3)];
    const found = only(stk01, overflow([user('main.leaf', 9), ...turn, ...turn, ...turn, ...turn]));
    expect(found.headline).toBe('`main.a`, `main.b` and `main.c` call each other without end');
    expect(statements(found)).toContain('The same 3 calls repeat 4 times');
  });

  it('names the user function of a cycle through the library', () => {
    const turn = [{ function: 'fmt.Sprintf', file: '/usr/local/go/src/fmt/print.go' }, user('main.(*T).String', 5)];
    expect(only(stk01, overflow([...turn, ...turn, ...turn])).headline).toBe(
      '`main.(*T).String` (`main.go:5`) calls itself without end',
    );
  });

  it('sees no cycle in two turns', () => {
    const found = only(
      stk01,
      overflow([user('main.a', 1), user('main.b', 2), user('main.a', 1), user('main.b', 2), user('main.huge', 3)]),
    );
    expect(found.confidence).toBe('very likely');
    expect(found.headline).toContain('needed more stack');
    expect(found.culprit?.inferred).toBe(true);
  });

  it('is silent on a deep stack that did not overflow, and on other fatal errors', () => {
    expect(
      stk01.examine(panicked('too deep', 'user-value', ...Array.from({ length: 30 }, () => user('main.depth'))).context),
    ).toEqual([]);
    expect(stk01.examine(fatal('morestack on g0', 'morestack').context)).toEqual([]);
  });
});
