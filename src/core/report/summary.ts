/** Bounds of a summary: the first entries of every list that grows with the input, and no long texts. */
import type * as contract from './contract.ts';

/** Entries of a list, further snapshots, frames of a stack, and characters of a printed text. */
const entries = 200;
export const summarySnapshots = 20;
const frames = 100;
const characters = 1000;

/** Threads, and frames of each. */
export const summaryThreads = { threads: entries, frames };

const first = <Entry>(list: Entry[]): Entry[] => list.slice(0, entries);
const cut = (text: string): string => (text.length > characters ? `${text.slice(0, characters)}…` : text);

/**
 * `report` with bounded lists; counts and coverage stay those of the whole input. Threads and further snapshots are bounded where they
 * are made.
 */
export function bounded(report: contract.Report): contract.Report {
  return {
    ...report,
    events: first(report.events).map((event) => ({ ...event, text: cut(event.text) })),
    stacks: first(report.stacks).map((stack) => stack.slice(0, frames)),
    mappings: first(report.mappings),
    spans: first(report.spans),
    memory: { ...report.memory, ranges: first(report.memory.ranges) },
    chains: first(report.chains).map((chain) => ({ ...chain, links: first(chain.links) })),
    findings: first(report.findings),
    bogusPointers: first(report.bogusPointers),
    ...(report.races !== undefined && { races: first(report.races) }),
    ...(report.notices !== undefined && {
      notices: first(report.notices).map((notice) => ({ ...notice, statement: cut(notice.statement) })),
    }),
  };
}
