/** Neighbouring lines of one class as one run: decorations are per run, and a dump is a few long runs. */
export interface LineRun {
  first: number;
  /** Inclusive. */
  last: number;
  value: number;
}

export function lineRuns(classes: Uint8Array): LineRun[] {
  const runs: LineRun[] = [];
  let current: LineRun | undefined;
  for (const [line, value] of classes.entries()) {
    if (current?.value === value) current.last = line;
    else {
      current = { first: line, last: line, value };
      runs.push(current);
    }
  }
  return runs;
}
