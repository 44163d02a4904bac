/** Trails with their steps and the memory they run through: what a page draws. */
import type { SessionView } from '../model/session.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Trail } from '../model/trail.ts';
import { regionsOfTrail } from './regions.ts';
import { stepOfSource } from './steps.ts';

export function trailViews(snapshot: Snapshot, trails: readonly Trail[]): SessionView['trails'] {
  return trails.map((trail) => {
    const cards = trail.cards.map((card) => {
      const step = card.step ?? stepOfSource(snapshot, card.source);
      return step === undefined ? card : { ...card, step };
    });
    const dated = { value: trail.value, cards };
    return { ...dated, regions: regionsOfTrail(snapshot, dated) };
  });
}
