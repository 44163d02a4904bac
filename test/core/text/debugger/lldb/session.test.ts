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

  it('takes no repeated block of the runtime for frames, but the recursion of a program', () => {
    const stackOfNames = (names: readonly string[]) => {
      const pcs = new Map(names.map((name, at) => [name, 0x401000 + at]));
      const lines = names.map(
        (name, level) => `    frame #${level}: 0x${(pcs.get(name) ?? 0).toString(16)} prog\`${name} at f.go:3`,
      );
      const [stack] = facts(read(`* thread #1, name = 'prog'\n${lines.join('\n')}\n`), 'debugger-stack');
      return { frames: (stack?.frameEnd ?? 0) - (stack?.frameStart ?? 0), failed: stack?.unwindFailed };
    };
    const round = ['runtime.saveblockevent', 'runtime.blockevent', 'runtime.chansend'];
    expect(stackOfNames(['runtime.fpTracebackPartialExpand', ...round, ...round])).toEqual({ frames: 4, failed: true });
    const nested = ['runtime.gopanic', 'main.f.func1', 'runtime.gopanic', 'main.f', 'main.g', 'main.f', 'main.main'];
    expect(stackOfNames(nested)).toEqual({ frames: 7, failed: undefined });
  });

  it('reads what memory find found, and the bytes there', () => {
    const reading = read(
      `(lldb) memory find -e '(unsigned)0x61c88647' -c 8 -- 0x401000 0x4a1000
data found at location: 0x49e734
0x0049e734: 47 86 c8 61 48 31 e8 48 89 44 24 18 c3 cc cc cc  G..aH1.H.D$.....
0x0049e744: cc cc cc cc cc cc cc cc cc cc cc cc cc cc cc cc  ................
data found at location: 0x49e800
0x0049e800: 47 86 c8 61 48 31 e8 48 89 44 24 18 c3 cc cc cc  G..aH1.H.D$.....
no more matches within the range.
`,
    );
    expect(proseOf(reading)).toEqual([]);
    const searches = facts(reading, 'search').map(({ search }) => search);
    expect(searches.map(({ value, hits }) => [value, hits.map(({ address }) => address)])).toEqual([
      [0x61c88647n, [0x49e734n, 0x49e800n]],
    ]);
    expect(wordsIn(reading).get(0x49e738n)).toBe(0x18244489_48e83148n);
  });

  it('names the file of a region without its section', () => {
    const reading = read('(lldb) memory region $pc\n[0x0000000000400000-0x000000000049f000) r-x /tmp/a b/ledger PT_LOAD[0]\n');
    expect(facts(reading, 'mappings').flatMap(({ mappings }) => mappings)).toMatchObject([{ file: '/tmp/a b/ledger' }]);
  });

  it('reads words with what they point to, and instructions with their bytes', () => {
    const words = facts(
      read('0x28845d3c1d20: 0x00000000004cecc7 orders`main.main + 1639\n0x28845d3c1d28: 0x000028845d3c1de8\n'),
      'words',
    ).flatMap((fact) => fact.words);
    expect(words).toMatchObject([{ value: 0x4cecc7n, symbol: 'main.main+1639' }, { value: 0x28845d3c1de8n }]);
    const [listing] = facts(
      read(
        'orders`main.consume:\n->  0x4ce640 <+32>: 84 02        testb  %al, (%rdx)\n    0x4ce642 <+34>: 48 03 0a     addq   (%rdx), %rcx ; x\n',
      ),
      'listing',
    );
    expect(listing?.listing.instructions).toMatchObject([
      { text: 'testb %al, (%rdx)', current: true, bytes: Uint8Array.of(0x84, 2) },
      { text: 'addq (%rdx), %rcx', offset: 34, bytes: Uint8Array.of(0x48, 3, 10) },
    ]);
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
