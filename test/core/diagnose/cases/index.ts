/** The fixtures of all rules. */
import type { RuleCase } from './case.ts';
import { framePointerCases } from './frame-pointers.ts';
import { heapCases } from './heap.ts';
import { overwriteCases } from './overwrites.ts';
import { machineCases } from './machine.ts';
import { returnAddressCases } from './return-addresses.ts';
import { stackCases } from './stacks.ts';
import { valueCases } from './values.ts';
import { waitingCases } from './waiting.ts';

export const ruleCases: readonly RuleCase[] = [
  ...framePointerCases,
  ...returnAddressCases,
  ...heapCases,
  ...overwriteCases,
  ...valueCases,
  ...stackCases,
  ...waitingCases,
  ...machineCases,
];
