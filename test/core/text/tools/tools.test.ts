import { describe, expect, it } from 'vitest';
import { read } from '../render.ts';
import { facts, proseOf, readFixture, stackOf, wordsIn } from '../support.ts';

const tools = readFixture('tools.txt');
const gnu = readFixture('returns.objdump.txt');
const go = readFixture('returns.go-objdump.txt');

/** Offsets of the returns of the only listed function. */
function returnsOf(reading: ReturnType<typeof read>): number[] {
  const [listing] = facts(reading, 'listing').map((fact) => fact.listing);
  return (listing?.instructions ?? []).flatMap((one) => (/^ret/i.test(one.text) && one.offset !== undefined ? [one.offset] : []));
}

describe('listings', () => {
  it.each([
    ['objdump', gnu, 'intel'],
    ['go tool objdump', go, 'go'],
  ] as const)('%s: every instruction, its bytes and its place', (_name, reading, syntax) => {
    expect(proseOf(reading)).toEqual([]);
    const [listing] = facts(reading, 'listing').map((fact) => fact.listing);
    expect(listing).toMatchObject({ function: 'strconv.Atoi', syntax, origin: 'disassembly' });
    expect(listing?.instructions).toHaveLength(150);
    expect(listing?.instructions[6]?.bytes).toHaveLength(9);
    expect(returnsOf(reading)).toEqual([271, 352, 559, 582]);
    expect(facts(reading, 'symbol').map((fact) => fact.symbol)).toMatchObject([{ name: 'strconv.Atoi', start: 0x468080n }]);
  });

  it('reads objdump without bytes, with source, and without its head', () => {
    const source = read(
      [
        '0000000000401000 <main.f.abi0>:',
        'main.f():',
        '/src/f.s:3',
        '  401000:	mov    %rsp,%rbp',
        '	x := 1',
        '  401003:	ret',
        '',
      ].join('\n'),
    );
    expect(facts(source, 'listing')[0]?.listing.instructions.map((one) => one.offset)).toEqual([0, 3]);
    const bare = read('  401000:	48 89 e5             	mov    %rsp,%rbp\n  401003:	c3                   	ret\n');
    expect(facts(bare, 'listing')[0]?.listing).toMatchObject({ syntax: 'att' });
    expect(facts(bare, 'listing')[0]?.listing.instructions).toHaveLength(2);
  });

  it('joins bytes that go on in the line below, which are no instruction', () => {
    const wrapped = read(
      [
        '  76ab83:	64 4c 8b 34 25 f8 ff 	mov    %fs:0xfffffffffffffff8,%r14',
        '  76ab8a:	ff ff ',
        '  76ab8c:	c3                   	ret',
        '',
      ].join('\n'),
    );
    const instructions = facts(wrapped, 'listing')[0]?.listing.instructions ?? [];
    expect(instructions.map((one) => [one.text, one.bytes?.length])).toEqual([
      ['mov %fs:0xfffffffffffffff8,%r14', 9],
      ['ret', 1],
    ]);
  });
});

describe('tools', () => {
  it('leaves no line unread', () => expect(proseOf(tools)).toEqual([]));

  it('learns functions from nm and perf', () => {
    const symbols = new Map(facts(tools, 'symbol').map((fact) => [fact.symbol.name, fact.symbol]));
    expect(symbols.get('main.mix')).toMatchObject({ start: 0x487dc0n });
    expect(symbols.get('main.worker')).toMatchObject({ start: 0x487e00n, end: 0x487e40n });
    expect(symbols.get('fmt.(*fmt).fmtInteger')?.start).toBe(0x47b696n - 0x496n);
    expect(symbols.has('runtime.m0')).toBe(false);
  });

  it('reads segments, maps and pmap', () => {
    const [segments, ...maps] = facts(tools, 'mappings').map((fact) => fact.mappings);
    expect(segments).toMatchObject([
      { start: 0x400000n, end: 0x487a3cn, permissions: 'r-xp' },
      { start: 0x533000n, end: 0x570700n, permissions: 'rw-p', fileOffset: 0x133000n },
    ]);
    expect(maps.flat()).toContainEqual(
      expect.objectContaining({ start: 0x7ffc4bd7c000n, end: 0x7ffc4bd9d000n, file: '[stack]' }),
    );
  });

  it('gives no mappings for a program that is loaded elsewhere', () => {
    const reading = read(
      '  LOAD           0x000000 0x0000000000000000 0x0000000000000000 0x087a3c 0x087a3c R E 0x1000\n  LOAD           0x133000 0x0000000000133000 0x0000000000133000 0x009e60 0x03d700 RW  0x1000\n',
    );
    expect(facts(reading, 'mappings')).toEqual([]);
    expect(proseOf(reading)).toEqual([]);
  });

  it('makes words of addresses, not of places in a file', () => {
    expect([...wordsIn(tools)]).toEqual([
      [0xc000040000n, 0xc000068f68n],
      [0xc000040008n, 0x4b7a45n],
      [0xc000040010n, 0x30bc5b29n],
      [0xc000040018n, 0n],
      [0xc000040020n, 0xc000068f68n],
      [0xc000040028n, 0x4b7a45n],
    ]);
  });

  it('reads the kernel’s lines as a log, with code and bytes', () => {
    const [fault, protection] = facts(tools, 'event').map((fact) => fact.event);
    expect(fault).toMatchObject({
      kind: 'log',
      signal: { name: 'SIGSEGV', code: 1, address: 0x30bc5b31n, pc: 0x55f65984e139n },
    });
    expect(fault?.signal?.instructionBytes).toEqual(Uint8Array.of(0x8b, 0x10, 0x83, 0xc2, 0x01));
    expect(protection?.signal).toMatchObject({ code: 0x80, pc: 0x55f65984e139n });
    expect(protection?.signal?.address).toBeUndefined();
  });

  it('reads a core’s report', () => {
    expect(facts(tools, 'process').map((fact) => fact.facts.pid)).toContain(19751);
    expect(facts(tools, 'debugger-stack').map((fact) => fact.tid)).toEqual([19753, 19751]);
    expect(stackOf(tools, 0)).toMatchObject([{ function: 'runtime.traceStack', pc: 0x45930cn }, { pc: 0x4592a5n }]);
  });
});
