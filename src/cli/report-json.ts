/** JSON in pieces: a report of 100,000 goroutines is longer than one string may be. */
import type { Report } from '../core/index.ts';

type Items = NonNullable<Report['goroutines']['items']>;

function* itemPieces(items: Items): Generator<string> {
  yield '[';
  let first = true;
  for (const item of items) {
    yield `${first ? '' : ','}${JSON.stringify(item)}`;
    first = false;
  }
  yield ']';
}

/** The pieces of one line of JSON, without a line feed. */
export function* jsonPieces(report: Report): Generator<string> {
  const { goroutines, also, ...rest } = report;
  const { items, ...counted } = goroutines;
  yield `${JSON.stringify(rest).slice(0, -1)},"goroutines":${JSON.stringify(counted).slice(0, -1)}`;
  if (items !== undefined) {
    yield ',"items":';
    yield* itemPieces(items);
  }
  yield '}';
  if (also !== undefined) {
    yield ',"also":[';
    for (const [index, other] of also.entries()) {
      if (index > 0) yield ',';
      yield* jsonPieces(other);
    }
    yield ']';
  }
  yield '}';
}
