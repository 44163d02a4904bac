/** JSON in pieces: a report of 100,000 goroutines is longer than one string may be, and need not be in memory as a whole. */
import type { StreamedReport } from '../core/index.ts';

function* listPieces(items: Iterable<unknown>): Generator<string> {
  let before = '[';
  for (const item of items) {
    yield before + JSON.stringify(item);
    before = ',';
  }
  yield before === '[' ? '[]' : ']';
}

/** The pieces of one line of JSON, without a line feed. Each list is stringified as it is made. */
export function* jsonPieces({ report, threads, items, also }: StreamedReport): Generator<string> {
  const { goroutines, ...rest } = report;
  let before = '{';
  const parts: [string, unknown][] = Object.entries(rest);
  for (const [key, value] of parts) {
    if (value === undefined) continue;
    yield `${before}${JSON.stringify(key)}:`;
    before = ',';
    if (key === 'threads') yield* listPieces(threads);
    else yield JSON.stringify(value);
  }
  yield `${before}"goroutines":${JSON.stringify(goroutines).slice(0, -1)}`;
  if (items !== undefined) {
    yield ',"items":';
    yield* listPieces(items);
  }
  yield '}';
  let between = ',"also":[';
  for (const other of also) {
    yield between;
    between = ',';
    yield* jsonPieces(other);
  }
  yield between === ',' ? ']}' : '}';
}
