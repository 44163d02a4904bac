import { describe, expect, it } from 'vitest';
import { dump01 } from '../../../../src/core/diagnose/rules/dump-01.ts';
import { sig01 } from '../../../../src/core/diagnose/rules/sig-01.ts';
import { test01 } from '../../../../src/core/diagnose/rules/test-01.ts';
import { toAddress } from '../../../../src/core/model/address.ts';
import type { SignalFacts } from '../../../../src/core/model/event.ts';
import { makeSnapshot } from '../../../support/snapshot.ts';
import type { GoroutineSpec } from '../../../support/snapshot-spec.ts';
import { crashed, fatal, library, only, panicFrame, panicked, statements, user } from './support.ts';

function signalled(signal: SignalFacts, goroutines: GoroutineSpec[], kind: 'signal' | 'dump' = 'signal') {
  return makeSnapshot({
    events: [{ kind: 'signal', text: signal.name, category: 'signal', signal }],
    goroutines,
    crash: { kind, signal: signal.name },
  });
}

const worker = (id: number, status = 'chan receive'): GoroutineSpec => ({
  id,
  status,
  frames: [
    { function: 'runtime.gopark' },
    { function: 'runtime.chanrecv', arguments: '0xc000082180, 0x0, 0x1' },
    user('main.serve', 20),
  ],
});

describe('DUMP-01', () => {
  it('tells the groups and the sender, and accuses nothing', () => {
    const built = signalled(
      { name: 'SIGQUIT', code: 0, address: toAddress(0x579e) },
      [{ id: 1, status: 'running', frames: [user('main.main', 5)] }, worker(5), worker(6), worker(7)],
      'dump',
    );
    const found = only(dump01, built);
    expect(found.headline).toBe(
      'A dump of 4 goroutines on request, no crash; the largest group, 3 goroutines, is in `main.serve` (`main.go:20`)',
    );
    expect(found.explanation).toContain('pid 22430');
    expect(statements(found)).toContain('3 goroutines are waiting for a value on a channel in `main.serve`');
    expect(statements(found)).toContain('3 goroutines wait for the same object at `0xc000082180`');
    expect(found.confidence).toBe('certain');
    expect(found.bogus).toEqual([]);
  });

  it('knows a dump without a reason', () => {
    const found = only(dump01, makeSnapshot({ goroutines: [worker(1), worker(2)], crash: { kind: 'dump', event: -1 } }));
    expect(found.confidence).toBe('likely');
    expect(found.against).toHaveLength(1);
  });

  it('names no largest group among goroutines that all differ', () => {
    const built = signalled({ name: 'SIGQUIT', code: 0 }, [worker(5), { id: 6, status: 'sleep', frames: [user('main.tick')] }]);
    expect(only(dump01, built).headline).toBe('A dump of 2 goroutines on request, no crash');
  });

  it('speaks of a dump without goroutines', () => {
    expect(only(dump01, signalled({ name: 'SIGQUIT', code: 0 }, [])).headline).toContain('no goroutine was printed');
  });

  it('doubts a SIGQUIT behind the first goroutine: a relay to another thread', () => {
    const source = { document: 0, start: 100_000, end: 100_013 };
    const built = makeSnapshot({
      events: [{ kind: 'signal', text: 'SIGQUIT: quit', signal: { name: 'SIGQUIT', code: 0 }, source }],
      goroutines: [worker(1), worker(2)],
      crash: { kind: 'dump', signal: 'SIGQUIT' },
    });
    const found = only(dump01, built);
    expect(found.confidence).toBe('likely');
    expect(found.headline).toContain('without a reason for a crash');
    expect(found.against).toHaveLength(2);
  });

  it('counts goroutines printed twice once', () => {
    const built = signalled({ name: 'SIGQUIT', code: 0 }, [worker(5), { ...worker(5), flags: 32 }]);
    expect(only(dump01, built).headline).toContain('A dump of 1 goroutine on request');
  });

  it('is silent on a panic whose other threads were sent SIGQUIT', () => {
    const built = makeSnapshot({
      events: [
        { kind: 'panic', text: 'boom', category: 'user-value' },
        { kind: 'signal', text: 'SIGQUIT: quit', signal: { name: 'SIGQUIT', code: 0 } },
      ],
      goroutines: [worker(1)],
      crash: { kind: 'panic', event: 0, signal: 'SIGQUIT' },
    });
    expect(dump01.examine(built.context)).toEqual([]);
  });

  it('is silent when the reason was cut off before a panicking goroutine, and without goroutines', () => {
    expect(dump01.examine(makeSnapshot({ frames: [panicFrame, user('main.main')] }).context)).toEqual([]);
    expect(dump01.examine(makeSnapshot().context)).toEqual([]);
  });

  it('is silent on SIGSEGV', () => {
    expect(dump01.examine(signalled({ name: 'SIGSEGV', code: 1, address: toAddress(8) }, [worker(1)]).context)).toEqual([]);
  });
});

describe('SIG-01', () => {
  it('reads the pid of the sender', () => {
    const found = only(sig01, signalled({ name: 'SIGTERM', code: 0, address: toAddress(0x579e) }, [worker(1)]));
    expect(found.headline).toBe('`SIGTERM` was sent by the process with pid 22430');
    expect(found.confidence).toBe('certain');
  });

  it('takes no address for a pid when it is too large', () => {
    expect(only(sig01, signalled({ name: 'SIGSEGV', code: 0, address: toAddress(0xffffffff) }, [worker(1)])).headline).toContain(
      'another process',
    );
  });

  it('knows abort in C code, with less confidence than an outer sender', () => {
    const found = only(
      sig01,
      signalled({ name: 'SIGABRT', code: -6, duringCgo: true }, [
        {
          id: 1,
          frames: [
            { function: 'runtime.cgocall' },
            { function: 'main._Cfunc_scale', file: '_cgo_gotypes.go' },
            user('main.main'),
          ],
        },
      ]),
    );
    expect(found.headline).toContain('The process sent itself `SIGABRT` under `main.main`');
    expect(found.confidence).toBe('likely');
    expect(found.explanation).toContain('abort()');
  });

  it('does not take the code 0 of a Windows exception for a sender', () => {
    expect(
      sig01.examine(signalled({ name: '0xc0000005', code: 0, address: toAddress(0x12345678) }, [worker(1)]).context),
    ).toEqual([]);
  });

  it('is silent on faults, on SIGQUIT and on panics', () => {
    expect(sig01.examine(signalled({ name: 'SIGSEGV', code: 1, address: toAddress(8) }, [worker(1)]).context)).toEqual([]);
    expect(sig01.examine(signalled({ name: 'SIGSEGV', code: 0x80 }, [worker(1)]).context)).toEqual([]);
    expect(sig01.examine(signalled({ name: 'SIGQUIT', code: 0 }, [worker(1)]).context)).toEqual([]);
    expect(sig01.examine(panicked('boom', 'user-value').context)).toEqual([]);
  });
});

describe('TEST-01', () => {
  const text = 'test timed out after 1s\nrunning tests:\n\tTestQueue (1s)\n\tTestQueue/level=2 (1s)';
  const alarm: GoroutineSpec = { id: 17, frames: [library('testing.(*M).startAlarm.func1')] };
  const parent: GoroutineSpec = {
    id: 7,
    status: 'chan receive',
    frames: [library('testing.(*T).Run', '0xc0'), user('app.example/depot.TestQueue', 19), library('testing.tRunner')],
  };
  const child: GoroutineSpec = {
    id: 8,
    status: 'sync.Mutex.Lock',
    frames: [
      library('sync.(*Mutex).Lock'),
      user('app.example/depot.drain', 13),
      user('app.example/depot.TestQueue.func1', 21),
      library('testing.tRunner'),
    ],
  };

  it('names the test, and where its own goroutine hangs', () => {
    const built = makeSnapshot({
      events: [{ kind: 'panic', text, category: 'test-timeout' }],
      goroutines: [alarm, parent, child],
      crash: { kind: 'timeout' },
    });
    const found = only(test01, built);
    expect(found.headline).toBe(
      '`TestQueue/level=2` did not finish within `1s`; it hangs in `app.example/depot.drain` (`main.go:13`), waiting for a lock',
    );
    expect(found.next[0]?.command).toBe("go test -v -timeout 30s -run '^TestQueue$' ./...");
    expect(found.focus?.goroutine).toBe('8');
  });

  it('finds the test by its frames when no list is printed', () => {
    const built = makeSnapshot({
      events: [{ kind: 'panic', text: 'test timed out after 10m0s', category: 'test-timeout' }],
      goroutines: [alarm, parent, child],
      crash: { kind: 'timeout' },
    });
    expect(only(test01, built).headline).toContain(
      '`TestQueue` did not finish within `10m0s`; it hangs in `app.example/depot.drain`',
    );
  });

  it('says so when the goroutine of the test is not in the paste', () => {
    const built = makeSnapshot({
      events: [{ kind: 'panic', text, category: 'test-timeout' }],
      goroutines: [alarm],
      crash: { kind: 'timeout' },
    });
    expect(only(test01, built).headline).toBe('`TestQueue/level=2` did not finish within `1s`');
  });

  it('is silent on a failing test and on a program that says the words', () => {
    expect(
      test01.examine(
        crashed([{ kind: 'panic', text: 'boom', category: 'user-value' }], [user('app.TestX'), library('testing.tRunner')])
          .context,
      ),
    ).toEqual([]);
    expect(test01.examine(fatal('all goroutines are asleep - deadlock!', 'deadlock').context)).toEqual([]);
  });
});
