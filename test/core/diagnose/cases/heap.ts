/** Rules about the heap and C memory: GC-01 to GC-08, CGO-01 to CGO-05. */
import { edited, file, own, plain, pointers, type RuleCase } from './case.ts';

const bad = pointers('bad-pointer-go1.23');
const inDead = pointers('bad-pointer-go1.26');
const old = file('text/go1.9.7-linux-amd64-badptr');
const tail = file('text/go1.11.13-linux-amd64-badptrtail');
const filled = pointers('cgo-uninitialised-go1.23');
const zombie = pointers('zombie-go1.19');
const counts = file('diagnose/rare/swept-counts-go1.25');
const faulted = pointers('heap-fault-go1.25');
const inC = pointers('cgo-segv-go1.19');
const stored = pointers('cgo-store-go1.26');
const thrown = own('cgo-05-thrown');

export const heapCases: readonly RuleCase[] = [
  {
    rule: 'GC-01',
    fires: [bad, tail, filled],
    near: [
      { why: 'a span that is not allocated', input: inDead },
      { why: 'a free object in a span in use', input: zombie },
    ],
  },
  {
    rule: 'GC-02',
    fires: [inDead, old],
    near: [
      { why: 'an unused region of a span in use', input: bad },
      { why: 'a free object in a span in use', input: zombie },
    ],
  },
  {
    rule: 'GC-03',
    fires: [filled],
    near: [
      { why: 'found in an object by the marker, not by the write barrier', input: bad },
      {
        why: 'the same pointer, found while scanning',
        input: edited(filled, ['runtime.wbBufFlush1', 'runtime.scanblock'], [/runtime\.wbBufFlush\b/, 'runtime.markroot']),
      },
    ],
  },
  {
    rule: 'GC-04',
    fires: [bad, old, tail],
    near: [
      { why: 'no object was named', input: inDead },
      { why: 'recorded by the write barrier', input: filled },
    ],
  },
  {
    rule: 'GC-05',
    fires: [zombie, file('text/go1.19.8-linux-amd64-zombie')],
    near: [
      { why: 'counts differ, no object is named', input: counts },
      { why: 'the span itself is free', input: inDead },
    ],
  },
  {
    rule: 'GC-06',
    fires: [counts],
    near: [
      { why: 'another record of a span is damaged', input: pointers('heap-state-go1.19') },
      { why: 'a free object is reachable', input: zombie },
    ],
  },
  {
    rule: 'GC-07',
    fires: [file('diagnose/rare/random-heap-go1.26'), pointers('return-arm64-go1.26')],
    near: [
      { why: 'the heap lies where it always did', input: own('mc-03-text-over-return') },
      { why: 'a random heap, and no complaint about a pointer', input: pointers('innocent-overflow-go1.26') },
    ],
  },
  {
    rule: 'GC-08',
    fires: [faulted, pointers('heap-state-go1.19'), counts],
    near: [
      { why: 'the same fault in code of the user', input: pointers('noncanonical-go1.22') },
      { why: 'no memory left is no damage', input: plain('mem-01-limit') },
    ],
  },
  {
    rule: 'CGO-01',
    fires: [filled, file('acceptance/posts/uninitialised-c-memory'), file('acceptance/sessions/cgo-wb.writer-reverse.gdb')],
    near: [
      { why: 'the pointer was found in an object of the heap', input: bad },
      {
        why: 'Go was not called by C',
        input: edited(
          filled,
          [/runtime\.cgocallback\w*/, 'runtime.callWhere'],
          ['runtime.cgocall(', 'runtime.call32('],
          ['_cgoexp_', 'main.plain_'],
          [/_Cfunc_/, 'plain_'],
          ['_cgo_gotypes.go', 'plain.go'],
        ),
      },
    ],
  },
  {
    rule: 'CGO-02',
    fires: [stored, file('text/go1.26.8-linux-amd64-cgo_cgocheck')],
    near: [
      { why: 'a rule of unsafe, without C', input: pointers('checkptr-go1.27') },
      { why: 'C aborted', input: pointers('cgo-abort-go1.27') },
    ],
  },
  {
    rule: 'CGO-03',
    fires: [inC, pointers('cgo-abort-go1.27'), file('text/go1.22.12-linux-amd64-cgo_abort')],
    near: [
      { why: 'the fault is in code of Go', input: pointers('noncanonical-go1.22') },
      {
        why: 'a fault of Go code in a program that uses C elsewhere',
        input: edited(own('jmp-02-jump-into-heap'), ['main.main()\n', 'main._cgoexp_ready()\n']),
      },
    ],
  },
  {
    rule: 'CGO-05',
    fires: [thrown, edited(thrown, ['0xe06d7363', '0x20474343'])],
    near: [
      { why: 'the C heap is damaged', input: own('win-02-heap-corruption') },
      { why: 'only a thread was named', input: edited(thrown, ['0xe06d7363', '0x406d1388']) },
    ],
  },
];
