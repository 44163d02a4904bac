/** The worker's port as the stores reach it; main.tsx provides it before anything is opened, tests give their own. */
import type { AnalysisClient } from '../../worker/client.ts';

let client: AnalysisClient | undefined;

export function provideClient(next: AnalysisClient): void {
  client = next;
}

export function analysisClient(): AnalysisClient {
  if (client === undefined) throw new Error('No analysis client was provided');
  return client;
}
