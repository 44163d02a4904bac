/** Rules about stacks, signals, debuggers and platforms: STK-*, SIG-*, DBG-*, EMU-01, MAC-*, WIN-*. */
import { edited, file, own, plain, pointers, type RuleCase } from './case.ts';

const overflow = plain('stk-01-recursion');
const g0 = own('stk-02-g0-used-up');
const integer = pointers('frame-integer-go1.26');
const pastFrame = own('stk-05-store-past-frame');
const misaligned = own('stk-06-sp-misaligned');
const left = own('stk-07-left-its-stack');
const sent = plain('sig-01-sent-by-process');
const offStack = own('sig-02-handler-off-stack');
const handler = own('sig-03-handler-on-goroutine-stack');
const vdso = own('sig-04-inside-vdso');
const entry = file('diagnose/rare/probed-entry-session');
const halfWatched = own('dbg-02-half-watched');
const qemu = own('emu-01-qemu-mapped');
const exec = own('mac-01-exec-sigill');
const marker = own('mac-02-marker-word');
const child = own('mac-03-between-fork-and-exec');
const violation = file('diagnose/rare/violation-windows-go1.20');
const corrupt = own('win-02-heap-corruption');
const syscall = own('win-03-syscall-wrote-over-stack');
const probe = own('stk-03-vdso-probe');

export const stackCases: readonly RuleCase[] = [
  {
    rule: 'STK-01',
    fires: [overflow, pointers('innocent-overflow-go1.26')],
    near: [
      { why: 'a deep stack that a panic ended', input: pointers('innocent-repanic-go1.21') },
      { why: "the runtime's own stack is used up", input: g0 },
    ],
  },
  {
    rule: 'STK-02',
    fires: [g0],
    near: [
      { why: 'a goroutine used up its stack', input: overflow },
      { why: 'a goroutine left its stack', input: left },
    ],
  },
  {
    rule: 'STK-03',
    fires: [probe],
    near: [
      { why: 'a step of less than a page', input: edited(probe, ['$0x1020', '$0x220']) },
      { why: 'the word below is set, not written back', input: edited(probe, ['orq    $0x0,(%rsp)', 'movq   $0x0,(%rsp)']) },
    ],
  },
  {
    rule: 'STK-04',
    fires: [integer, file('text/go1.12.17-linux-amd64-badlocal')],
    near: [
      { why: 'a small offset behind nil was accessed', input: plain('nil-01-field') },
      { why: 'a pointer of the heap', input: pointers('bad-pointer-go1.23') },
    ],
  },
  {
    rule: 'STK-05',
    fires: [pastFrame],
    near: [
      { why: 'the store ends inside', input: edited(pastFrame, ['24(SP)', '8(SP)']) },
      { why: 'a named result, not the stack pointer', input: edited(pastFrame, ['24(SP)', 'ret+24(FP)']) },
      { why: 'the stack pointer is moved first', input: edited(pastFrame, ['\tMOVQ DI, 0(SP)', '\tSUBQ $32, SP']) },
    ],
  },
  {
    rule: 'STK-06',
    fires: [misaligned],
    near: [
      { why: 'aligned', input: edited(misaligned, ['sp      0x4000062ed8', 'sp      0x4000062ed0']) },
      { why: 'amd64 has no such rule', input: own('jmp-02-jump-into-heap') },
    ],
  },
  {
    rule: 'STK-07',
    fires: [left],
    near: [
      { why: 'inside, and too large', input: overflow },
      { why: "the runtime's own stack", input: g0 },
    ],
  },
  {
    rule: 'SIG-01',
    fires: [sent, pointers('cgo-abort-go1.27')],
    near: [
      { why: 'an instruction failed', input: plain('nil-01-field') },
      { why: 'a dump on request', input: plain('dump-01-sigquit') },
    ],
  },
  {
    rule: 'SIG-02',
    fires: [offStack],
    near: [
      {
        why: 'another complaint about signals',
        input: edited(
          offStack,
          ['non-Go code set up signal handler without SA_ONSTACK flag', 'non-Go code disabled sigaltstack'],
          ['received but handler not on signal stack', 'received on thread with no signal stack'],
        ),
      },
      { why: 'a handler ran on a goroutine stack, seen only in its words', input: handler },
    ],
  },
  {
    rule: 'SIG-03',
    fires: [handler],
    near: [
      {
        why: 'the word before is no set of flags',
        input: edited(handler, ['0x0000000000010246 >', '0x000000c000010246 >'], ['from 0x10246', 'from 0xc000010246']),
      },
      { why: 'other segments', input: edited(handler, ['002b000000000033', '0023000000000010']) },
    ],
  },
  {
    rule: 'SIG-04',
    fires: [vdso],
    near: [
      {
        why: 'outside of the mapping',
        input: edited(vdso, ['PC=0x7ffd5a3f5a41', 'PC=0x47f282'], ['rip    0x7ffd5a3f5a41', 'rip    0x47f282']),
      },
      { why: 'sent by a process', input: edited(vdso, ['sigcode=1 ', 'sigcode=0 ']) },
    ],
  },
  {
    rule: 'DBG-01',
    fires: [entry],
    near: [
      { why: 'an ordinary instruction', input: edited(entry, [/\bint3\b/, 'nop']) },
      { why: 'the session lists no entry', input: pointers('session-listing') },
    ],
  },
  {
    rule: 'DBG-02',
    fires: [halfWatched],
    near: [
      { why: 'no pointer of the case ends so', input: edited(halfWatched, ['New value = 266040', 'New value = 266048']) },
      { why: 'the whole word was shown', input: edited(halfWatched, ['New value = 266040', 'New value = 824633986872']) },
    ],
  },
  {
    rule: 'EMU-01',
    fires: [qemu],
    near: [
      { why: 'a tool for disk images', input: edited(qemu, ['qemu-aarch64-static', 'qemu-img']) },
      {
        why: 'a file of the program in a folder of that name',
        input: edited(qemu, ['/usr/bin/qemu-aarch64-static', '/srv/qemu-aarch64/index.dat']),
      },
    ],
  },
  {
    rule: 'MAC-01',
    fires: [exec],
    near: [
      { why: 'Linux', input: edited(exec, ['sys_darwin.go', 'sys_linux.go']) },
      { why: 'no program was being started', input: edited(exec, ['syscall.Exec(', 'syscall.Mmap(']) },
    ],
  },
  {
    rule: 'MAC-02',
    fires: [marker],
    near: [
      { why: 'another word', input: edited(marker, ['b01dfacedebac1e', 'b01dfacedebac10']) },
      { why: 'a plain overwritten return address', input: own('mc-05-floats-over-return') },
    ],
  },
  {
    rule: 'MAC-03',
    fires: [child],
    near: [
      { why: 'OpenBSD', input: edited(child, ['sys_darwin.go', 'sys_openbsd.go']) },
      { why: 'the parent, not the child', input: edited(child, ['syscall.forkAndExecInChild(', 'syscall.readlen(']) },
    ],
  },
  {
    rule: 'WIN-01',
    fires: [violation],
    near: [
      { why: 'another exception', input: corrupt },
      { why: 'a signal of Linux', input: plain('fault-01-wild-pointer') },
    ],
  },
  {
    rule: 'WIN-02',
    fires: [corrupt],
    near: [
      { why: 'an access violation', input: violation },
      { why: 'a code that is not known', input: edited(corrupt, ['0xc0000374', '0xc0de0001']) },
    ],
  },
  {
    rule: 'WIN-03',
    fires: [syscall],
    near: [
      { why: 'the frame is of no system call', input: own('ra-05-cleared-by-c') },
      { why: 'the word is not zero', input: edited(syscall, ['called from 0x0', 'called from 0xa8']) },
    ],
  },
];
