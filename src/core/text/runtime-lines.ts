/**
 * Lines that the runtime alone begins so (runtime/panic.go, signal_unix.go, traceback.go), read without asking the readers of other tools:
 * most of a dump that is no goroutine block. Where a debugger speaks, the same words may be its program's, and the registry decides.
 */
import { ascii, startsWith } from './bytes.ts';
import type { LineCursor } from './cursor.ts';
import type { RecordSink, TextReader } from './reader.ts';
import { tinyGoReader } from './around/other-compilers.ts';
import { separatorReader } from './around/tool-lines.ts';
import { runtimeStackReader } from './goroutines/runtime-stack.ts';
import { badPointerReader } from './memory/bad-pointer.ts';
import { beginsBlock, registerReader } from './memory/registers.ts';
import { runtimeLineReader } from './memory/runtime-line.ts';
import { stackLimitReader } from './memory/stack-limit.ts';
import { unwinderReader } from './memory/unwinder.ts';
import { foundInReader } from './memory/bad-pointer.ts';
import { zombieReader } from './memory/zombies.ts';
import { faultAddressReader, fatalReader, lastWordsReader } from './reasons/fatal.ts';
import { panicReader } from './reasons/panic.ts';
import { signalBlockReader, signalLineReader } from './reasons/signal.ts';

interface Opening {
  text: Uint8Array;
  /** In the order of the registry. */
  readers: readonly TextReader[];
}

function opening(text: string, ...readers: TextReader[]): Opening {
  return { text: ascii(text), readers };
}

const openings: readonly Opening[] = [
  opening('fatal error: ', fatalReader),
  opening('panic: ', tinyGoReader, panicReader),
  opening('[signal ', tinyGoReader, lastWordsReader, signalLineReader),
  opening('SIG', signalBlockReader),
  opening('PC=0x', signalBlockReader),
  opening('runtime stack:', runtimeStackReader),
  opening('runtime: ', badPointerReader, foundInReader, zombieReader, stackLimitReader, unwinderReader, runtimeLineReader),
  opening('-----\n', separatorReader),
  opening('unexpected fault address ', faultAddressReader),
];

/** By first byte: those that begin with it. */
const openingsOf: readonly (readonly Opening[])[] = Array.from({ length: 256 }, (_unused, byte) =>
  openings.filter(({ text }) => text[0] === byte),
);

/** Lines that the reader of such an opening took; 0 = the registry is to be asked. */
export function readRuntimeLine(cursor: LineCursor, index: number, sink: RecordSink): number {
  if (sink.command !== '' || (sink.speaker ?? '') !== '') return 0;
  const start = cursor.start(index);
  const { bytes } = cursor;
  const known = openingsOf[bytes[start] ?? 0] ?? [];
  for (let at = 0; at < known.length; at++) {
    const one = known[at];
    if (one === undefined || !startsWith(bytes, start, bytes.length, one.text)) continue;
    for (let next = 0; next < one.readers.length; next++) {
      const reader = one.readers[next];
      if (reader === undefined || !reader.recognise(cursor, index, sink)) continue;
      const lines = reader.parse(cursor, index, sink);
      if (lines > 0) return lines;
    }
    return 0;
  }
  return beginsBlock(cursor, index) ? registerReader.parse(cursor, index, sink) : 0;
}
