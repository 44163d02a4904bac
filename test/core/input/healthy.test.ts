import { describe, expect, it } from 'vitest';
import { identityOrigin } from '../../../src/core/model/origin.ts';
import { fixture, fixtures, open } from './support.ts';

const frames = 'goroutine 1 [running]:\nmain.main()\n\t/home/ci/src/x/main.go:30 +0x1da\nexit status 2\n';

/** Values that a program may print and that look like wrappings. */
const odd = {
  'a quoted reply': 'panic: > not\n> a\n> mail\n\n',
  'a JSON value': 'panic: {"log":"hello\\n","stream":"stderr"}\n\n',
  'a page': 'panic: template: <div>&amp;&lt;b&gt;</div>\n\n',
  'a fence': 'panic: see\n\t```\n\tcode\n\t```\n\n',
  'carriage returns': 'panic: one\r\n\ttwo\r\n\tthree\r\n\n',
  'an open bracket': 'panic: main.Tag("dock(\n\t4")\n\n',
  'a number table': 'panic: rows\n\t0x1 0x2\n\tsp=0x1 pc=0x2\n\n',
  'a nested stack': `panic: caught: goroutine 7 [running]:\n\tmain.f()\n\t\t/x/y.go:1 +0x1\n\n`,
  'no-break blanks': 'panic: 10\u00a0000\u00a0\u20ac\n\n',
  'a line of log before': '2026/11/21 09:29:50 worker.go:12: starting\npanic: x\n\n',
  'JSON logs before': '{"level":"info","msg":"up"}\n{"level":"info","msg":"ready"}\npanic: x\n\n',
  'a message with a bar': 'app-1 | started\npanic: x | y\n\n',
};

describe('a text without layers is the document itself', () => {
  const expectUntouched = async (content: string | Uint8Array) => {
    const document = await open(content);
    expect(document.layers).toEqual([]);
    expect(document.text.bytes).toBe(document.bytes);
    expect(document.text.lineStarts).toBe(document.lineStarts);
    expect(document.text.origin).toEqual(identityOrigin(document.bytes.length));
    expect(document.byteLength).toBe(document.bytes.length);
  };
  for (const name of fixtures) it(name, () => expectUntouched(fixture(name)));
  for (const [name, text] of Object.entries(odd)) it(`a value with ${name}`, () => expectUntouched(text + frames));
  it('broken UTF-8', () => expectUntouched(Uint8Array.of(0x70, 0xff, 0xc3, 0x0a, 0xe2, 0x82)));
  it('nothing', () => expectUntouched(''));
  it('prose', () => expectUntouched('We saw a crash in main.main() (see above),\nsp= was wrong.\n\n    Indented code\n'));
});
