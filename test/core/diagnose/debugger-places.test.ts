/** What a session shows at its stops: the place of the signal, registers beside each other, and lists of memory that are only parts. */
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/core/index.ts';

async function findingsOf(text: string) {
  const analysed = await analyse([{ name: 'session.txt', bytes: new TextEncoder().encode(text) }]);
  return analysed.snapshots.flatMap((snapshot) => snapshot.findings);
}

async function chainsOf(text: string) {
  const analysed = await analyse([{ name: 'session.txt', bytes: new TextEncoder().encode(text) }]);
  return analysed.snapshots.flatMap((snapshot) => snapshot.snapshot.chains);
}

describe('a signal whose stack nobody printed', () => {
  const before = `(gdb) b 'main.weigh'
Breakpoint 1 at 0x8a370: file /srv/shop/weigh_arm64.s, line 5.
(gdb) c
Continuing.

Thread 3 hit Breakpoint 1, main.weigh () at /srv/shop/weigh_arm64.s:5
5		MOVD src+0(FP), R0
(gdb) bt 2
#0  main.weigh () at /srv/shop/weigh_arm64.s:5
#1  0x0000000000089ee4 in main.(*slab).sum (s=0x400007a000, scale=0) at /srv/shop/main.go:21
(gdb) finish
Run till exit from #0  main.weigh () at /srv/shop/weigh_arm64.s:5
`;

  it('died where the stop says, not where an earlier stack stood', async () => {
    const findings = await findingsOf(`${before}
Thread 3 received signal SIGSEGV, Segmentation fault.
runtime.traceStack (skip=<optimized out>, mp=<optimized out>, gen=2) at /usr/local/go/src/runtime/trace2stack.go:70
70			nstk += 1 + fpTracebackPCs(unsafe.Pointer(curgp.sched.bp), pcBuf[2:])
(gdb) x/i $pc
=> 0x6a6b8 <runtime.traceStack+440>:	ldr	x6, [x4, #8]
`);
    expect(findings.map((finding) => finding.rule)).toContain('FP-02');
    expect(findings.map((finding) => finding.rule)).not.toContain('NIL-01');
  });

  it('leaves the stack to a backtrace of the same stop', async () => {
    const findings = await findingsOf(`${before}
Thread 3 received signal SIGSEGV, Segmentation fault.
runtime.memmove () at /usr/local/go/src/runtime/memmove_arm64.s:40
40		MOVD (R1), R6
(gdb) bt
#0  runtime.traceStack (skip=<optimized out>, mp=<optimized out>, gen=2) at /usr/local/go/src/runtime/trace2stack.go:70
#1  0x00000000000699bc in runtime.traceLocker.stack (skip=<optimized out>) at /usr/local/go/src/runtime/trace2event.go:166
`);
    expect(findings.map((finding) => finding.rule)).toContain('FP-02');
  });

  it('is read from LLDB, too', async () => {
    const findings = await findingsOf(`(lldb) process launch
Process 239 stopped
* thread #3, name = 'press', stop reason = signal SIGSEGV: invalid address (fault address: 0x6a09e667f3c4)
    frame #0: 0x00000000004599cc press\`runtime.traceStack at trace2stack.go:219
   216 	func fpTracebackPCs(fp unsafe.Pointer, pcBuf []uintptr) (i int) {
-> 219 			pcBuf[i] = *(*uintptr)(unsafe.Pointer(uintptr(fp) + goarch.PtrSize))
`);
    expect(findings[0]?.rule).toBe('FP-01');
    expect(findings.flatMap((finding) => finding.bogus.map((one) => one.value))).toContain(0x6a09e667f3bcn);
  });
});

describe('the frame-pointer register beside the stack pointer', () => {
  const stepped = (rbp: string, place: string) => `(lldb) run
Process 7 stopped
* thread #1, name = 'press', stop reason = breakpoint 1.1
    frame #0: 0x00000000004797c5 press\`main.stir.abi0 + 5 at stir_amd64.s:29
(lldb) register read rbp rsp rip
     rbp = 0x000000c000045f08
     rsp = 0x000000c000045ed0
     rip = 0x00000000004797c5  press\`main.stir.abi0 + 5
(lldb) finish
Process 7 stopped
* thread #1, name = 'press', stop reason = step out
    frame #0: 0x00000000004796a5 press\`${place}
(lldb) register read rbp rsp rip
     rbp = ${rbp}
     rsp = 0x000000c000045ed8
     rip = 0x00000000004796a5
`;

  it('is bogus when no stack reaches from one to the other in compiled code', async () => {
    const findings = await findingsOf(stepped('0x00006a09e667f3bc', 'main.(*vat).turn at vat.go:36'));
    expect(findings[0]?.rule).toBe('FP-01');
    expect(findings[0]?.bogus.map((one) => one.value)).toEqual([0x6a09e667f3bcn]);
  });

  it.each([
    ['a value on the same stack', '0x000000c000045f38', 'main.(*vat).turn at vat.go:36'],
    ['a stop that is still in assembly, where the register is free', '0x00006a09e667f3bc', 'main.stir.abi0 at stir_amd64.s:36'],
    ['a stop in C', '0x00006a09e667f3bc', 'stir_all at stir.c:36'],
  ])('is not bogus with %s', async (_name, rbp, place) => {
    const findings = await findingsOf(stepped(rbp, place));
    expect(findings.flatMap((finding) => finding.bogus)).toEqual([]);
  });
});

describe('a list of mappings that is a part', () => {
  const session = (mappings: string) => `(gdb) bt
#0  internal/runtime/syscall.Syscall6 () at /usr/local/go/src/internal/runtime/syscall/asm_linux_amd64.s:36
#1  0x000000000046f465 in internal/runtime/syscall.EpollWait (epfd=<optimized out>) at /usr/local/go/src/internal/runtime/syscall/syscall_linux.go:32
#2  0x000000000042eaf2 in runtime.netpoll (delay=<optimized out>) at /usr/local/go/src/runtime/netpoll_epoll.go:116
(gdb) info registers
rbp            0x7ffef65e8c60      0x7ffef65e8c60
rsp            0x7ffef65e8c18      0x7ffef65e8c18
rip            0x46f4ce            0x46f4ce <internal/runtime/syscall.Syscall6+14>
(gdb) info proc mappings
Mapped address spaces:

          Start Addr           End Addr       Size     Offset objfile
            0x400000           0x497000    0x97000        0x0 /srv/tea/house
            0x497000           0x55a000    0xc3000    0x97000 /srv/tea/house
            0x55a000           0x566000     0xc000   0x15a000 /srv/tea/house
${mappings}(gdb) x/12gx $rsp
0x7ffef65e8c18:	0x000000000046f465	0x0000000000000003
0x7ffef65e8c28:	0x00007ffef65e8cac	0x0000000000000080
0x7ffef65e8c38:	0x000000000036ee7f	0x0000000000000000
0x7ffef65e8c48:	0x0000000000000000	0x0000000000000000
0x7ffef65e8c58:	0x0000000000000000	0x00007ffef65e92e8
0x7ffef65e8c68:	0x000000000042eaf2	0x0000000000000003
`;

  it('of a core names files alone and accuses nothing for standing elsewhere', async () => {
    const chains = await chainsOf(session(''));
    expect(chains.flatMap((chain) => chain.links.map((link) => link.verdict))).not.toContain('bogus');
  });

  it('with a stack but without the one that was read is no better', async () => {
    const chains = await chainsOf(session('      0x7ffff7f97000     0x7ffff7ff7000    0x60000        0x0 \n'));
    expect(chains.flatMap((chain) => chain.links.map((link) => link.verdict))).not.toContain('bogus');
  });
});
