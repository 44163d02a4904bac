/** All rules, in the order in which equals are ranked. One import a line, in alphabetical order of the files. */
import type { Rule } from '../rule.ts';
import { bus01 } from './bus-01.ts';
import { bus02 } from './bus-02.ts';
import { cgo01 } from './cgo-01.ts';
import { cgo02 } from './cgo-02.ts';
import { cgo03 } from './cgo-03.ts';
import { cgo04 } from './cgo-04.ts';
import { cgo05 } from './cgo-05.ts';
import { dbg01 } from './dbg-01.ts';
import { dbg02 } from './dbg-02.ts';
import { dl01 } from './dl-01.ts';
import { dl02 } from './dl-02.ts';
import { dl03 } from './dl-03.ts';
import { dump01 } from './dump-01.ts';
import { emu01 } from './emu-01.ts';
import { fault01 } from './fault-01.ts';
import { fault02 } from './fault-02.ts';
import { fp01 } from './fp-01.ts';
import { fp02 } from './fp-02.ts';
import { fp03 } from './fp-03.ts';
import { fp04 } from './fp-04.ts';
import { fp05 } from './fp-05.ts';
import { fp06 } from './fp-06.ts';
import { fp07 } from './fp-07.ts';
import { fp08 } from './fp-08.ts';
import { fp09 } from './fp-09.ts';
import { gc01 } from './gc-01.ts';
import { gc02 } from './gc-02.ts';
import { gc03 } from './gc-03.ts';
import { gc04 } from './gc-04.ts';
import { gc05 } from './gc-05.ts';
import { gc06 } from './gc-06.ts';
import { gc07 } from './gc-07.ts';
import { gc08 } from './gc-08.ts';
import { jmp01 } from './jmp-01.ts';
import { jmp02 } from './jmp-02.ts';
import { jmp03 } from './jmp-03.ts';
import { mac01 } from './mac-01.ts';
import { mac02 } from './mac-02.ts';
import { mac03 } from './mac-03.ts';
import { mc01 } from './mc-01.ts';
import { mc02 } from './mc-02.ts';
import { mc03 } from './mc-03.ts';
import { mc04 } from './mc-04.ts';
import { mc05 } from './mc-05.ts';
import { mc06 } from './mc-06.ts';
import { mc07 } from './mc-07.ts';
import { mc08 } from './mc-08.ts';
import { mem01 } from './mem-01.ts';
import { nc01 } from './nc-01.ts';
import { nc02 } from './nc-02.ts';
import { nc03 } from './nc-03.ts';
import { nil01 } from './nil-01.ts';
import { nil02 } from './nil-02.ts';
import { nil03 } from './nil-03.ts';
import { ovw01 } from './ovw-01.ts';
import { panic01 } from './panic-01.ts';
import { panic02 } from './panic-02.ts';
import { panic03 } from './panic-03.ts';
import { panic04 } from './panic-04.ts';
import { panic05 } from './panic-05.ts';
import { panic06 } from './panic-06.ts';
import { panic07 } from './panic-07.ts';
import { panic08 } from './panic-08.ts';
import { panic09 } from './panic-09.ts';
import { ra01 } from './ra-01.ts';
import { ra02 } from './ra-02.ts';
import { ra03 } from './ra-03.ts';
import { ra04 } from './ra-04.ts';
import { ra05 } from './ra-05.ts';
import { ra06 } from './ra-06.ts';
import { ra07 } from './ra-07.ts';
import { ra08 } from './ra-08.ts';
import { race01 } from './race-01.ts';
import { race02 } from './race-02.ts';
import { race03 } from './race-03.ts';
import { sig01 } from './sig-01.ts';
import { sig02 } from './sig-02.ts';
import { sig03 } from './sig-03.ts';
import { sig04 } from './sig-04.ts';
import { stk01 } from './stk-01.ts';
import { stk02 } from './stk-02.ts';
import { stk03 } from './stk-03.ts';
import { stk04 } from './stk-04.ts';
import { stk05 } from './stk-05.ts';
import { stk06 } from './stk-06.ts';
import { stk07 } from './stk-07.ts';
import { sync01 } from './sync-01.ts';
import { test01 } from './test-01.ts';
import { uns01 } from './uns-01.ts';
import { win01 } from './win-01.ts';
import { win02 } from './win-02.ts';
import { win03 } from './win-03.ts';

export const rules: readonly Rule[] = [
  bus01,
  bus02,
  cgo01,
  cgo02,
  cgo03,
  cgo04,
  cgo05,
  dbg01,
  dbg02,
  dl01,
  dl02,
  dl03,
  dump01,
  emu01,
  fault01,
  fault02,
  fp01,
  fp02,
  fp03,
  fp04,
  fp05,
  fp06,
  fp07,
  fp08,
  fp09,
  gc01,
  gc02,
  gc03,
  gc04,
  gc05,
  gc06,
  gc07,
  gc08,
  jmp01,
  jmp02,
  jmp03,
  mac01,
  mac02,
  mac03,
  mc01,
  mc02,
  mc03,
  mc04,
  mc05,
  mc06,
  mc07,
  mc08,
  mem01,
  nc01,
  nc02,
  nc03,
  nil01,
  nil02,
  nil03,
  ovw01,
  panic01,
  panic02,
  panic03,
  panic04,
  panic05,
  panic06,
  panic07,
  panic08,
  panic09,
  ra01,
  ra02,
  ra03,
  ra04,
  ra05,
  ra06,
  ra07,
  ra08,
  race01,
  race02,
  race03,
  sig01,
  sig02,
  sig03,
  sig04,
  stk01,
  stk02,
  stk03,
  stk04,
  stk05,
  stk06,
  stk07,
  sync01,
  test01,
  uns01,
  win01,
  win02,
  win03,
];
