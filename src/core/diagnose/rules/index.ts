/** All rules, in the order in which equals are ranked. One import a line, in alphabetical order of the files. */
import type { Rule } from '../rule.ts';
import { bus01 } from './bus-01.ts';
import { dl01 } from './dl-01.ts';
import { dump01 } from './dump-01.ts';
import { fault01 } from './fault-01.ts';
import { fault02 } from './fault-02.ts';
import { mem01 } from './mem-01.ts';
import { nil01 } from './nil-01.ts';
import { nil02 } from './nil-02.ts';
import { panic01 } from './panic-01.ts';
import { panic02 } from './panic-02.ts';
import { panic03 } from './panic-03.ts';
import { panic04 } from './panic-04.ts';
import { panic05 } from './panic-05.ts';
import { panic06 } from './panic-06.ts';
import { panic07 } from './panic-07.ts';
import { panic08 } from './panic-08.ts';
import { panic09 } from './panic-09.ts';
import { race01 } from './race-01.ts';
import { race03 } from './race-03.ts';
import { sig01 } from './sig-01.ts';
import { stk01 } from './stk-01.ts';
import { sync01 } from './sync-01.ts';
import { test01 } from './test-01.ts';

export const rules: readonly Rule[] = [
  bus01,
  dl01,
  dump01,
  fault01,
  fault02,
  mem01,
  nil01,
  nil02,
  panic01,
  panic02,
  panic03,
  panic04,
  panic05,
  panic06,
  panic07,
  panic08,
  panic09,
  race01,
  race03,
  sig01,
  stk01,
  sync01,
  test01,
];
