/** Real dumps from their bytes to the findings: the first finding, the lines that prove it, and silence of all other rules. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/core/index.ts';
import { headlineOf } from '../../../src/core/report/headline.ts';

const folder = new URL('../../fixtures/diagnose/', import.meta.url);

interface Expected {
  headline: string;
  /** Lines of the dump that the evidence of the first finding quotes, from 1. */
  lines: number[];
  /** Further rules that may speak; none by default. */
  also?: string[];
}

const expected: Record<string, Expected> = {
  'bus-01-truncated-file': {
    headline: '`main.(*Ledger).sum` (`main.go:15`) reads or writes past the end of a mapped file',
    lines: [2, 10],
    also: ['FAULT-01'],
  },
  'dl-01-goexit': {
    headline: 'The main goroutine ended with `Goexit` and no other goroutine is left',
    lines: [1],
  },
  'dl-01-locks': {
    headline:
      'Every goroutine waits: `main.main` (`main.go:36`) for a WaitGroup, `main.(*Dock).unload` (`main.go:15`) for a lock and 2 further goroutines',
    lines: [1, 8, 20, 36, 42],
  },
  'dump-01-pprof': {
    headline: '2 goroutines without a reason for a crash',
    lines: [8, 12],
  },
  'dump-01-sigquit': {
    headline: 'A dump of 11 goroutines on request, no crash',
    lines: [1, 9, 21, 31, 37],
  },
  'fault-01-wild-pointer': {
    headline: '`main.rd` (`main.go:91`) reached `0x12345678`, which it may not access',
    lines: [2, 10],
  },
  'fault-02-protected-page': {
    headline: '`main.(*Ledger).post` (`main.go:12`) touches `0x5547475080`, a page that is mapped but protected',
    lines: [2, 10],
    also: ['FAULT-01'],
  },
  'mem-01-limit': {
    headline: '`main.main` (`main.go:34`) asked for 33,554,432 bytes that the system did not give',
    lines: [2, 15],
  },
  'nil-01-field': {
    headline: '`main.(*Slot).Take` (`main.go:17`) uses a nil pointer, offset `0x18`',
    lines: [1, 5],
  },
  'nil-01-wasm': {
    headline: '`main.f` (`main.go:6`) uses a nil pointer, offset `0x0`',
    lines: [1, 5],
  },
  'panic-01-http-server': {
    headline: '`main.main.func6` (`main.go:102`) panics with `handler boom`',
    lines: [1, 7],
  },
  'panic-01-named-value': {
    headline: '`main.main` (`main.go:32`) panics with `main.LoadCode(42)`',
    lines: [1, 4],
  },
  'panic-01-recovered-then-new': {
    headline: '`main.recoverNew` (`main.go:206`) panics with `original`',
    lines: [1, 9, 2],
  },
  'panic-01-string': {
    headline: '`main.main` (`main.go:222`) panics with `plain string`',
    lines: [1, 4],
  },
  'panic-02-repanicked': {
    headline: '`main.(*Pallet).box` (`main.go:8`) uses index 9 where the length is 5',
    lines: [1, 24, 2, 3, 4, 5],
  },
  'panic-02-slice': {
    headline: '`main.main` (`main.go:49`) slices from 10 to 3, the start behind the end',
    lines: [1, 4],
  },
  'panic-02-without-numbers': {
    headline: '`main.main` (`main.go:250`) uses an index or bound that is out of range',
    lines: [1, 4],
  },
  'panic-03-assertion': {
    headline: '`main.main` (`main.go:45`) asserts `interface { Weigh() int }` on a value of type `string`',
    lines: [1, 4],
  },
  'panic-04-nil-map': {
    headline: '`main.main` (`main.go:262`) writes to a map that was never made',
    lines: [1, 4],
  },
  'panic-05-closed-twice': {
    headline: '`main.main` (`main.go:28`) closes a channel that is closed already',
    lines: [1, 4],
  },
  'panic-06-divide': {
    headline: '`main.main` (`main.go:42`) divides an integer by zero',
    lines: [1, 4],
  },
  'panic-07-makeslice': {
    headline: '`main.main` (`main.go:52`) asks for an impossible size',
    lines: [1, 4],
  },
  'panic-09-finalizer': {
    headline: '`main.main` (`main.go:485`) stops with `runtime.SetFinalizer: first argument is int, not pointer`',
    lines: [1, 8],
  },
  'panic-09-logged-stack': {
    headline: 'A panic began in `main.main` (`main.go:112`); the paste does not say why',
    lines: [7, 9],
  },
  'race-01-read-and-write': {
    headline: '`main.(*Stock).get` (`main.go:14`) reads a map while goroutine 19 (`main.(*Stock).set`) uses it',
    lines: [1, 4, 18],
  },
  'race-03-report': {
    headline: '`main.(*Tally).add` (`main.go:14`) runs in two goroutines that use `0xc00009e020` without a lock',
    lines: [2, 4, 12, 28],
  },
  'sig-01-sent-by-process': {
    headline: '`SIGSEGV` was sent by the process with pid 22430',
    lines: [1, 13],
  },
  'stk-01-recursion': {
    headline: '`main.infinite` (`main.go:64`) calls itself without end',
    lines: [3, 1, 14],
  },
  'sync-01-unlock': {
    headline: '`main.main` (`main.go:19`) unlocks a mutex that nobody holds',
    lines: [1, 12, 10],
  },
  'sync-01-waitgroup': {
    headline: '`main.main` (`main.go:24`) calls `Done` on a WaitGroup more often than `Add` allowed',
    lines: [1, 8, 6],
  },
  'test-01-timeout': {
    headline:
      '`TestQueueDrain/nested/level=2` did not finish within `1s`; it hangs in `depot.example/slowtest.drain` (`depot_test.go:13`), waiting for a value on a channel',
    lines: [5, 41, 33, 59],
  },
};

async function examine(name: string) {
  const bytes = new Uint8Array(readFileSync(new URL(`${name}.txt`, folder)));
  const analysed = await analyse([{ name: `${name}.txt`, bytes }]);
  const [main] = analysed.snapshots;
  if (main === undefined) throw new Error(`${name}: nothing was recognised`);
  const text = new TextDecoder().decode(bytes);
  const lineOf = (at: number) => text.slice(0, at).split('\n').length;
  const lines = (main.findings[0]?.evidence ?? []).flatMap(({ source }) => (source === undefined ? [] : [lineOf(source.start)]));
  return { main, lines: [...new Set(lines)] };
}

describe('dumps of known cause', () => {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => name.replace('.txt', ''));

  it('are all expected', () => {
    expect(names.sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(Object.entries(expected))('%s', async (name, want) => {
    const { main, lines } = await examine(name);
    const rules = [...new Set(main.findings.map((finding) => finding.rule))];
    expect(headlineOf(main)).toBe(want.headline);
    expect(rules).toEqual([name.split('-').slice(0, 2).join('-').toUpperCase(), ...(want.also ?? [])]);
    expect(lines).toEqual(want.lines);
  });

  it.each(Object.keys(expected).filter((name) => !name.startsWith('fault-01')))('%s accuses no pointer', async (name) => {
    const { main } = await examine(name);
    expect(main.findings.flatMap((finding) => finding.bogus)).toEqual([]);
  });
});
