import { describe, expect, it } from 'vitest';
import { read } from '../../render.ts';
import { facts, proseOf, readFixture, stackOf, wordsIn } from '../../support.ts';

const session = readFixture('crash.lldb.txt');

describe('an LLDB session', () => {
  it('leaves no line unread', () => expect(proseOf(session)).toEqual([]));

  it('reads the stop with its fault address once', () => {
    const events = facts(session, 'event').map((fact) => fact.event);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      kind: 'stop',
      signal: { name: 'SIGSEGV', code: 1, address: 0x30bc5b31n },
      stop: { thread: 'Thread 1 "seg"', function: 'bump', file: 'seg.c', line: 3 },
    });
  });

  it('reads the frames of all threads', () => {
    const stacks = facts(session, 'debugger-stack').filter((stack) => stack.listed === undefined);
    expect(stacks.map((stack) => stack.thread)).toEqual(['Thread 1 "inventory"', 'Thread 2 "inventory"']);
    // The stop itself names the first.
    const frames = stackOf(session, 1);
    expect(frames.map((frame) => [frame.function, frame.file, frame.line])).toEqual([
      ['runtime.rtsigprocmask', 'sys_linux_amd64.s', 295],
      ['runtime.sigprocmask', 'os_linux.go', 454],
      ['main.(*store).reserve', 'main.go', 28],
    ]);
    expect(frames[2]?.arguments).toBe('s=0x000000c000068f00, sku=(data = "A-1", len = 3)');
  });

  it('reads registers and what their symbols teach', () => {
    const [set] = facts(session, 'registers');
    expect(set?.values.map((value) => [value.name, value.value])).toEqual([
      ['rip', 0x47ed9an],
      ['rsp', 0x7fffffffe4c0n],
      ['rbp', 0x30bc5b29n],
    ]);
    const symbols = facts(session, 'symbol').map((fact) => [fact.symbol.name, fact.symbol.start]);
    expect(symbols).toContainEqual(['runtime.rtsigprocmask', 0x47ed9an - 26n]);
  });

  it('reads memory in both forms', () => {
    const words = wordsIn(session);
    expect(words.get(0x7fffffffe4b8n)).toBe(0x4b7a45n);
    expect(words.get(0x7fffffffe4d0n)).toBe(0xc000068f68n);
  });

  it('reads the listing, and a region only where there is one', () => {
    const [listing] = facts(session, 'listing').map((fact) => fact.listing);
    expect(listing?.instructions[1]).toMatchObject({ current: true, offset: 26, text: 'cmpq $-0xfff, %rax' });
    expect(facts(session, 'mappings').flatMap((fact) => fact.mappings)).toMatchObject([
      { start: 0x400000n, end: 0x4b8000n, permissions: 'r-x', file: '/home/dev/smp/inventory' },
    ]);
  });
});

describe('forms of LLDB', () => {
  const eventsOf = (line: string) => facts(read(`${line}\n`), 'event').map((fact) => fact.event);

  it('reads the exceptions of macOS', () => {
    const [event] = eventsOf("* thread #1, queue = 'com.apple.main-thread', stop reason = EXC_BAD_ACCESS (code=1, address=0x10)");
    expect(event?.signal).toEqual({ name: 'SIGSEGV', code: 1, address: 0x10n });
  });

  it('takes the scheduler’s signal for no death', () => {
    const [event] = eventsOf("* thread #1, name = 'inventory', stop reason = signal SIGURG");
    expect(event?.kind).toBe('stop');
    expect(event?.signal).toBeUndefined();
  });

  it('stops where unwinding goes round in circles', () => {
    const names = ['a', 'b', 'c', 'b', 'c', 'b', 'c', 'b', 'c'];
    const address: Record<string, string> = { a: '0x0000000000401000', b: '0x0000000000402000', c: '0x0000000000403000' };
    const lines = names.map((name, level) => `    frame #${level}: ${address[name] ?? ''} prog\`main.${name} + 4`);
    const reading = read(`* thread #1, name = 'prog'\n${lines.join('\n')}\n`);
    const [stack] = facts(reading, 'debugger-stack');
    expect(stack?.unwindFailed).toBe(true);
    expect((stack?.frameEnd ?? 0) - (stack?.frameStart ?? 0)).toBeLessThan(names.length);
  });
});
