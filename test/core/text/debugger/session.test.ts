import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LineClass } from '../../../../src/core/model/line-class.ts';
import { factsOf, framesOf, quoted, read } from './support.ts';

const text = readFileSync(new URL('../../../fixtures/debugger/clobbered-frame-pointer.gdb.txt', import.meta.url), 'utf8');
const session = read(text);

describe('a whole session', () => {
  it('gives every word that x/100xg printed, with its characters', () => {
    const words = factsOf(session, 'words').flatMap((fact) => fact.words);
    expect(words).toHaveLength(100);
    const clobbered = words.find((word) => word.address === 0xc000040ec8n);
    expect(clobbered?.value).toBe(0x30bc5b29n);
    expect(clobbered === undefined ? '' : quoted(session, clobbered.source)).toBe('0x0000000030bc5b29');
    expect(new Set(words.map((word) => word.step))).toEqual(new Set([0]));
  });

  it('gives all mappings and the process', () => {
    const mappings = factsOf(session, 'mappings').flatMap((fact) => fact.mappings);
    expect(mappings).toHaveLength(26);
    expect(mappings[0]).toMatchObject({ start: 0x400000n, end: 0x472000n, permissions: 'r-xp', file: '/home/dev/ingest/ingest' });
    expect(mappings[4]?.file).toBeUndefined();
    expect(mappings[25]).toMatchObject({ start: 0xffffffffff600000n, file: '[vsyscall]' });
    expect(factsOf(session, 'process').map((fact) => fact.facts)).toEqual([{ arch: 'amd64' }, { pid: 7153 }]);
  });

  it('gives the frames of the backtrace, the innermost without pc', () => {
    // The stop itself names the first.
    const frames = framesOf(session, 1);
    expect(frames).toHaveLength(11);
    expect(frames[0]).toMatchObject({ function: 'runtime.fpTracebackPartialExpand', file: 'runtime/mprof.go', line: 592 });
    expect(frames[0]?.pc).toBeUndefined();
    expect(frames[0]?.arguments).toBe('skip=<optimized out>, fp=0x30bc5b29, pcBuf=..., ~r0=<optimized out>');
    expect(frames[5]).toMatchObject({ function: 'main.(*shard).add', pc: 0x471915n, arguments: 's=0xc000044018, key=...' });
    expect(frames[10]?.function).toBeUndefined();
    expect(frames[10]?.pc).toBe(0n);
    expect(factsOf(session, 'debugger-stack')[1]).toMatchObject({ thread: 'Thread 1 "ingest"', step: 0 });
    expect(factsOf(session, 'debugger-stack')[1]?.unwindFailed).toBeUndefined();
  });

  it('gives the registers and the function that rip teaches', () => {
    const [registers] = factsOf(session, 'registers');
    const values = new Map(registers?.values.map((register) => [register.name, register.value]));
    expect(values.get('rbx')).toBe(0x30bc5b29n);
    expect(values.get('rip')).toBe(0x42ad85n);
    expect(values.size).toBe(17);
    const symbols = factsOf(session, 'symbol').map((fact) => [fact.symbol.name, fact.symbol.start]);
    expect(symbols).toContainEqual(['runtime.fpTracebackPartialExpand', 0x42ad85n - 69n]);
  });

  it('gives both listings', () => {
    const listings = factsOf(session, 'listing').map((fact) => fact.listing);
    expect(listings.map((listing) => [listing.function, listing.syntax, listing.instructions.length])).toEqual([
      ['runtime.fpTracebackPartialExpand', 'att', 2],
      ['example.com/ingest/metro.Hash64', 'att', 8],
    ]);
    expect(listings[0]?.instructions[0]).toMatchObject({
      address: 0x42ad85n,
      offset: 69,
      text: 'mov 0x8(%rbx),%rsi',
      current: true,
    });
    expect(listings[1]?.instructions[4]).toMatchObject({ address: 0x471891n, offset: 17, text: 'mov $0x30bc5b29,%rbp' });
  });

  it('gives both stops, one step apart', () => {
    const events = factsOf(session, 'event').map((fact) => fact.event);
    expect(events.map((event) => [event.signal?.name, event.step, event.stop?.function])).toEqual([
      ['SIGSEGV', 0, 'runtime.fpTracebackPartialExpand'],
      ['SIGABRT', 1, 'runtime.raise'],
    ]);
  });

  it('leaves the crash dump in the middle to its own readers', () => {
    const at = session.lines.indexOf('fatal error: unexpected signal during runtime execution');
    const end = session.lines.indexOf('Thread 1 "ingest" received signal SIGABRT, Aborted.');
    const classes = session.sink.lineClass.subarray(at, end);
    expect([...classes].filter((value) => value === LineClass.recognised)).toEqual([]);
  });
});
