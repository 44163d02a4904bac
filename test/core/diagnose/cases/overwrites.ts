/** OVW-01: runs of foreign bytes. */
import { edited, file, own, pointers, type RuleCase } from './case.ts';

const text = own('mc-03-text-over-return');
const floats = own('mc-05-floats-over-return');
const poison = own('mc-04-poison-over-return');
const cleared = own('ra-05-cleared-by-c');

export const overwriteCases: readonly RuleCase[] = [
  {
    rule: 'OVW-01',
    fires: [text, floats, poison, cleared],
    near: [
      { why: 'one word was overwritten, nothing beside it', input: file('diagnose/rare/random-heap-go1.26') },
      {
        why: 'the text lies in a buffer below, and the slot holds something else',
        input: edited(text, ['614d206c69746e75', '0000000000000fed'], ['20646c6568202c45', '000000c00009adf8']),
      },
      {
        why: "the numbers begin at the slot: they are the caller's own, the frame is misplaced",
        input: edited(
          floats,
          [/0x(?:3ff8|4004|c00a|4024|4059|3fc0|4029)0{12}/, '0x0000000000000000'],
          ['  0x0000000000000000 \n0x000000c00009add0', '  0x000000c00009adf8 \n0x000000c00009add0'],
          ['>0x000000c0000a40c0', '>0x4059000000000000'],
          ['0x000000c00009ade0:  0x000000000000000c', '0x000000c00009ade0:  0x4024000000000000'],
        ),
      },
      { why: 'a text in a heap object that holds a stale pointer elsewhere', input: pointers('bad-pointer-go1.23') },
      { why: 'the trampoline of a probe', input: pointers('uretprobe-go1.25') },
    ],
  },
];
