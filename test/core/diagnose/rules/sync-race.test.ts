import { describe, expect, it } from 'vitest';
import { race01 } from '../../../../src/core/diagnose/rules/race-01.ts';
import { race03 } from '../../../../src/core/diagnose/rules/race-03.ts';
import { sync01 } from '../../../../src/core/diagnose/rules/sync-01.ts';
import { toAddress } from '../../../../src/core/model/address.ts';
import type { Frame } from '../../../../src/core/model/goroutine.ts';
import { makeSnapshot } from '../../../support/snapshot.ts';
import { crashed, fatal, library, only, panicFrame, panicked, statements, user } from './support.ts';

describe('SYNC-01', () => {
  it.each([
    ['panic', 'sync: negative WaitGroup counter', 'waitgroup', 'calls `Done` on a WaitGroup more often'],
    ['panic', 'sync: WaitGroup is reused before previous Wait has returned', 'waitgroup', 'reuses a WaitGroup'],
    ['fatal-error', 'sync: unlock of unlocked mutex', 'mutex', 'unlocks a mutex that nobody holds'],
    ['fatal-error', 'sync: RUnlock of unlocked RWMutex', 'mutex', 'read-unlocks an RWMutex'],
    ['fatal-error', 'sync: Unlock of unlocked RWMutex', 'mutex', 'unlocks an RWMutex'],
    ['fatal-error', 'sync: something new', 'mutex', 'misuses a lock'],
  ] as const)('reads %s %s', (kind, text, category, headline) => {
    const built = crashed(
      [{ kind, text, category }],
      [library('sync.(*Mutex).Unlock', '0xc000012340'), user('main.release', 12)],
    );
    const found = only(sync01, built);
    expect(found.headline).toContain(`\`main.release\` (\`main.go:12\`) ${headline}`);
    expect(found.confidence).toBe('certain');
    expect(statements(found)).toContain('the object is at `0xc000012340`');
  });

  it('does not take a stale argument word for the object', () => {
    const built = panicked(
      'sync: negative WaitGroup counter',
      'waitgroup',
      panicFrame,
      library('sync.(*WaitGroup).Add', '0x47879b?, 0xc0?'),
      user('main.main'),
    );
    expect(statements(only(sync01, built))).not.toContain('0x47879b');
  });

  it('is silent on other fatal errors and on a panic that only quotes the text', () => {
    expect(sync01.examine(fatal('concurrent map writes', 'concurrent-map').context)).toEqual([]);
    expect(sync01.examine(panicked('sync: negative WaitGroup counter', 'user-value').context)).toEqual([]);
  });
});

describe('RACE-01', () => {
  const event = { kind: 'fatal-error', text: 'concurrent map read and map write', category: 'concurrent-map' } as const;

  it('finds the goroutine that has the same address among its arguments', () => {
    const built = makeSnapshot({
      events: [event],
      goroutines: [
        { id: 7, frames: [user('main.(*Stock).get', 14, '0xc000010000, 0x5')] },
        { id: 8, status: 'runnable', frames: [user('main.other', 40, '0xc000099000')] },
        { id: 9, status: 'runnable', frames: [user('main.fill', 30, '0x1, 0xc000010000')] },
      ],
      crash: {},
    });
    const found = only(race01, built);
    expect(found.headline).toBe('`main.(*Stock).get` (`main.go:14`) reads a map while goroutine 9 (`main.fill`) uses it');
    expect(statements(found)).toContain('Goroutine 9 has `0xc000010000` among its arguments too');
    expect(found.confidence).toBe('certain');
    expect(found.bogus).toEqual([]);
  });

  it('infers the partner from methods of the same type, and marks it as inferred', () => {
    const built = makeSnapshot({
      events: [{ ...event, text: 'concurrent map writes' }],
      goroutines: [
        { id: 7, frames: [user('main.(*Stock).set', 11, '0x0?')] },
        { id: 9, status: 'runnable', frames: [user('main.(*Stock).drop', 30, '0x0?')] },
      ],
      crash: {},
    });
    const found = only(race01, built);
    expect(found.headline).toContain('writes to a map while goroutine 9');
    expect(found.evidence.find((evidence) => evidence.inferred === true)?.statement).toContain('a method of the same type');
  });

  it('calls closures of one function closures', () => {
    const built = makeSnapshot({
      events: [event],
      goroutines: [
        { id: 7, frames: [user('main.main.func1', 11)] },
        { id: 9, status: 'runnable', frames: [user('main.main.func2', 30)] },
      ],
      crash: {},
    });
    expect(statements(only(race01, built))).toContain('a closure of the same function');
  });

  it('claims no partner where none is shown', () => {
    const built = makeSnapshot({
      events: [event],
      goroutines: [
        { id: 7, frames: [user('main.lookup', 14, '0xc000010000?')] },
        { id: 9, status: 'sleep', frames: [user('main.main', 30, '0xc000010000?')] },
      ],
      crash: {},
    });
    expect(only(race01, built).headline).toBe('`main.lookup` (`main.go:14`) reads a map while another goroutine writes to it');
  });

  it('is silent on a nil map and on a mutex error', () => {
    expect(race01.examine(panicked('assignment to entry in nil map', 'nil-map').context)).toEqual([]);
    expect(race01.examine(fatal('sync: unlock of unlocked mutex', 'mutex').context)).toEqual([]);
  });
});

describe('RACE-03', () => {
  const source = { document: 0, start: 0, end: 3 };
  const frame = (name: string, line: number): Frame => ({
    row: 0,
    function: name,
    file: '/src/app/main.go',
    line,
    inlined: false,
    functionInferred: false,
    placed: false,
    kind: 'go',
    source,
  });
  const address = toAddress(0xc0000180e0);

  it('names both accesses', () => {
    const built = makeSnapshot({
      races: [
        {
          address,
          accesses: [
            {
              kind: 'Read',
              access: 'read',
              goroutine: '7',
              frames: [frame('runtime.mapaccess1', 1), frame('main.sum', 12)],
              source,
            },
            { kind: 'Previous write', access: 'write', goroutine: 'main', frames: [frame('main.add', 20)], source },
          ],
        },
      ],
    });
    const found = only(race03, built);
    expect(found.headline).toBe('`main.sum` (`main.go:12`) reads what `main.add` (`main.go:20`) writes without a lock');
    expect(statements(found)).toContain('Previous write by the main goroutine in `main.add`');
    expect(found.bogus).toEqual([]);
  });

  const write = (line: number) => ({
    address,
    accesses: [{ kind: 'Write', access: 'write' as const, goroutine: '7', frames: [frame('main.sum', line)], source }],
  });

  it('tells an access whose stack was lost, and counts pairs past the fifth', () => {
    const found = race03.examine(makeSnapshot({ races: [1, 2, 3, 4, 5, 6, 7].map(write) }).context);
    expect(found).toHaveLength(5);
    expect(found[0]?.headline).toContain('while another goroutine uses it');
    expect(found[4]?.evidence.at(-1)?.statement).toBe('Races of 2 further pairs of places follow in the paste.');
  });

  it('tells reports of the same places once', () => {
    const found = only(race03, makeSnapshot({ races: [write(3), write(3), write(3)] }));
    expect(statements(found)).toContain('2 further reports of the same places.');
  });

  it('is silent on a concurrent map error and on an empty case', () => {
    expect(race03.examine(fatal('concurrent map writes', 'concurrent-map').context)).toEqual([]);
    expect(race03.examine(makeSnapshot().context)).toEqual([]);
  });
});
