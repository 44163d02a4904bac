import { describe, expect, it } from 'vitest';
import { dl02 } from '../../../../src/core/diagnose/rules/dl-02.ts';
import { dl03 } from '../../../../src/core/diagnose/rules/dl-03.ts';
import { race02 } from '../../../../src/core/diagnose/rules/race-02.ts';
import { makeSnapshot } from '../../../support/snapshot.ts';
import type { GoroutineSpec } from '../../../support/snapshot-spec.ts';
import { library, only, panicFrame, panicked, statements, user } from './support.ts';

const waiter = (minutes: number): GoroutineSpec => ({
  status: 'chan receive',
  minutes,
  frames: [{ function: 'runtime.gopark' }, user('app.watch', 30)],
  createdBy: user('app.serve', 80),
});

describe('DL-02', () => {
  it('counts the goroutines and names where they are started', () => {
    const found = only(dl02, makeSnapshot({ goroutines: Array.from({ length: 150 }, () => waiter(30)) }));
    expect(found.headline).toContain('150 goroutines wait for a value on a channel in `app.watch` (`main.go:30`)');
    expect(found.confidence).toBe('likely');
    expect(statements(found)).toContain('`app.serve`');
  });

  it('is a mere possibility without a long wait', () => {
    expect(only(dl02, makeSnapshot({ goroutines: Array.from({ length: 150 }, () => waiter(0)) })).confidence).toBe('possible');
  });

  it('is silent for few, for goroutines that run, and beside a crash', () => {
    const goroutines = Array.from({ length: 150 }, () => waiter(30));
    expect(dl02.examine(makeSnapshot({ goroutines: goroutines.slice(0, 60) }).context)).toEqual([]);
    const busy = goroutines.map((one) => ({ ...one, status: 'runnable' }));
    expect(dl02.examine(makeSnapshot({ goroutines: busy }).context)).toEqual([]);
    const panic = makeSnapshot({ goroutines, events: [{ kind: 'panic', text: 'x' }], crash: { kind: 'panic' } });
    expect(dl02.examine(panic.context)).toEqual([]);
  });
});

describe('DL-03', () => {
  const locked = (): GoroutineSpec => ({
    status: 'sync.Mutex.Lock',
    frames: [library('sync.(*Mutex).Lock', '0xc000012348'), user('app.(*store).get', 20, '0xc000012340, 0x7')],
  });
  const holder = (status: string, argument: string): GoroutineSpec => ({
    status,
    frames: [library('syscall.Syscall'), library('os.(*File).Write'), user('app.(*store).flush', 90, argument)],
  });
  const dump = (number: number, ...others: GoroutineSpec[]) =>
    makeSnapshot({ goroutines: [...Array.from({ length: number }, locked), ...others] });

  it('names the goroutine that has the object and is in a slow call', () => {
    const found = only(dl03, dump(12, holder('syscall', '0xc000012340')));
    expect(found.headline).toContain('goroutine 13 seems to hold during a slow call in `app.(*store).flush`');
    expect(found.focus).toEqual({ goroutine: '13' });
  });

  it('is silent for few waiters, for another object, and when two could be the holder', () => {
    expect(dl03.examine(dump(5, holder('syscall', '0xc000012340')).context)).toEqual([]);
    expect(dl03.examine(dump(12, holder('syscall', '0xc0000f0000')).context)).toEqual([]);
    const two = [holder('syscall', '0xc000012340'), holder('IO wait', '0xc000012340')];
    expect(dl03.examine(dump(12, ...two).context)).toEqual([]);
    expect(dl03.examine(dump(12, holder('running', '0xc000012340')).context)).toEqual([]);
  });
});

describe('RACE-02', () => {
  const bounds = (length: string) =>
    panicked(`runtime error: index out of range [5] with length ${length}`, 'index', panicFrame, user('app.read', 8));

  it('knows a length that no memory has', () => {
    const found = only(race02, bounds('824634150912000'));
    expect(found.headline).toContain('`app.read` (`main.go:8`) used a string or slice with a length of 824634150912000');
    expect(only(race02, bounds('-1')).confidence).toBe('likely');
  });

  it('knows a length without data where its bytes were read', () => {
    const built = panicked(
      'runtime error: invalid memory address or nil pointer dereference',
      'nil-dereference',
      panicFrame,
      { function: 'runtime.sigpanic' },
      { function: 'runtime.memequal', arguments: '' },
      user('app.same', 14, '{0x0, 0x5}, {0xc000012340, 0x5}'),
    );
    expect(only(race02, built).headline).toContain('a length of 5 without data');
  });

  it('knows a slice of a library call that is longer than its capacity', () => {
    const used = (list: string, name = 'bytes.Equal') =>
      panicked('runtime error: index out of range [5] with length 4', 'index', panicFrame, { function: name, arguments: list });
    const found = only(race02, used('{0xc000012340, 0x30, 0x8}, {0xc000012380, 0x8, 0x8}'));
    expect(found.headline).toContain('a slice with a length of 48 and a capacity of 8');
    expect(statements(found)).toContain('`{0xc000012340, 0x30, 0x8}`');
    // A word that may be stale proves nothing, and of the program's own functions the types are not known.
    expect(race02.examine(used('{0xc000012340, 0x30?, 0x8}').context)).toEqual([]);
    expect(race02.examine(used('{0xc000012340, 0x30, 0x8}', 'app.area').context)).toEqual([]);
  });

  it('is silent for an ordinary length, and for a nil struct', () => {
    expect(race02.examine(bounds('4').context)).toEqual([]);
    const plain = panicked(
      'runtime error: invalid memory address or nil pointer dereference',
      'nil-dereference',
      panicFrame,
      { function: 'runtime.sigpanic' },
      user('app.same', 14, '{0x0, 0x5}'),
    );
    expect(race02.examine(plain.context)).toEqual([]);
  });
});
