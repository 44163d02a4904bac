/** The worker's port as the stores reach it; main.tsx provides it before anything is opened, tests give their own. */
import { create } from 'zustand';
import type { AnalysisClient } from '../../worker/client.ts';

let client: AnalysisClient | undefined;

/** How often bytes of large documents came that had been left out. */
export const useArrivalStore = create<{ count: number }>()(() => ({ count: 0 }));

export function provideClient(next: AnalysisClient): void {
  client = next;
  next.onBytes(() => useArrivalStore.setState(({ count }) => ({ count: count + 1 })));
}

export function analysisClient(): AnalysisClient {
  if (client === undefined) throw new Error('No analysis client was provided');
  return client;
}
