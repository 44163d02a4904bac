import { describe, expect, it } from 'vitest';
import { originRange } from '../../../src/core/model/origin.ts';
import { expectExactOrigin, fixture, fixtures, linesOf, open, textOf } from './support.ts';

/** Breaks lines at blanks before column `width`, as mail programs do; the rest begins at column 0. */
function wrapMail(text: string, width: number, indentation: string): string {
  const out: string[] = [];
  for (const line of text.split('\n').slice(0, -1)) {
    let rest = line;
    let front = indentation;
    while (rest.length + front.length > width) {
      const indented = rest.length - rest.trimStart().length;
      const cut = rest.lastIndexOf(' ', width - front.length);
      if (cut <= indented) break;
      out.push(front + rest.slice(0, cut));
      rest = rest.slice(cut + 1);
      front = '';
    }
    out.push(front + rest);
  }
  return `${out.join('\n')}\n`;
}

describe('mail wraps', () => {
  for (const width of [72, 76, 79]) {
    for (const name of fixtures) {
      it(`${name} at ${width} columns, indented`, async () => {
        const text = fixture(name);
        const document = await open(`Hello,\n\nwe see this:\n\n${wrapMail(text, width, '   ')}`);
        const lines = (whole: string) => whole.split('\n').map((line) => line.trim());
        expect(lines(textOf(document)).slice(4)).toEqual(lines(text));
        expectExactOrigin(document);
      });
    }
  }

  it.each([
    ['span fields', 'runtime: pointer 0x12340 to unallocated span \nspan.base()=0x12000 span.limit=0x14000 span.state=0', 1],
    [
      'a remark',
      'runtime: marked free object in span 0x7f00, elemsize=24 freeindex=0\n(bad use of unsafe.Pointer? try -d=checkptr)',
      1,
    ],
    ['a header', 'goroutine 18 gp=0x1200 m=2\nmp=0x1300 [running, locked to\nthread]:', 1],
    ['arguments', 'example.com/lib/pkg.(*T).call({0x7f8e,\n0xc000}, 0x7f8e, {0x7f8e59066f52,\n0x2d})', 1],
    [
      'a debugger frame',
      '#1  0x0000000000461234 in\nexample.com/lib.(*exporter).finish\n(e=0x1000, out=0x2000) at\n/home/ci/lib/export.go:338',
      1,
    ],
    ['a stop', 'lib.copy (gp=0x1000, size=<optimized out>) at \n/home/ci/lib/stack.go:886', 1],
    ['a mapping', '  0x6fffd000  0x70001000  0x4000  0x0 \n/usr/lib/rr/page.so', 1],
    ['the signal', '[signal SIGSEGV: segmentation violation code=0x1 addr=0x18\npc=0x4863c0]', 1],
    ['a return address', 'runtime: g 7: unexpected return pc for example.com/lib.f called from\n0x7fffffffe000', 1],
    ['prose', 'The pointer 0x12340 was found in a span\nspan and the frame\n/home/ci has it (see\nbelow)', 4],
    ['mappings without files', '0x1000 0x2000 0x1000 0x0\n0x2000 0x3000 0x1000 0x0', 2],
    ['whole frames', '#0  lib.f (a=1) at /x.go:1\n#1  lib.g (b=2) at /x.go:2', 2],
    ['a frame on two lines, as gdb prints it', '#0  lib.f (a=1)\n    at /x.go:1', 2],
  ])('%s', async (_name, text, lines) => {
    const document = await open(`${text}\n`);
    expect(document.layers).toEqual(lines === text.split('\n').length ? [] : ['mail-wrap']);
    expect(linesOf(document).length - 1).toBe(lines);
    // Only blanks and line feeds change.
    expect(textOf(document).replaceAll(/\s+/g, ' ')).toBe(`${text}\n`.replaceAll(/\s+/g, ' '));
    expectExactOrigin(document);
  });
});

describe('flattened lines', () => {
  it('a dump', async () => {
    const records = [
      'SIGSEGV: segmentation violation',
      'PC=0x45f0e0 m=3 sigcode=1 addr=0x1234',
      'goroutine 0 gp=0x1000 m=3 mp=0x2000 [idle]:',
      'runtime.walk(...)',
      '\t/go/src/runtime/walk.go:12',
      'runtime.(*tracer).stack({0x1, 0x2}, 0x3)',
      '\t/go/src/runtime/trace.go:40 +0x38d fp=0x1010 sp=0x1000 pc=0x4000',
      'goroutine 7 [chan receive, 3 minutes, locked to thread]:',
      'example.com/lib%2ev2.(*T).f.func1(...)',
      '\t/lib/v2/t.go:7 +0x1',
      'created by example.com/lib.Start in goroutine 1',
      '\t/lib/start.go:9 +0x2',
      'rax 0x0',
      'rip 0x45f0e0',
    ];
    const flat = records.map((record) => record.trim()).join(' ');
    const prose = 'One of the servers died with a dump like this one:';
    const document = await open(`${prose}\n${flat}\nSo much for it.\n`);
    expect(document.layers).toEqual(['one-line']);
    expect(linesOf(document)).toEqual([prose, ...records, 'So much for it.', '']);
    expectExactOrigin(document);
    const at = textOf(document).indexOf('runtime.(*tracer)');
    const start = prose.length + 1 + flat.indexOf('runtime.(*tracer)');
    expect(originRange(document.text.origin, 0, at, at + 7)).toEqual({ document: 0, start, end: start + 7 });
  });

  it('assembly', async () => {
    const lines = [
      '// func sum(p unsafe.Pointer, n int) uint64',
      'TEXT ·sum(SB), NOSPLIT, $0-24',
      '\tMOVQ p+0(FP), AX',
      '\tMOVQ $3603962101, BP',
      '\tCMPQ CX, $32',
      '\tJLT tail',
      '\tWORD $0xa9bf7bfd // stp x29, x30, [sp, #-16]!',
      'tail:',
      '\tXORQ DX, DX',
      '\tRET',
    ];
    const document = await open(`Here is it:\n${lines.map((line) => line.trim()).join(' ')}\n`);
    expect(document.layers).toEqual(['one-line']);
    expect(linesOf(document)).toEqual(['Here is it:', ...lines, '']);
    expectExactOrigin(document);
  });

  it('prose about a stack stays prose', async () => {
    const text =
      'It printed goroutine 1 [running]: and nothing else, although TEXT is a directive and MOVQ an instruction of it.\n';
    expect((await open(text)).layers).toEqual([]);
  });
});

describe('lines broken at a fixed column, inside words and numbers', () => {
  const atColumn = (text: string, width: number) =>
    text
      .split('\n')
      .flatMap((line) => line.match(new RegExp(`.{1,${width}}`, 'g')) ?? [''])
      .join('\n');

  it.each([60, 64, 66, 70, 72, 75, 76, 80])('at %i columns', async (width) => {
    const text = fixture('return-pc');
    const document = await open(atColumn(text, width));
    const kept = new Set(linesOf(document));
    const lost = text.split('\n').filter((line) => !kept.has(line));
    expect(lost).toEqual([]);
    expectExactOrigin(document);
  });
});
