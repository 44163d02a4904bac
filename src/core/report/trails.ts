/** Trails of the report, and as lines for the terminal. */
import { formatAddress } from '../model/address.ts';
import { trailsOf } from '../trail/index.ts';
import type * as contract from './contract.ts';
import { lineOf, type ReportContext } from './facts.ts';

export function reportTrails(context: ReportContext): Pick<contract.Report, 'trails'> {
  const trails = trailsOf(context.chosen.snapshot);
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
