/** Rules about what a wrong value is, and about addresses: MC-*, NIL-*, NC-*, FAULT-*, BUS-01. */
import { edited, file, own, plain, pointers, type RuleCase } from './case.ts';

const several = file('acceptance/posts/several-crashes');
const flipped = own('mc-02-flipped-bit');
const text = own('mc-03-text-over-return');
const poison = own('mc-04-poison-over-return');
const floats = own('mc-05-floats-over-return');
const half = own('mc-07-half-pointer');
const negative = own('nil-03-error-result');
const array = own('nil-02-array-behind-nil');
const wild = plain('fault-01-wild-pointer');
const protectedPage = plain('fault-02-protected-page');
const cut = plain('bus-01-truncated-file');
const field = plain('nil-01-field');
const noncanonical = pointers('noncanonical-go1.22');
const vector = own('nc-02-aligned-store');
const emulated = file('diagnose/rare/reader-emulated-arm64');

export const valueCases: readonly RuleCase[] = [
  {
    rule: 'MC-01',
    fires: [several],
    near: [
      { why: 'one crash', input: pointers('heap-fault-go1.25') },
      {
        why: 'ordinary panics of one program',
        input: {
          name: 'three panics',
          text: [plain('panic-01-string'), plain('panic-04-nil-map'), plain('panic-06-divide')].map((one) => one.text).join('\n'),
        },
      },
    ],
  },
  {
    rule: 'MC-02',
    fires: [flipped],
    near: [
      { why: 'two bits', input: edited(flipped, ['0x40c0000a4040', '0x60c0000a4040']) },
      {
        why: 'a bit inside of an arena, where good pointers differ by chance',
        input: edited(flipped, ['0x40c0000a4040', '0xc0002a4040']),
      },
    ],
  },
  {
    rule: 'MC-03',
    fires: [text],
    near: [
      { why: 'an address of a relocatable program reads as text', input: edited(text, ['614d206c69746e75', '0000555f6b6a4241']) },
      { why: 'one byte is no character', input: edited(text, ['614d206c69746e75', '614d206c6974036e']) },
    ],
  },
  {
    rule: 'MC-04',
    fires: [poison, file('diagnose/rare/poison-386-go1.22')],
    near: [
      { why: 'far behind the mark', input: edited(file('diagnose/rare/poison-386-go1.22'), ['deadbeef', 'deadfeef']) },
      { why: 'an address of no known kind', input: edited(poison, ['deadbeefdeadbeef', '1edcbeefdeadbe0f']) },
    ],
  },
  {
    rule: 'MC-05',
    fires: [floats],
    near: [
      {
        why: 'a float64 with a long fraction: any bits are one',
        input: edited(floats, ['4045000000000000', '40450001b3c5d7e9']),
      },
      { why: 'text', input: text },
    ],
  },
  {
    rule: 'MC-07',
    fires: [half],
    near: [
      { why: 'no known pointer has this half', input: edited(half, ['0x2c7f001a4040', '0x2c7f001a5040']) },
      { why: 'small enough for nil and an offset', input: edited(half, ['1a4040', '4040']) },
    ],
  },
  {
    rule: 'NIL-01',
    fires: [field, plain('nil-01-wasm'), pointers('innocent-nil-go1.25')],
    near: [
      { why: 'the address lies beyond a page', input: array },
      { why: 'the kernel gave no address', input: noncanonical },
      { why: 'the zero is a pid that was not printed', input: edited(own('jmp-01-nil-callback'), ['sigcode=1 ', 'sigcode=0 ']) },
      {
        why: 'readers of frame pointers stop at nil: an emulator gave no address',
        input: edited(pointers('fp-mutex-go1.27'), ['addr=0x30bc5b31', 'addr=0x0']),
      },
    ],
  },
  {
    rule: 'NIL-02',
    fires: [array],
    near: [
      { why: 'an address far from 0', input: wild },
      { why: 'no word of the frame is nil', input: edited(array, ['cell(0x0, 0x960)', 'cell(0xc000012080, 0x960)']) },
    ],
  },
  {
    rule: 'NIL-03',
    fires: [negative, edited(negative, ['0xffffffffffffffff', '0xffffffffffffffe8'])],
    near: [
      {
        why: 'far below zero: an ordinary address of the upper half',
        input: edited(negative, ['0xffffffffffffffff', '0xffffffff80000000']),
      },
      { why: 'a positive address', input: array },
    ],
  },
  {
    rule: 'NC-01',
    fires: [noncanonical, pointers('heap-fault-go1.25')],
    near: [
      { why: 'the kernel gave the address', input: edited(noncanonical, ['code=0x80', 'code=0x1']) },
      { why: 'a wild address that can exist', input: wild },
    ],
  },
  {
    rule: 'NC-02',
    fires: [vector],
    near: [
      { why: 'the operand is aligned', input: edited(vector, ['0x20(%rsp)', '0x28(%rsp)']) },
      { why: 'an instruction that needs no alignment', input: edited(vector, ['movaps', 'movups']) },
    ],
  },
  {
    rule: 'NC-03',
    fires: [emulated],
    near: [
      { why: 'a nil field: the register is 0 too', input: plain('nil-01-field') },
      { why: 'the address was printed', input: pointers('fp-arm64-go1.26') },
    ],
  },
  {
    rule: 'FAULT-01',
    fires: [wild, pointers('cgo-segv-go1.19')],
    near: [
      { why: 'a nil field', input: field },
      { why: 'sent by a process: the number is a pid', input: plain('sig-01-sent-by-process') },
    ],
  },
  {
    rule: 'FAULT-02',
    fires: [protectedPage],
    near: [
      { why: 'nothing is mapped there', input: edited(protectedPage, ['code=0x2', 'code=0x1']) },
      { why: 'a wild address', input: wild },
    ],
  },
  {
    rule: 'BUS-01',
    fires: [cut, file('text/go1.18.10-linux-amd64-sigbus')],
    near: [
      { why: 'misaligned, not missing', input: edited(cut, ['code=0x2', 'code=0x1']) },
      { why: 'the instruction itself could not be read', input: own('jmp-03-code-page-lost') },
    ],
  },
];
