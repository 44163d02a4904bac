/** What a reader of dumps works out by hand, from the printed text: the rule that says it and the sentence that proves it. */
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/core/index.ts';
import { edited, file, many, own, plain, pointers, type Input } from './cases/case.ts';

const cyclic: Input = many(
  'a recursion of two functions',
  'runtime: goroutine stack exceeds 1000000000-byte limit\nruntime: sp=0xc0200e0390 stack=[0xc0200e0000, 0xc0400e0000]\nfatal error: stack overflow\n\ngoroutine 1 [running]:',
  'main.(*Tree).left(0xc000012080, 0x{i})\n\t/home/dev/src/tree/tree.go:11 +0x45\nmain.(*Tree).right(0xc000012080, 0x{i})\n\t/home/dev/src/tree/tree.go:19 +0x45',
  12,
);

const lock = (id: number, waits: string, names: string, line: number): string => `goroutine ${String(id)} [sync.Mutex.Lock]:
sync.(*Mutex).lockSlow(${waits})
\t/usr/local/go/src/sync/mutex.go:173 +0x15d
main.(*Account).move(${names}, 0x5)
\t/home/dev/src/bank/account.go:${String(line)} +0x6a
`;
const circle: Input = {
  name: 'three goroutines that wait for each other',
  text: `fatal error: all goroutines are asleep - deadlock!\n\n${[
    lock(7, '0xc0000a4000', '0xc0000a4080', 31),
    lock(8, '0xc0000a4080', '0xc0000a4100', 31),
    lock(9, '0xc0000a4100', '0xc0000a4000', 31),
  ].join('\n')}`,
};

/** What is worked out, from which text, under which rule, and a part of the statements that say it. */
const reasoned: [what: string, input: Input, rule: string, said: string][] = [
  ['fault address minus 8 is the frame pointer', pointers('fp-mutex-go1.27'), 'FP-01', '8 bytes above `0x30bc5b29`'],
  ['the same at the end of the address space', file('adversarial/frame-pointer-minus-eight'), 'FP-01', '`0xfffffffffffffff8`'],
  ['an address made of instruction words', pointers('fp-arm64-go1.26'), 'FP-05', 'is two instructions'],
  ['a return address in a frame-pointer slot', file('acceptance/sessions/lrslot-arm64.store.gdb'), 'FP-04', '`0x96690`'],
  ['a culprit that has returned', pointers('fp-trace-go1.21'), 'FP-01', 'main.(*bucket).insert'],
  ['return slots with a trampoline', pointers('uretprobe-go1.25'), 'RA-01', '`0x7fffffffe000`'],
  ['repeated trampolines', own('ra-03-recursion-probed'), 'RA-03', '`0xc00009aea8`'],
  ['a return slot that is nil', own('ra-05-cleared-by-c'), 'RA-05', 'zero too'],
  ['a bad pointer outside of its span', pointers('cgo-uninitialised-go1.23'), 'GC-01', 'the span record covers'],
  ['the field of an object', pointers('bad-pointer-go1.23'), 'GC-04', '24 bytes from its start'],
  ['text in a pointer', own('mc-03-text-over-return'), 'MC-03', '"until Ma"'],
  ['a number in a pointer', own('mc-05-floats-over-return'), 'MC-05', 'it is 42'],
  ['half a pointer', own('mc-07-half-pointer'), 'MC-07', 'the halves agree'],
  ['one flipped bit', own('mc-02-flipped-bit'), 'MC-02', '`0xc0000a4040`'],
  ['an address that is a pid', plain('sig-01-sent-by-process'), 'SIG-01', '22430'],
  ['a fault at 0x118 in the unwinder', pointers('return-parked-go1.23'), 'RA-02', '`0x118`'],
  ['a recursion and its period', cyclic, 'STK-01', 'main.(*Tree).right'],
  ['goroutines that wait in a circle', circle, 'DL-01', 'Goroutine 9 waits for `0xc0000a4100`, which goroutine 8 names.'],
  [
    'a frame pointer into another stack',
    edited(pointers('fp-mutex-go1.27'), ['0x30bc5b31', '0x27c186624d30']),
    'FP-06',
    'stack of goroutine 1',
  ],
  ['a stack probe', own('stk-03-vdso-probe'), 'STK-03', 'orq $0x0,(%rsp)'],
  [
    'the argument that C used as an address',
    edited(pointers('cgo-segv-go1.19'), ['_Cfunc_weigh_all(0x8753820', '_Cfunc_weigh_all(0xdead000']),
    'CGO-03',
    'Argument 1 of the call, `0xdead000`, is 8 bytes below the address that failed.',
  ],
  [
    'a stack that was freed and given to another goroutine',
    {
      name: 'two goroutines in one stack',
      text: `${own('mc-05-floats-over-return').text}\ngoroutine 12 [running]:\nmain.other(0x3)\n\t/home/dev/src/labels/other.go:9 +0x2a fp=0xc00009a7d8 sp=0xc00009a770 pc=0x48a92a\n`,
    },
    'RA-04',
    'The frame of `main.other` of goroutine 12, at `0xc00009a770`, lies in that same stack',
  ],
  ['a handler without SA_ONSTACK', own('sig-02-handler-off-stack'), 'SIG-02', 'signal 23 came in on a stack'],
  ['a buffer that ran over', own('mc-05-floats-over-return'), 'OVW-01', '8 numbers of type float64'],
];

describe('worked out from the text', () => {
  it.each(reasoned)('%s', async (_, input, rule, said) => {
    const analysed = await analyse([{ name: 'paste.txt', bytes: new TextEncoder().encode(input.text) }]);
    const findings = analysed.snapshots.flatMap((one) => one.findings);
    const found = findings.find((finding) => finding.rule === rule);
    expect(found, findings.map((finding) => finding.id).join(' ')).toBeDefined();
    const sentences = [found?.headline, found?.explanation, ...(found?.evidence ?? []).map((evidence) => evidence.statement)];
    expect(sentences.join('\n')).toContain(said);
  });

  it('leaves goroutines that stand in stacks of their own', async () => {
    const { text } = own('mc-05-floats-over-return');
    const beside = 'main.other(0x3)\n\t/home/dev/src/labels/other.go:9 +0x2a fp=0xc00009b7d8 sp=0xc00009b770 pc=0x48a92a';
    const bytes = new TextEncoder().encode(`${text}\ngoroutine 12 [running]:\n${beside}\n`);
    const analysed = await analyse([{ name: 'paste.txt', bytes }]);
    const statements = analysed.snapshots[0]?.findings.flatMap((one) => one.evidence.map((evidence) => evidence.statement));
    expect(statements?.join('\n')).not.toContain('same stack');
  });

  it('does not take an argument for the bad address that only resembles it', async () => {
    const input = edited(pointers('cgo-segv-go1.19'), ['_Cfunc_weigh_all(0x8753820', '_Cfunc_weigh_all(0xdeae000']);
    const analysed = await analyse([{ name: 'paste.txt', bytes: new TextEncoder().encode(input.text) }]);
    const statements = analysed.snapshots[0]?.findings[0]?.evidence.map((evidence) => evidence.statement).join('\n');
    expect(statements).not.toContain('Argument 1');
  });
});
