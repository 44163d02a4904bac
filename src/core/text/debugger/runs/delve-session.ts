/**
 * The hot forms of a Delve session, found by the first byte behind a line's blanks. What is taken here is what the readers of the
 * registry would take in the same way; every other line is left to them.
 */
import { LineClass } from '../../../model/line-class.ts';
import type { LineCursor } from '../../cursor.ts';
import type { RecordSink } from '../../reader.ts';
import { readGoroutines } from '../delve/goroutines.ts';
import { delveMemoryReader } from '../delve/memory.ts';
import { delveRegisterReader } from '../delve/registers.ts';
import { isDelveOutput } from '../delve/session.ts';
import { delveStackReader } from '../delve/stack.ts';
import { delveStopReader } from '../delve/stop.ts';
import { delveThreadReader } from '../delve/threads.ts';
import { readDelvePrompt } from './delve-prompt.ts';

const tab = 9;
const lineFeed = 10;
const space = 32;
const star = 42;
const letterT = 84;
const letterX = 120;

/** Lines taken from line `index` on, in a text that Delve printed; 0 = the readers of the registry are to be asked. */
export function readDelveSession(cursor: LineCursor, index: number, sink: RecordSink): number {
  const start = cursor.start(index);
  const end = (cursor.lineStarts[index + 1] ?? 0) - cursor.base - 1;
  const { bytes } = cursor;
  if (bytes[end] !== lineFeed || !isDelveOutput(sink)) return 0;
  let at = start;
  while (bytes[at] === space || bytes[at] === tab) at++;
  const byte = bytes[at] ?? 0;
  if (byte >= 48 && byte <= 57)
    return (bytes[at + 1] === letterX ? delveMemoryReader : delveStackReader).parse(cursor, index, sink);
  switch (byte) {
    case lineFeed:
      sink.lineClass[index] = LineClass.blank;
      return 1;
    case 40: // (dlv)
      return at === start ? readDelvePrompt(cursor, index, start, end, sink) : 0;
    case 62: // > main.f()
      return delveStopReader.parse(cursor, index, sink);
    case star:
      return bytes[at + 2] === letterT ? delveThreadReader.parse(cursor, index, sink) : readGoroutines(cursor, index, sink);
    case letterT: // Thread
      return delveThreadReader.parse(cursor, index, sink);
    case 71: // Goroutine
      return readGoroutines(cursor, index, sink);
    case 82: // Rip
      return delveRegisterReader.parse(cursor, index, sink);
    default:
      return 0;
  }
}
