/** Events with the signal line that follows them folded in. */
import type { CrashEvent } from '../model/event.ts';
import type { TextFact } from '../model/record.ts';

export function eventsOf(facts: readonly TextFact[]): CrashEvent[] {
  const events: CrashEvent[] = [];
  /** The last event that a signal line can speak of. */
  let last = -1;
  for (const fact of facts) {
    if (fact.kind === 'event') {
      if (fact.event.kind !== 'log' && fact.event.kind !== 'stop') last = events.length;
      events.push(fact.event);
    } else if (fact.kind === 'signal') {
      const event = events[last];
      if (event === undefined) {
        last = events.length;
        events.push({ kind: 'signal', category: 'signal', text: fact.signal.name, source: fact.source, signal: fact.signal });
        // The event of the record stays as it was read.
      } else events[last] = { ...event, signal: { ...event.signal, ...fact.signal } };
    }
  }
  return events;
}
