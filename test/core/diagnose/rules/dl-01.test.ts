import { describe, expect, it } from 'vitest';
import { dl01 } from '../../../../src/core/diagnose/rules/dl-01.ts';
import { makeSnapshot } from '../../../support/snapshot.ts';
import type { GoroutineSpec } from '../../../support/snapshot-spec.ts';
import { fatal, library, only, panicked, statements, user } from './support.ts';

const event = { kind: 'fatal-error', text: 'all goroutines are asleep - deadlock!', category: 'deadlock' } as const;
const goexit = { ...event, text: 'no goroutines (main called runtime.Goexit) - deadlock!' };

function asleep(goroutines: GoroutineSpec[], reason: typeof event | typeof goexit = event) {
  return makeSnapshot({ events: [reason], goroutines, crash: { goroutine: 0, goroutineId: '1' } });
}

const lockOf = (address: string, ...frames: ReturnType<typeof user>[]): GoroutineSpec => ({
  status: 'sync.Mutex.Lock',
  frames: [library('sync.(*Mutex).lockSlow', address), library('sync.(*Mutex).Lock'), ...frames],
});

describe('DL-01', () => {
  it('lists who waits for what, and names user functions', () => {
    const found = only(
      dl01,
      asleep([
        {
          id: 1,
          status: 'sync.WaitGroup.Wait',
          frames: [library('sync.(*WaitGroup).Wait', '0xc000012345?'), user('main.main', 36)],
        },
        { id: 18, ...lockOf('0xc000090030', user('main.unload', 15)) },
        { id: 19, ...lockOf('0xc000090030', user('main.load', 29)) },
        { id: 20, status: 'chan send', frames: [user('main.report', 33)] },
        { id: 2, status: 'force gc (idle)', frames: [{ function: 'runtime.gopark' }] },
      ]),
    );
    expect(found.headline).toBe(
      'Every goroutine waits: `main.main` (`main.go:36`) for a WaitGroup, `main.unload` (`main.go:15`) for a lock and 2 further goroutines',
    );
    expect(statements(found)).toContain('Goroutine 20 waits for a receiver on a channel in `main.report`');
    expect(statements(found)).toContain('Goroutines 18 and 19 wait for the same object at `0xc000090030`');
    expect(statements(found)).not.toContain('0xc000012345');
    expect(found.confidence).toBe('certain');
    expect(found.bogus).toEqual([]);
  });

  it('claims a cycle when each of two names what the other waits for', () => {
    const found = only(
      dl01,
      asleep([
        { id: 18, ...lockOf('0xc000000100', user('main.move', 15, '0xc000000200, 0xc000000100')) },
        { id: 19, ...lockOf('0xc000000200', user('main.move', 15, '0xc000000100, 0xc000000200')) },
      ]),
    );
    expect(found.explanation).toContain('two locks in opposite order');
    expect(found.evidence.filter((evidence) => evidence.inferred === true)).toHaveLength(2);
  });

  it('finds a circle of three', () => {
    const found = only(
      dl01,
      asleep([
        { id: 18, ...lockOf('0xc000000100', user('main.a', 15, '0xc000000300')) },
        { id: 19, ...lockOf('0xc000000200', user('main.b', 16, '0xc000000100')) },
        { id: 20, ...lockOf('0xc000000300', user('main.c', 17, '0xc000000200')) },
        { id: 21, ...lockOf('0xc000000300', user('main.d', 18)) },
      ]),
    );
    expect(found.explanation).toContain('wait in a circle');
    expect(statements(found)).toContain('Goroutine 18 waits for `0xc000000100`, which goroutine 19 names.');
    expect(found.evidence.filter((evidence) => evidence.inferred === true)).toHaveLength(3);
  });

  it('says who could have woken whom, and what that one waits for', () => {
    const found = only(
      dl01,
      asleep([
        { id: 18, ...lockOf('0xc000000100', user('main.a', 15)) },
        { id: 19, status: 'chan receive', frames: [user('main.b', 16, '0xc000000100')] },
      ]),
    );
    expect(statements(found)).toContain(
      'Goroutine 19 names `0xc000000100`, for which goroutine 18 waits: it could wake it, but waits for a value on a channel itself.',
    );
  });

  it('claims no cycle for two waiters of one lock, nor from stale words', () => {
    const same = asleep([
      { id: 18, ...lockOf('0xc000000100', user('main.a', 15, '0xc000000100')) },
      { id: 19, ...lockOf('0xc000000100', user('main.b', 15, '0xc000000100')) },
    ]);
    const stale = asleep([
      { id: 18, ...lockOf('0xc000000100', user('main.a', 15, '0xc000000200?')) },
      { id: 19, ...lockOf('0xc000000200', user('main.b', 15, '0xc000000100?')) },
    ]);
    for (const built of [same, stale])
      expect(only(dl01, built).evidence.some((evidence) => evidence.inferred === true)).toBe(false);
  });

  it('reads semacquire of older runtimes from the frames', () => {
    const found = only(
      dl01,
      asleep([
        {
          id: 1,
          status: 'semacquire',
          frames: [
            library('sync.runtime_Semacquire', '0xc0'),
            library('sync.(*WaitGroup).Wait', '0xc000010000'),
            user('main.main', 9),
          ],
        },
      ]),
    );
    expect(found.headline).toBe('`main.main` (`main.go:9`) waits for ever for a WaitGroup; nobody is left to wake it');
  });

  it('explains the Goexit of main', () => {
    const found = only(dl01, asleep([], goexit));
    expect(found.headline).toContain('ended with `Goexit`');
    expect(found.explanation).toContain('runtime.Goexit');
  });

  it('knows waits that nothing can end', () => {
    const found = only(dl01, asleep([{ id: 1, status: 'chan receive (nil chan)', frames: [user('main.main', 3)] }]));
    expect(found.explanation).toContain('something that can never come');
  });

  it('is silent on a panic in a bubble and on waiting goroutines without the reason', () => {
    expect(dl01.examine(panicked('deadlock: all goroutines in bubble are blocked', 'user-value').context)).toEqual([]);
    expect(dl01.examine(fatal('concurrent map writes', 'concurrent-map').context)).toEqual([]);
    const waiting = makeSnapshot({ goroutines: [{ status: 'chan receive', frames: [user('main.main')] }] });
    expect(dl01.examine(waiting.context)).toEqual([]);
  });
});
