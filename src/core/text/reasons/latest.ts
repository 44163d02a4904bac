import type { CrashEvent } from '../../model/event.ts';
import type { RecordSink } from '../reader.ts';

/** Facts between an event and the lines that belong to it: a few hints and complaints. */
const reach = 32;

/** The event to which the next line may belong; undefined once a goroutine was read after it. */
export function latestEvent(sink: RecordSink): CrashEvent | undefined {
  const { facts } = sink;
  for (let i = facts.length - 1, from = Math.max(0, facts.length - reach); i >= from; i--) {
    const fact = facts[i];
    if (fact?.kind === 'event') return fact.event;
    if (fact?.kind === 'goroutine') return undefined;
  }
  return undefined;
}
