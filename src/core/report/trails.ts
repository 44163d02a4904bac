/** Trails of the report, and as lines for the terminal. */
import { formatAddress } from '../model/address.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Trail } from '../model/trail.ts';
import { trailsOf } from '../trail/index.ts';
import type * as contract from './contract.ts';
import { lineOf, type ReportContext } from './facts.ts';

const kept = new WeakMap<Snapshot, Trail[]>();

/** The trails of a snapshot, worked out once for all reports of it. */
export function trailsFor(snapshot: Snapshot): Trail[] {
  const known = kept.get(snapshot);
  if (known !== undefined) return known;
  const trails = trailsOf(snapshot);
  kept.set(snapshot, trails);
  return trails;
}

export function reportTrails(context: ReportContext): Pick<contract.Report, 'trails'> {
  const trails = trailsFor(context.chosen.snapshot);
  if (trails.length === 0) return {};
  return {
    trails: trails.map(({ value, cards }) => ({
      value: formatAddress(value),
      cards: cards.map(({ at, writer, inferred, text, source }) => ({
        // A register is no address: its name stands in the text.
        ...(typeof at === 'bigint' && { at: formatAddress(at) }),
        ...(writer !== undefined && { writer }),
        ...lineOf(context, source),
        inferred,
        text,
      })),
    })),
  };
}
