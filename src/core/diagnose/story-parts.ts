/** Which part of the story a rule tells: what did it, or what it damaged. Rules that are not listed tell how it was noticed, or nothing. */
import { matchesRule } from './ranking.ts';

const culprits = [
  'FP-01',
  'FP-04',
  'FP-05',
  'FP-07',
  'FP-08',
  'FP-09',
  'RA-01',
  'RA-06',
  'RA-07',
  'JMP-01',
  'CGO-*',
  'OVW-01',
  'STK-01',
  'STK-03',
  'STK-05',
  'STK-06',
  'SIG-*',
  'RACE-*',
  'DL-*',
  'PANIC-*',
  'NIL-*',
  'UNS-01',
  'MEM-01',
  'SYNC-01',
  'TEST-01',
  'WIN-02',
  'WIN-03',
  'MAC-01',
  'MAC-03',
  'BUS-*',
];
const damages = ['RA-*', 'GC-01', 'GC-02', 'GC-04', 'GC-05', 'GC-06', 'GC-08', 'MC-*', 'STK-04', 'STK-07', 'FP-06', 'JMP-02'];

export function storyPartOf(rule: string): 'culprit' | 'damage' | undefined {
  if (culprits.some((pattern) => matchesRule(rule, pattern))) return 'culprit';
  return damages.some((pattern) => matchesRule(rule, pattern)) ? 'damage' : undefined;
}

/** Rules about pointers and stacks that something else must have damaged. */
export function needsCulprit(rule: string): boolean {
  return storyPartOf(rule) === 'damage';
}
