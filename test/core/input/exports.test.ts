import { describe, expect, it } from 'vitest';
import { expectExactOrigin, fixture, linesOf, open, textOf } from './support.ts';

const text = fixture('return-pc');
const lines = text.split('\n').slice(0, -1);

const streams = {
  status: 'success',
  data: {
    resultType: 'streams',
    result: [{ stream: { app: 'vat' }, values: lines.map((line, at) => [(1784000000000000000n + BigInt(at)).toString(), line]) }],
    stats: { summary: { note: 'none', took: '12' } },
  },
};

/** The form, its layers, and what it leaves around the text. */
const exported: readonly [string, string, string[], string?, string?][] = [
  [
    'records of several lines of JSON',
    lines.map((line) => `${JSON.stringify({ _PID: '7', MESSAGE: line, PRIORITY: '6' }, null, 2)}\n`).join(''),
    ['json'],
  ],
  [
    'a list of records, indented',
    `${JSON.stringify({ events: lines.map((message, index) => ({ timestamp: index, message, tags: ['a', 'b'] })) }, null, 4)}\n`,
    ['json'],
  ],
  [
    'records inside of records',
    lines.map((line) => `${JSON.stringify({ severity: 'E', jsonPayload: { message: line } })}\n`).join(''),
    ['json'],
  ],
  ['a table', `time,message\n${lines.map((line, index) => `${index},"${line.replaceAll('"', '""')}"\n`).join('')}`, ['csv']],
  ['a table of one record', `id,level,msg,pod\n7,error,"${text.trimEnd()}",p-1\n`, ['csv']],
  ['literal line ends', `${text.replaceAll('\t', '\\t').replaceAll('\n', '\\n')}\n`, ['literal-breaks']],
  [
    'bytes as Python shows them',
    `CalledProcessError: stderr=b'${text.replaceAll('\t', '\\t').replaceAll('\n', '\\n')}')\n`,
    ['literal-breaks'],
    'CalledProcessError: stderr=b\n',
  ],
  ['one record of syslog', `${text.trimEnd().replaceAll('\t', '#011').replaceAll('\n', '#012')}\n`, ['octal-tabs']],
  ['line ends made visible', lines.map((line) => `${line.replaceAll('\t', '^I')}$\n`).join(''), ['visible-ends']],
  ['an empty line after every line', lines.map((line) => `${line}\n\n`).join(''), ['double-spaced']],
  ['numbered lines', lines.map((line, index) => `${String(index + 1).padStart(6)}\t${line}\n`).join(''), ['prefix']],
  ['lines numbered by less', lines.map((line, index) => `${String(index + 1).padStart(7)} ${line}\n`).join(''), ['prefix']],
  ['streams of a log store', `${JSON.stringify(streams)}\n`, ['json']],
  ['streams of a log store, indented', `${JSON.stringify(streams, null, 2)}\n`, ['json']],
  [
    'time, tag and a record without line ends',
    lines.map((log, at) => `2026-07-14 03:17:20.${at} +0000 vat.stderr: ${JSON.stringify({ log, stream: 'stderr' })}\n`).join(''),
    ['prefix', 'json'],
  ],
  [
    'a few records in a letter',
    `Hello,\n\nthis is what we got,\nfrom both of them:\n${lines.map((line) => `${JSON.stringify({ line })}\n`).join('')}\nBye\n`,
    ['json'],
    'Hello,\n\nthis is what we got,\nfrom both of them:\n',
    '\nBye\n',
  ],
  [
    'rows of a page',
    `<table>${lines.map((line, at) => `<tr><td>${at}</td><td>${escapeHtml(line)}</td></tr>\n`).join('')}</table>\n`,
    ['html'],
    '',
    '\n',
  ],
  [
    'a mail in base64',
    `From: a@b.example\nContent-Transfer-Encoding: base64\n\n${Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\n')}\n`,
    ['base64'],
    'From: a@b.example\nContent-Transfer-Encoding: base64\n\n',
  ],
];

function escapeHtml(line: string): string {
  return line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

describe('exports of logs', () => {
  it.each(exported)('%s', async (_name, wrapped, layers, before = '', after = '') => {
    const document = await open(wrapped);
    expect(document.layers).toEqual(layers);
    expect(textOf(document)).toBe(before + text + after);
    expectExactOrigin(document);
  });

  it('breaks of a page end lines', async () => {
    const document = await open(
      `<body>${lines.map((line) => escapeHtml(line).replace('\t', '&nbsp;&nbsp;')).join('<br>\n')}</body>\n`,
    );
    expect(
      linesOf(document)
        .map((line) => line.trim())
        .filter(Boolean),
    ).toEqual(lines.map((line) => line.trim()).filter(Boolean));
    expectExactOrigin(document);
  });

  it('the signal of a flattened dump stays whole', async () => {
    const flat =
      'unexpected fault address 0x30b48d fatal error: fault [signal SIGSEGV: segmentation violation code=0x2 addr=0x30b48d pc=0x226864]  goroutine 1 [running]: runtime.throw({0x3093b4?, 0x328388?}) \t/go/src/runtime/panic.go:1229 +0x38 main.main() \t/x.go:1 +0x2\n';
    const document = await open(flat);
    expect(linesOf(document)[2]).toBe('[signal SIGSEGV: segmentation violation code=0x2 addr=0x30b48d pc=0x226864]');
  });

  it('a prefix is found where a dump has no goroutine', async () => {
    const dump = 'fatal error: out of memory\n\nruntime stack:\nruntime.throw({0x1, 0x2})\n\t/go/src/runtime/panic.go:1 +0x2\n';
    const document = await open(dump.replace(/^(?=.)/gm, 'crash/app: '));
    expect(textOf(document)).toBe(dump);
  });

  it.each(['span.', 'span.base()=0xc0000', '0xc0004'])(
    'a span message that a terminal broke behind %s is whole again',
    async (front) => {
      const whole =
        'runtime: pointer 0xc000480048 to unallocated span span.base()=0xc00008c000 span.limit=0xc000094000 span.state=0';
      const at = whole.lastIndexOf(front) + front.length;
      const document = await open(`${whole.slice(0, at)}\n${whole.slice(at)}\nfatal error: found bad pointer in Go heap\n`);
      expect(linesOf(document)[0]).toBe(whole);
    },
  );

  it('words before the reason get a line of their own', async () => {
    const document = await open('child died: runtime: bad pointer in frame main.f at 0xc00001: 0x10\nfatal error: x\n');
    expect(linesOf(document)[1]).toBe('runtime: bad pointer in frame main.f at 0xc00001: 0x10');
  });

  it('lines of another container do not stand inside a stack', async () => {
    const mixed = lines.map((line, index) => `w-1  | ${line}\n${index % 7 === 3 ? 'db-1 | saving\n' : ''}`).join('');
    const document = await open(mixed);
    expect(textOf(document).startsWith(text)).toBe(true);
  });

  it.each([
    ['a table of numbers', 'name,message\nx,"hello"\ny,"panic"\n'],
    [
      'escapes that a crash printed',
      'panic: got goroutine 7 [running]:\\nmain.f()\\n\\t/x.go:1\n\ngoroutine 1 [running]:\nmain.main()\n\t/x.go:2 +0x1\n',
    ],
    ['settings', '{\n  "message": "hello",\n  "log": "panic: not here"\n}\n'],
    ['lines that end with dollars', 'costs 3$\nand 4$\n'],
    ['a page without a crash', '<p>one<br>\ntwo<br>\nthree<br>\n</p>\n'],
  ])('%s stay as they are', async (_name, given) => {
    expect((await open(given)).layers).toEqual([]);
  });
});
