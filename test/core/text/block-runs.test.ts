/** Plain blocks that are read in a run give the rows that the reader of blocks gives. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frames, read } from './render.ts';

const id = fc.oneof(
  fc.constantFrom('0', '1', '007', '123456789012345', '1234567890123456', '18446744073709551615', '99999999999999999999999', ''),
  fc.nat(1e9).map(String),
);
const place = fc.constantFrom(
  '',
  'gp=0xc000002380 m=nil ',
  'gp=0xfedcba9876543210 m=nil ',
  'gp=0xfedcba98765432101 m=nil ',
  'gp=0x m=nil ',
  'gp=nil m=nil ',
  'gp=0x1 m=3 mp=0xc1 ',
  'gp=0x1 m=12 mp=nil ',
  'gp=0x1 m=1234567890 mp=0xc1 ',
  'gp=0x1 m= mp=0xc1 ',
  'gp=0x1 m=3 mp=0xc1',
  'gp=0x1 m=3 mp=0xc000000000000000000000000000000000000000000001 ',
  'gp=0x1 ',
  'gp=0',
  'm=nil ',
);
const status = fc.constantFrom(
  'select',
  'IO wait',
  'chan receive (nil chan)',
  'running',
  'sync.Mutex.Lock',
  'wait (scan)',
  'GC worker (idle)',
  '(scan)',
  ' (scan)',
  'a:b',
  'a]b',
  '',
  'x labels:{"a": "b"}',
);
const rest = fc.constantFrom(
  '',
  ', 1 minutes',
  ', 4294967296 minutes',
  ', 123456789 minutes',
  ', minutes',
  ', 5 minuten',
  ', 5 minute',
  ', locked to thread',
  ', locked to threads',
  ', locked to thread, 7 minutes',
  ', 7 minutes, locked to thread',
  ',',
);
const end = fc.constantFrom(']:', ']:', ']:', ']:', ']', ': ', '] {a: b}:', ']::', '}:');
const header = fc
  .tuple(
    fc.constantFrom('goroutine ', 'goroutine ', 'goroutine ', 'goroutin', 'goroutine  ', ' goroutine '),
    id,
    place,
    status,
    rest,
    end,
  )
  .map(([word, number, where, what, more, close]) => `${word}${number} ${where}[${what}${more}${close}`);
const body = fc.constantFrom(
  '',
  'main.f(0x1)\n\t/x.go:1 +0x2\n',
  'main.f(0x1)\n\t/x.go:1 +0x2\ncreated by main.g in goroutine 1\n\t/x.go:9 +0x3\n',
  'main.f(0x1)\n\t/x.go:1 +0x2\ncreated by main.g in goroutine 1\n\t/x.go:9 +0x3\n[originating from goroutine 5]:\nmain.h()\n\t/x.go:3 +0x2\n',
  'main.f(0x1)\n\t/x.go:1 +0x2\n...additional frames elided...\ncreated by main.g\n\t/x.go:9 +0x3\n',
  'main.f(0x1)\nmain.f(0x1)\n\t/x.go:1 +0x2\n',
  'main.f(0x1)\n\t/x.go:1 +0x2\nsomeone else said this\n',
);
const gap = fc.constantFrom('\n', '\n', '\n', '', '\n\n', ' \n', 'x');

function rows(text: string): unknown {
  const { columns, records } = read(text);
  const goroutines = Object.entries(columns.goroutines.table()).map(([name, column]) => [name, String(column)]);
  return {
    records: {
      ...records,
      facts: records.facts.map((fact) => (fact.kind === 'event' ? fact.event.kind : { ...fact, source: '' })),
    },
    frames: frames(columns, 0, columns.frames.length),
    goroutines,
  };
}

describe('runs of plain blocks', () => {
  it('give the rows that the reader of blocks gives', () => {
    const blocks = fc.array(fc.tuple(header, body, gap), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(blocks, fc.nat(40), (chosen, cut) => {
        // The first blocks teach the names and the states.
        const lesson =
          'goroutine 1 gp=0x1 m=nil [select]:\nmain.f(0x1)\n\t/x.go:1 +0x2\ncreated by main.g in goroutine 1\n\t/x.go:9 +0x3\n\n';
        const states = ['IO wait', 'running', 'sync.Mutex.Lock', 'a]b'].map(
          (what) => `goroutine 2 [${what}]:\nmain.f(0x1)\n\t/x.go:1 +0x2\n\n`,
        );
        const text = `${lesson}${lesson}${states.join('')}${chosen.map((parts) => parts.join('')).join('')}`;
        // A blank at the end of a header keeps its block out of a run.
        const whole = text.slice(0, text.length - cut);
        expect(rows(whole)).toEqual(rows(whole.replace(/^ ?gorouti.*(?=\n)/gm, '$& ')));
      }),
      { numRuns: 200 },
    );
  });
});
