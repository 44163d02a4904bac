/** Rules about return addresses and jumps: RA-01 to RA-08, JMP-01 to JMP-03. */
import { edited, file, own, plain, pointers, type RuleCase } from './case.ts';

const probed = pointers('uretprobe-go1.25');
const parked = pointers('return-parked-go1.23');
const recursion = own('ra-03-recursion-probed');
const cleared = own('ra-05-cleared-by-c');
const large = own('ra-06-large-frame');
const executed = own('ra-07-trampoline-executed');
const callback = own('jmp-01-nil-callback');
const intoHeap = own('jmp-02-jump-into-heap');
const lostPage = own('jmp-03-code-page-lost');
const unfinished = file('adversarial/return-address-zero');

export const returnAddressCases: readonly RuleCase[] = [
  {
    rule: 'RA-01',
    fires: [probed, file('acceptance/posts/return-probe'), file('diagnose/rare/probed-entry-session')],
    near: [
      { why: 'on arm64 the page has no meaning', input: pointers('return-arm64-go1.26') },
      { why: 'another value, one page lower', input: edited(probed, ['7fffffffe000', '7fffffffd000']) },
    ],
  },
  {
    rule: 'RA-02',
    fires: [parked],
    near: [
      { why: 'a nil field in code of the user', input: pointers('innocent-nil-go1.25') },
      {
        why: 'the unwinder failed on the goroutine that asked for its own stack to grow',
        input: pointers('return-sigpanic-go1.26'),
      },
    ],
  },
  {
    rule: 'RA-03',
    fires: [recursion],
    near: [
      {
        why: 'one slot only',
        input: edited(
          recursion,
          ['  0x00007fffffffe000 \n0x000000c00009ae80', '  0x000000000048a705 \n0x000000c00009ae80'],
          ['  0x00007fffffffe000 \n0x000000c00009aeb0', '  0x000000000048a705 \n0x000000c00009aeb0'],
        ),
      },
      { why: 'several slots hold one value that is no trampoline', input: edited(recursion, ['7fffffffe000', '5566778899a0']) },
    ],
  },
  {
    rule: 'RA-04',
    fires: [pointers('return-arm64-go1.26'), file('diagnose/rare/random-heap-go1.26'), own('mc-03-text-over-return')],
    near: [
      { why: 'the trampoline of a probe', input: probed },
      { why: 'zero has a rule of its own', input: cleared },
    ],
  },
  {
    rule: 'RA-05',
    fires: [cleared],
    near: [
      { why: 'not zero', input: own('mc-05-floats-over-return') },
      {
        why: 'the zero is the program counter at which a signal came',
        input: edited(cleared, ['main.(*Reader).fill called', 'runtime.sigpanic called']),
      },
    ],
  },
  {
    rule: 'RA-06',
    fires: [large],
    near: [
      {
        why: 'a frame that one instruction releases',
        input: edited(
          large,
          ['sp=0x4000061b50 pc=0x8f2c8', 'sp=0x4000062a00 pc=0x8f2c8'],
          ['fp=0x4000061b50 sp=0x4000061960', 'fp=0x4000062a00 sp=0x4000061960'],
        ),
      },
      { why: 'not preempted', input: edited(large, ['runtime.asyncPreempt', 'runtime.gopark']) },
    ],
  },
  {
    rule: 'RA-07',
    fires: [executed],
    near: [
      { why: 'sent by a process', input: edited(executed, ['sigcode=128', 'sigcode=0']) },
      { why: 'far behind the trampoline', input: edited(executed, ['7fffffffe001', '7fffffffe041']) },
    ],
  },
  {
    rule: 'RA-08',
    fires: [unfinished, edited(pointers('innocent-stack-switch-go1.21-386'), ['runtime.mcall', 'shop.swapStack'])],
    near: [
      { why: 'the runtime switches to a system stack by right', input: pointers('innocent-stack-switch-go1.21-386') },
      { why: 'the runtime named the word that stopped it', input: pointers('return-arm64-go1.26') },
      { why: 'the traceback is long and was cut on purpose', input: pointers('innocent-overflow-go1.26') },
    ],
  },
  {
    rule: 'JMP-01',
    fires: [callback],
    near: [
      { why: 'sent by a process', input: edited(callback, ['sigcode=1 ', 'sigcode=0 ']) },
      { why: 'wasm prints no program counter', input: plain('nil-01-wasm') },
      {
        why: 'a nil data pointer, read by code',
        input: edited(callback, ['PC=0x0', 'PC=0x4a2f31'], ['rip    0x0', 'rip    0x4a2f31']),
      },
    ],
  },
  {
    rule: 'JMP-02',
    fires: [intoHeap],
    near: [
      {
        why: 'data was read, the program counter is elsewhere',
        input: edited(intoHeap, ['PC=0xc000123450', 'PC=0x48a71e'], ['rip    0xc000123450', 'rip    0x48a71e']),
      },
      { why: 'the address is code', input: lostPage },
    ],
  },
  {
    rule: 'JMP-03',
    fires: [lostPage],
    near: [
      { why: 'the instruction uses memory', input: edited(lostPage, ['add    $0x8,%rax', 'mov    0x8(%rip),%rax']) },
      { why: 'no code lies there', input: intoHeap },
    ],
  },
];
