/** Which group of facts the case is about. */
import type { TextFact } from '../model/record.ts';

/** Facts of stacks that a living program printed, of itself or of a panic that it recovered from. */
const printedAlive: ReadonlySet<TextFact['kind']> = new Set([
  'goroutine',
  'runtime-stack',
  'separator',
  'version-hint',
  'process',
  'span',
]);

/**
 * A log often shows stacks that a program printed and went on, and then the crash that ended it: the crash comes first.
 * Groups that say anything more than stacks keep their order.
 */
export function mainFirst<Group extends { facts: readonly TextFact[] }>(groups: readonly Group[]): Group[] {
  const [first] = groups;
  if (first === undefined || !first.facts.every(isPrintedAlive)) return [...groups];
  const main = groups.find(({ facts }) => facts.some(isDeath));
  return main === undefined ? [...groups] : [main, ...groups.filter((group) => group !== main)];
}

function isPrintedAlive(fact: TextFact): boolean {
  return printedAlive.has(fact.kind) || (fact.kind === 'event' && fact.event.kind === 'log');
}

function isDeath(fact: TextFact): boolean {
  if (fact.kind !== 'event') return false;
  const { kind } = fact.event;
  return kind === 'panic' || kind === 'fatal-error' || kind === 'throw' || kind === 'signal' || kind === 'exception';
}
