/** What the progress of reading says. */
import type { Extent } from '../../worker/protocol.ts';

const megabyte = 1024 * 1024;

/** 'Reading text, 12 of 35 MB' for bytes; the phase alone for short steps. */
export function progressText(phase: string, done: number, total: number): string {
  if (total < megabyte) return phase;
  return `${phase}, ${Math.floor(done / megabyte)} of ${Math.ceil(total / megabyte)} MB`;
}

/** 'This is the first 2 of 201 MB': what a preview shows. */
export function partialText({ read, total }: Extent): string {
  const shown = Math.max(1, Math.round(read / megabyte)).toLocaleString('en');
  return `the first ${shown} of ${Math.ceil(total / megabyte).toLocaleString('en')} MB`;
}
