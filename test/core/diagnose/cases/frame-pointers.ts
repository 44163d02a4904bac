/** Rules about saved frame pointers: FP-01 to FP-09. */
import { edited, file, own, plain, pointers, type RuleCase } from './case.ts';

const mutex = pointers('fp-mutex-go1.27');
const arm = pointers('fp-arm64-go1.26');
const session = file('acceptance/sessions/lrslot-arm64.store.gdb');
/** The frame behind the call, printed as inlined. */
const inlined = edited(
  mutex,
  [
    'main.(*bucket).insert(0x27c18668c030, 0x0?)\n\t/home/ci/src/metrohash-amd64/main.go:25 +0x92 fp=0x27c1865f9798 sp=0x27c1865f9760 pc=0x4ad032',
    'main.(*bucket).insert(...)\n\t/home/ci/src/metrohash-amd64/main.go:25',
  ],
  ['fp=0x27c1865f97c8 sp=0x27c1865f9798 pc=0x4ad547', 'fp=0x27c1865f97c8 sp=0x27c1865f9760 pc=0x4ad547'],
);
/** The chain goes on in the stack of goroutine 1. */
const moved = edited(mutex, ['0x30bc5b31', '0x27c186624d30']);
/** The deferred unlock runs while the panic of a failed block copy is in flight. */
const copied = edited(
  mutex,
  ['code=0x1 addr=0x30bc5b31', 'code=0x80 addr=0x0'],
  [
    'main.(*bucket).insert(0x27c18668c030, 0x0?)\n',
    'main.(*bucket).insert.deferwrap1()\n\t/home/ci/src/metrohash-amd64/main.go:22 +0x25 fp=0x27c1865f9778 sp=0x27c1865f9760 pc=0x4ad0c5\n' +
      'panic({0x4b0ce0?, 0x56a1b0?})\n\t/usr/local/go/src/runtime/panic.go:859 +0x13a fp=0x27c1865f9780 sp=0x27c1865f9778 pc=0x47c4fa\n' +
      'runtime.panicmem(...)\n\t/usr/local/go/src/runtime/panic.go:336\n' +
      'runtime.sigpanic()\n\t/usr/local/go/src/runtime/signal_unix.go:915 +0x3d6 fp=0x27c1865f9788 sp=0x27c1865f9780 pc=0x47dc16\n' +
      'runtime.duffcopy()\n\t/usr/local/go/src/runtime/duff_amd64.s:340 +0x2a0 fp=0x27c1865f9790 sp=0x27c1865f9788 pc=0x482a40\n' +
      'main.(*bucket).insert(0x27c18668c030, 0x0?)\n',
  ],
  ['sp=0x27c1865f9760 pc=0x4ad032', 'sp=0x27c1865f9790 pc=0x4ad032'],
);
const ordinaryRegister = edited(arm, ['0x13e0f94023e8', '0x1d4c3b2a1910'], ['0xf90013e0f94023e0', '0x1d4c3b2a1908']);
const arithmetic = {
  name: `${ordinaryRegister.name}, with the assembly`,
  text: [ordinaryRegister.text, 'TEXT ·mulAdd(SB), NOSPLIT, $0-24', '\tMUL R4, R5, R6', '\tADDS R1, R2, R29', '\tRET', ''].join(
    '\n',
  ),
};
const preempted = file('acceptance/posts/one-line-dump');

export const framePointerCases: readonly RuleCase[] = [
  {
    rule: 'FP-01',
    fires: [
      mutex,
      pointers('fp-trace-go1.21'),
      pointers('session-listing'),
      file('acceptance/sessions/fpclobber-amd64.before-after.gdb'),
      ordinaryRegister,
    ],
    near: [
      { why: 'a listed routine computes in the register', input: arithmetic },
      { why: 'the value lies in another stack: the chain is stale, no constant was written', input: moved },
      { why: 'the value is made of instructions', input: arm },
      { why: 'the failed access is a nil field outside of the readers', input: pointers('innocent-nil-go1.25') },
    ],
  },
  {
    rule: 'FP-02',
    fires: [mutex, arm],
    near: [
      {
        why: 'the reader is on the stack of a goroutine that only waits',
        input: edited(plain('fault-01-wild-pointer'), ['main.rd(', 'main.saveblockevent(']),
      },
      { why: 'the unwinder failed, which walks by tables', input: pointers('return-parked-go1.23') },
    ],
  },
  {
    rule: 'FP-03',
    fires: [inlined],
    near: [
      { why: 'the calling function has a frame of its own', input: mutex },
      { why: 'an inlined frame in a crash that is not about frame pointers', input: own('panic-08-map-key') },
    ],
  },
  {
    rule: 'FP-04',
    fires: [session],
    near: [
      { why: 'a number, not a code address', input: ordinaryRegister },
      { why: 'amd64 has no link register', input: mutex },
    ],
  },
  {
    rule: 'FP-05',
    fires: [arm, pointers('fp-arm64-go1.21'), preempted],
    near: [
      { why: 'the two halves are no instructions', input: ordinaryRegister },
      { why: 'amd64', input: mutex },
    ],
  },
  {
    rule: 'FP-06',
    fires: [moved],
    near: [
      { why: 'the value lies in no stack', input: mutex },
      { why: 'the value lies in the stack that was walked', input: edited(mutex, ['0x30bc5b31', '0x27c1865f9788']) },
    ],
  },
  {
    rule: 'FP-07',
    fires: [copied],
    near: [
      { why: 'the kernel knew the address, so the value is known and is a constant', input: mutex },
      { why: 'no panic is in flight below the reader', input: edited(mutex, ['code=0x1 addr=0x30bc5b31', 'code=0x80 addr=0x0']) },
    ],
  },
  {
    rule: 'FP-08',
    fires: [arithmetic],
    near: [
      { why: 'no listing writes the register', input: ordinaryRegister },
      { why: 'the value is two instructions', input: arm },
      { why: 'amd64 keeps the frame pointer in rbp', input: mutex },
    ],
  },
  {
    rule: 'FP-09',
    fires: [preempted],
    near: [
      { why: 'not preempted', input: arm },
      { why: 'preempted, but the crash is elsewhere', input: own('ra-06-large-frame') },
    ],
  },
];
