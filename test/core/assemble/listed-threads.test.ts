import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/core/index.ts';

async function threadsOf(text: string) {
  const analysed = await analyse([{ name: 'session.txt', bytes: new TextEncoder().encode(text) }]);
  const threads = analysed.snapshots[0]?.snapshot.threads ?? [];
  return threads.map(({ name, tid, frames }) => [name, tid, frames.map((frame) => frame.function)]);
}

const stack = `(gdb) bt
#0  main.mix () at /src/hash_amd64.s:5
#1  0x00000000004878cf in main.look (s=0xc0000180a8) at /src/main.go:20
`;
const list = `(gdb) info threads
  Id   Target Id            Frame
* 1    LWP 28352 "hashload" main.mix () at /src/hash_amd64.s:5
  2    LWP 28355 "hashload" 0x0000000000464dee in runtime.futex () at /go/src/runtime/sys_linux_amd64.s:558
`;

describe('threads that a debugger listed', () => {
  it.each([
    ['before the stack', list + stack],
    ['behind it', stack + list],
  ])('name the stack of the selected thread, %s', async (_name, text) => {
    expect(await threadsOf(text)).toEqual([
      ['Thread 1 "hashload"', 28352, ['main.mix', 'main.look']],
      ['Thread 2 "hashload"', 28355, ['runtime.futex']],
    ]);
  });

  it('give their ids to stacks that have their names', async () => {
    const all = `${list}(gdb) thread apply all bt

Thread 2 (LWP 28355 "hashload"):
#0  0x0000000000464dee in runtime.futex () at /go/src/runtime/sys_linux_amd64.s:558
#1  0x0000000000436d10 in runtime.futexsleep () at /go/src/runtime/os_linux.go:69
`;
    expect(await threadsOf(all)).toEqual([
      ['Thread 2 "hashload"', 28355, ['runtime.futex', 'runtime.futexsleep']],
      ['Thread 1 "hashload"', 28352, ['main.mix']],
    ]);
  });

  it('are not the same stack again where Delve names it after its goroutine', async () => {
    const text = `(dlv) goroutine 7 bt
0  0x00000000004b74f4 in main.f
   at ./main.go:28
1  0x00000000004b7a45 in main.main
   at ./main.go:45
(dlv) threads
* Thread 2563 at 0x4b74f4 ./main.go:28 main.f
  Thread 2564 at 0x477e63 /go/src/runtime/sys_linux_amd64.s:558 runtime.futex
`;
    expect(await threadsOf(text)).toEqual([
      ['goroutine 7', undefined, ['main.f', 'main.main']],
      ['Thread 2564', 2564, ['runtime.futex']],
    ]);
  });
});
