import { describe, expect, it } from 'vitest';
import { read } from '../../render.ts';
import { facts, goroutinesOf, proseOf, readFixture, stackOf, wordsIn } from '../../support.ts';

const fatal = readFixture('clobbered-frame-pointer.delve.txt');
const core = readFixture('clobbered-frame-pointer.core.delve.txt');
const commands = readFixture('nil-map-value.delve.txt');

describe('Delve at a fatal signal', () => {
  it('leaves no line unread', () => {
    expect(proseOf(fatal)).toEqual([]);
    expect(facts(fatal, 'command').map((fact) => fact.command)).toHaveLength(13);
  });

  it('reads the stop, names the signal by the first argument and does not count its echo', () => {
    const events = facts(fatal, 'event').map((fact) => fact.event);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      kind: 'signal',
      signal: { name: 'SIGSEGV' },
      stop: { goroutine: '22', function: 'runtime.fatalsignal', line: 839, pc: 0x452fcen },
      step: 1,
    });
  });

  it('reads frames of two lines and marks those that share a pc as inlined', () => {
    const frames = stackOf(fatal, 0);
    expect(frames).toHaveLength(19);
    expect(frames[3]).toMatchObject({ function: 'runtime.traceStack', pc: 0x4666aan, line: 129, inlined: false });
    expect(frames.slice(13, 16).map((frame) => [frame.function, frame.inlined])).toEqual([
      ['internal/sync.(*Mutex).Lock', true],
      ['sync.(*Mutex).Lock', true],
      ['main.(*shard).lookup', false],
    ]);
    expect(frames[18]).toMatchObject({ function: 'runtime.goexit', file: '/usr/local/go/src/runtime/asm_amd64.s' });
    expect(facts(fatal, 'debugger-stack')[0]?.thread).toBe('goroutine 22');
  });

  it('places frames by offsets: absolute on system stacks, below the top on the goroutine’s', () => {
    const frames = stackOf(fatal, 1);
    expect(frames[3]).toMatchObject({ function: 'runtime.traceStack', fp: 0xc00005dee8n });
    expect(frames[3]?.sp).toBeUndefined();
    expect(frames[12]).toMatchObject({ sp: 0xc000087000n - 0x190n, fp: 0xc000087000n - 0x140n });
    expect(frames[15]).toMatchObject({
      function: 'main.(*shard).lookup',
      sp: 0xc000087000n - 0x140n,
      fp: 0xc000087000n - 0x100n,
    });
    expect(facts(fatal, 'value').map((fact) => [fact.name, fact.frame, fact.value])).toEqual([['rbp', 15, 0x30bc5b29n]]);
  });

  it('keeps the registers of each frame apart', () => {
    const sets = facts(fatal, 'registers');
    expect(sets.map((set) => set.frame)).toEqual([0, 3]);
    const of = (set: number, name: string) => sets[set]?.values.find((value) => value.name === name)?.value;
    expect([of(0, 'rip'), of(1, 'rip'), of(1, 'rsi'), of(1, 'r8')]).toEqual([0x452fcen, 0x4666aan, 0x30bc5b29n, 0x49fbc5n]);
    expect(of(0, 'rflags')).toBeUndefined();
  });

  it('makes one row of a goroutine that is listed twice, with its longest stack', () => {
    const goroutines = goroutinesOf(fatal);
    expect(goroutines).toHaveLength(12);
    const current = goroutines.find((goroutine) => goroutine.listed === 'current');
    expect(current).toMatchObject({ id: '22', status: 'running' });
    expect(current?.frames).toHaveLength(19);
    expect(goroutines[0]).toMatchObject({ id: '1', status: 'waiting', waitReason: 'sync.WaitGroup.Wait' });
    expect(goroutines[0]?.frames).toHaveLength(5);
    expect(goroutines[1]).toMatchObject({ id: '2', waitReason: 'force gc (idle)' });
    expect(goroutines.find((goroutine) => goroutine.id === '21')?.status).toBe('runnable');
  });

  it('reads the listing in Intel syntax, with bytes and offsets', () => {
    const [listing] = facts(fatal, 'listing').map((fact) => fact.listing);
    expect(listing).toMatchObject({ function: 'main.mix', syntax: 'intel' });
    const write = listing?.instructions.find((one) => one.offset === 0x2d);
    expect(write).toMatchObject({ address: 0x4a008dn, text: 'mov rbp, 0x30bc5b29', function: 'main.mix' });
    expect(write?.bytes).toEqual(Uint8Array.of(0x48, 0xc7, 0xc5, 0x29, 0x5b, 0xbc, 0x30));
    expect(facts(fatal, 'symbol').map((fact) => [fact.symbol.name, fact.symbol.start])).toContainEqual(['main.mix', 0x4a0060n]);
  });

  it('reads memory rows of eight words', () => {
    const words = wordsIn(fatal);
    const listed = [...words.keys()].filter((address) => address >= 0xc00005da80n && address < 0xc00005db00n);
    expect(listed).toHaveLength(16);
    expect(words.get(0xc00005dad8n)).toBe(0x49fbc5n);
  });

  it('takes the frame pointers that Delve followed for the words that they were read from', () => {
    const words = wordsIn(fatal);
    expect(words.get(0xc000086e60n)).toBe(0xc000086eb0n);
    // What broke the chain: frame 15 has it in the register, frame 12 saved it.
    expect(words.get(0xc000086eb0n)).toBe(0x30bc5b29n);
    // No word: mcall's register was loaded from g.sched, and 0 stands for a word that could not be read.
    expect(words.has(0xc00005dfb0n)).toBe(false);
    expect(words.has(0x30bc5b29n)).toBe(false);
  });
});

describe('Delve on a core', () => {
  it('has goroutines, a stack and registers, and no event', () => {
    expect(proseOf(core)).toEqual([]);
    expect(facts(core, 'event')).toEqual([]);
    expect(goroutinesOf(core)).toHaveLength(12);
    expect(goroutinesOf(core).find((one) => one.listed === 'current')?.frames).toHaveLength(20);
    expect(facts(core, 'process').map((fact) => fact.facts.arch)).toContain('amd64');
  });
});

describe('every command of a session', () => {
  it('leaves only the program’s own output as prose', () => {
    expect(proseOf(commands)).toEqual(['3']);
  });

  it('raises the step at each stop, and not for `frame` and `list`', () => {
    const events = facts(commands, 'event').map((fact) => fact.event);
    expect(events.map((event) => [event.kind, event.stop?.line, event.step])).toEqual([
      ['stop', 26, 1],
      ['stop', 27, 2],
      ['stop', 28, 3],
      ['panic', 1298, 4],
    ]);
    expect(events[3]).toMatchObject({
      category: 'nil-dereference',
      text: 'runtime error: invalid memory address or nil pointer dereference',
    });
  });

  it('joins memory of every size and format to the same words', () => {
    const found = facts(commands, 'words').map((fact) => fact.words.slice(0, 2).map((word) => word.value));
    expect(found).toHaveLength(4);
    for (const words of found) expect(words).toEqual([0xc000068f68n, 0x4b7a45n]);
  });

  it('marks the current instruction', () => {
    const [listing] = facts(commands, 'listing').map((fact) => fact.listing);
    expect(listing?.function).toBe('main.(*store).reserve');
    expect(listing?.instructions.filter((one) => one.current).map((one) => one.address)).toEqual([0x4b74aan]);
    expect(listing?.instructions).toHaveLength(40);
  });
});

describe('forms of Delve', () => {
  it('reads octal and binary memory', () => {
    const octal = `0xc000010000:   0${'17'.padStart(24, '0')}   0${'2'.padStart(24, '0')}   \n`;
    expect([...wordsIn(read(octal))]).toEqual([
      [0xc000010000n, 15n],
      [0xc000010008n, 2n],
    ]);
    const binary = `0xc000010000:   ${'101'.padStart(64, '0')}   \n`;
    expect([...wordsIn(read(binary))]).toEqual([[0xc000010000n, 5n]]);
  });

  it('gives a throw its text and keeps a breakpoint a stop', () => {
    const reading = read(
      [
        '> [runtime-fatal-throw] runtime.throw() /go/src/runtime/panic.go:1067 (hits goroutine(7):1 total:1) (PC: 0x43b0a4)',
        '\truntime.throw.s: "bad pointer in Go heap"',
        '> main.f() ./x.go:10 (hits goroutine(1):1 total:1) (PC: 0x4010aa)',
        '',
      ].join('\n'),
    );
    const events = facts(reading, 'event').map((fact) => fact.event);
    expect(events.map((event) => [event.kind, event.text])).toEqual([
      ['fatal-error', 'bad pointer in Go heap'],
      ['stop', 'main.f() ./x.go:10 (hits goroutine(1):1 total:1) (PC: 0x4010aa)'],
    ]);
  });

  it('takes the values that a step returned, and the source behind them, for part of the stop', () => {
    const text = [
      '(dlv) stepout',
      '> main.main() ./main.go:58 (PC: 0x4b4285)',
      'Values returned:',
      '\t~r0: 7',
      '',
      '=>  58:\tx := f()',
      '    59:\t}',
      '',
    ].join('\n');
    expect(proseOf(read(text))).toEqual([]);
  });

  it('joins the units of every format to the same words', () => {
    const rows = [
      '0xc000010000:   0x000000c000040040   0x000000000047c001   ',
      '0xc000010000:   0x40   0x00   0x04   0x00   0xc0   0x00   0x00   0x00   \n0xc000010008:   0x01   0xc0   0x47   0x00   0x00   0x00   0x00   0x00   ',
      '0xc000010000:   0x00040040   0x000000c0   0x0047c001   0x00000000   ',
      '0xc000010000:   000000000000824633983040   000000000000000000004702209   ',
      '0xc000010000:   0000014000000000400100   0000000000000021740001   ',
      '0xc000010000:   000000000000824633983040   000000000000000004702209   ',
      '0xc000010000:   0000000000014000001000100   0000000000000000021740001   ',
      '0xc000010000:   0000000004000000   0000000000000100   ',
    ];
    const words = rows.map((row) => [...wordsIn(read(`(dlv) examinemem -count 16 0xc000010000\n${row}\n`))]);
    const expected = [
      [0xc000010000n, 0xc000040040n],
      [0xc000010008n, 0x47c001n],
    ];
    expect([0, 1, 2, 5, 6].map((row) => words[row])).toEqual([expected, expected, expected, expected, expected]);
    // Widths that Delve does not print.
    expect([3, 4].map((row) => words[row])).toEqual([[], []]);
    // Binary digits of 16 are two bytes: nothing is whole.
    expect(words[7]).toEqual([]);
  });

  it('takes recursion for frames of their own', () => {
    const reading = read(
      ['0  0x0000000000401000 in main.f', '   at ./x.go:3', '1  0x0000000000401000 in main.f', '   at ./x.go:3', ''].join('\n'),
    );
    expect(stackOf(reading, 0).map((frame) => frame.inlined)).toEqual([false, false]);
  });

  it('leaves prose with numbers alone', () => {
    const text = '3  apples in a basket\n   at the market\nGoroutine 4 - is stuck\nRip = van Winkle\n';
    expect(proseOf(read(text))).toHaveLength(4);
  });
});
