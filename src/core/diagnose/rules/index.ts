/** All rules, in the order in which equals are ranked. One import a line, in alphabetical order of the files. */
import type { Rule } from '../rule.ts';
import { panic01 } from './panic-01.ts';
import { panic02 } from './panic-02.ts';
import { panic03 } from './panic-03.ts';
import { panic04 } from './panic-04.ts';
import { panic05 } from './panic-05.ts';
import { panic06 } from './panic-06.ts';
import { panic07 } from './panic-07.ts';
import { panic08 } from './panic-08.ts';
import { panic09 } from './panic-09.ts';
import { sync01 } from './sync-01.ts';

export const rules: readonly Rule[] = [panic01, panic02, panic03, panic04, panic05, panic06, panic07, panic08, panic09, sync01];
