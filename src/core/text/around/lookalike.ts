/** Lines that begin as a form of the runtime does and yet could not be read: said so, instead of called prose. */
import { LineClass } from '../../model/line-class.ts';
import type { LineCursor } from '../cursor.ts';
import type { RecordSink, TextReader } from '../reader.ts';

const form =
  /^(?:\s*goroutine \d+ (?:gp=\S+ m=\S+ (?:mp=\S+ )?)?\[[^\]]*$|[\t ]+(?:[A-Z]:)?[\w./@%!+~-]{1,1024}\.(?:go|s):\d+ \+0x|created by \S+ in goroutine \d+\S)/;

export function looksLikeForm(cursor: LineCursor, index: number): boolean {
  // White space, `goroutine` or `created by`.
  const byte = cursor.bytes[cursor.start(index)] ?? 0;
  return (byte <= 32 || byte > 126 || byte === 103 || byte === 99) && form.test(cursor.line(index));
}

/** Gives line `index` its class when no reader wants it. */
export function classify(cursor: LineCursor, index: number, sink: RecordSink): void {
  if (!looksLikeForm(cursor, index)) return;
  // The last line may be cut anywhere.
  sink.lineClass[index] = index === cursor.count - 1 ? LineClass.recognised : LineClass.unrecognised;
}

export const lookalikeReader: TextReader = {
  name: 'unreadable form',
  recognise: looksLikeForm,
  parse(cursor, index, sink) {
    classify(cursor, index, sink);
    return 1;
  },
};
