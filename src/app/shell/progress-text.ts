/** What the progress of reading says. */
const megabyte = 1024 * 1024;

/** 'Reading text, 12 of 35 MB' for bytes; the phase alone for short steps. */
export function progressText(phase: string, done: number, total: number): string {
  if (total < megabyte) return phase;
  return `${phase}, ${Math.floor(done / megabyte)} of ${Math.ceil(total / megabyte)} MB`;
}
