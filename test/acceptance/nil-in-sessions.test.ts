/** A nil pointer seen by a debugger: before the runtime makes a panic of it, and after. */
import { describe, expect, it } from 'vitest';
import { run } from './run.ts';

const stop = `(gdb) run
Starting program: /home/kim/till/till

Thread 1 "till" received signal SIGSEGV, Segmentation fault.
0x000000000048a3f4 in main.(*till).charge (t=0xc00001c0f0, id=..., ~r0=<optimized out>) at /home/kim/till/main.go:31
31		a.cents -= 5
(gdb) bt
#0  0x000000000048a3f4 in main.(*till).charge (t=0xc00001c0f0, id=..., ~r0=<optimized out>) at /home/kim/till/main.go:31
#1  0x000000000048a5c5 in main.main () at /home/kim/till/main.go:50
`;

async function first(text: string) {
  const { main } = await run(text);
  const [finding] = main.findings;
  return { crash: main.snapshot.crash, finding };
}

describe('a nil pointer under gdb', () => {
  it('is told by the instruction and its register', async () => {
    const { crash, finding } = await first(
      `${stop}(gdb) x/i $pc\n=> 0x48a3f4 <main.(*till).charge+84>:\tmov    0x10(%rax),%rcx\n(gdb) p/x $rax\n$1 = 0x0\n`,
    );
    expect(crash).toMatchObject({ faultAddress: 0x10n, faultAddressInferred: true, pc: 0x48a3f4n });
    expect(finding).toMatchObject({ rule: 'NIL-01', confidence: 'very likely', bogus: [{ value: 0n, at: 'rax' }] });
    expect(finding?.headline).toContain('main.(*till).charge');
  });

  it('is told by the variable', async () => {
    const { finding } = await first(
      `${stop}(gdb) p $_siginfo._sifields._sigfault.si_addr\n$1 = (void *) 0x10\n(gdb) p a\n$2 = (main.account *) 0x0\n`,
    );
    expect(finding).toMatchObject({ rule: 'NIL-01', bogus: [{ value: 0n, at: 'a' }] });
  });

  it('says where the pointer came from', async () => {
    const { finding } = await first(`${stop}(gdb) info registers rax
rax            0x0                 0
(gdb) disassemble
Dump of assembler code for function main.(*till).charge:
   0x000000000048a3e7 <+71>:	call   0x40d5c0 <runtime.mapaccess1_faststr>
   0x000000000048a3ec <+76>:	mov    (%rax),%rax
=> 0x000000000048a3f4 <+84>:	mov    0x10(%rax),%rcx
   0x000000000048a3f8 <+88>:	ret
End of assembler dump.
`);
    expect(finding?.explanation).toContain('map lookup');
    expect(finding?.culprit ?? finding?.headline).toContain('charge');
  });

  it('is no nil where the register holds an address', async () => {
    const { crash, finding } = await first(
      `${stop}(gdb) x/i $pc\n=> 0x48a3f4 <main.(*till).charge+84>:\tmov    0x10(%rax),%rcx\n(gdb) p/x $rax\n$1 = 0x5a5a5a5a0\n`,
    );
    expect(crash?.faultAddress).toBe(0x5a5a5a5b0n);
    expect(finding?.rule).toBe('FAULT-01');
  });

  it('claims nothing without the register', async () => {
    const { crash } = await first(`${stop}(gdb) x/i $pc\n=> 0x48a3f4 <main.(*till).charge+84>:\tmov    0x10(%rax),%rcx\n`);
    expect(crash?.faultAddress).toBeUndefined();
  });
});

describe('other debuggers', () => {
  it('takes the address that LLDB prints beside the signal', async () => {
    const { crash, finding } = await first(`(lldb) run
Process 4095 stopped
* thread #1, name = 'till', stop reason = signal SIGSEGV: invalid address (fault address: 0x30bc5b31)
    frame #0: 0x0000555555555139 till\`bump(h=0x00007fffffffe610) at seg.c:3:62
(lldb) bt
* thread #1, name = 'till', stop reason = signal SIGSEGV: invalid address (fault address: 0x30bc5b31)
  * frame #0: 0x0000555555555139 till\`bump(h=0x00007fffffffe610) at seg.c:3:62
    frame #1: 0x0000555555555166 till\`main at seg.c:9:2
`);
    expect(crash?.faultAddress).toBe(0x30bc5b31n);
    expect(finding).toMatchObject({ rule: 'FAULT-01', bogus: [{ value: 0x30bc5b31n }] });
  });
});

describe('a stop in assembly before anything broke', () => {
  const session = `(gdb) break main.whirl
Breakpoint 1 at 0x487dc0: file /home/kim/ring/whirl_amd64.s, line 5.
(gdb) run
Thread 3 "ring" hit Breakpoint 1, main.whirl () at /home/kim/ring/whirl_amd64.s:5
5		MOVQ base+0(FP), BX
(gdb) p/x $rbp
$1 = 0xc000098ef0
`;

  it('names the function, accuses nobody', async () => {
    const { finding } = await first(session);
    expect(finding).toMatchObject({ confidence: 'possible', bogus: [], culprit: { function: 'main.whirl', inferred: true } });
  });

  it('says nothing once the listing shows that the register stays', async () => {
    const { finding } = await first(`${session}(gdb) disassemble
Dump of assembler code for function main.whirl:
=> 0x0000000000487dc0 <+0>:	mov    0x8(%rsp),%rbx
   0x0000000000487dc5 <+5>:	ret
End of assembler dump.
`);
    expect(finding).toBeUndefined();
  });
});

describe('a stop for which gdb prints no pc', () => {
  const bare = `(gdb) run
Thread 1 "till" received signal SIGSEGV, Segmentation fault.
main.(*till).charge (t=0x15c668616f30, id=..., cents=20, ~r0=0) at /home/kim/till/main.go:19
19		a.cents -= cents
(gdb) bt
#0  main.(*till).charge (t=0x15c668616f30, id=..., cents=20, ~r0=0) at /home/kim/till/main.go:19
#1  0x00000000004bccda in main.main () at /home/kim/till/main.go:26
`;

  it('takes it from the marked instruction', async () => {
    const { crash, finding } = await first(
      `${bare}(gdb) x/i $pc\n=> 0x4bc993 <main.(*till).charge+83>:\ttest   %al,(%rdx)\n(gdb) p/x $rdx\n$1 = 0x0\n`,
    );
    expect(crash).toMatchObject({ pc: 0x4bc993n, faultAddress: 0n, faultAddressInferred: true });
    expect(finding).toMatchObject({ rule: 'NIL-01', bogus: [{ value: 0n, at: 'rdx' }] });
  });

  it('takes the nil variable of the failed frame, not of its caller', async () => {
    const full = bare.replace('(gdb) bt', '(gdb) bt full').replace('main.go:19\n#1', 'main.go:19\n        a = 0x0\n#1');
    const { finding } = await first(`${full}        err = 0x0\n`);
    expect(finding).toMatchObject({ rule: 'NIL-01', confidence: 'likely', bogus: [{ value: 0n, at: 'a' }] });
  });
});

it('reads a nil panic off the stack alone', async () => {
  const { finding } = await first(`(gdb) bt
#0  runtime.fatalpanic (msgs=0xc000106e80) at /usr/local/go/src/runtime/panic.go:1215
#1  0x0000000000430c5e in runtime.gopanic (e=...) at /usr/local/go/src/runtime/panic.go:779
#2  0x000000000042f7fe in runtime.panicmem () at /usr/local/go/src/runtime/panic.go:261
#3  0x0000000000446d65 in runtime.sigpanic () at /usr/local/go/src/runtime/signal_unix.go:881
#4  0x00000000004809d3 in main.(*till).charge (t=0xc0000120f0, id=..., cents=20) at /home/kim/till/main.go:19
#5  0x0000000000480b25 in main.main () at /home/kim/till/main.go:26
`);
  expect(finding).toMatchObject({ rule: 'NIL-01', confidence: 'very likely' });
  expect(finding?.headline).toContain('main.(*till).charge');
});
