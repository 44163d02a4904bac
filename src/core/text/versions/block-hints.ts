/** What a goroutine header proves about the Go version (runtime/traceback.go goroutineheader). */
import { VersionHintFact } from '../facts.ts';
import type { LineCursor } from '../cursor.ts';
import type { RecordSink } from '../reader.ts';
import type { Header } from '../goroutines/header.ts';

/** Pushes a hint once per document and reason. */
export function hintOnce(
  cursor: LineCursor,
  index: number,
  sink: RecordSink,
  from: number | null,
  to: number | null,
  why: string,
): void {
  if (!firstTime(sink, why)) return;
  sink.facts.push(new VersionHintFact(from, to, why, index, cursor.lineRange(index)));
}

/** Whether `key` is asked for the first time in this document. */
export function firstTime(sink: RecordSink, key: string): boolean {
  let given = givenHints.get(sink);
  if (given === undefined) givenHints.set(sink, (given = new Set()));
  if (given.has(key)) return false;
  given.add(key);
  return true;
}

const givenHints = new WeakMap<RecordSink, Set<string>>();

export function headerHints(cursor: LineCursor, index: number, sink: RecordSink, header: Header): void {
  if (header.hasPlace) hintOnce(cursor, index, sink, 22, null, 'goroutine header with gp= and m=');
  if (header.labelsEnd > header.labelsStart) {
    if (header.labelsInBracket) hintOnce(cursor, index, sink, 26, 26, 'labels inside the brackets of a header');
    else hintOnce(cursor, index, sink, 27, null, 'labels after the brackets of a header');
  }
}
