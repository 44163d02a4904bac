/** Race reports with the frames of their accesses. */
import type { Race } from '../model/race.ts';
import { framesBetween, type TableView } from '../model/tables.ts';
import type { FactIndex } from './fact-index.ts';
import type { RowMap } from './row-map.ts';

export function racesOf(facts: FactIndex, view: TableView, rows: RowMap): Race[] {
  return facts.of('race').map(({ address, accesses, source }) => ({
    address,
    accesses: accesses.map(({ frameStart, frameEnd, ...told }) => {
      const start = rows.to(frameStart);
      return { ...told, frames: framesBetween(view, start, start + frameEnd - frameStart) };
    }),
    source,
  }));
}
