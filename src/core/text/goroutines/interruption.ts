/** What can stand between two frames of a stack, and what ends a stack although no blank line came. */
import type { LineCursor } from '../cursor.ts';
import type { RecordSink, TextReader } from '../reader.ts';
import { ascii, startsWith } from '../bytes.ts';
import { unwinderReader } from '../memory/unwinder.ts';
import { runtimeLineReader } from '../memory/runtime-line.ts';
import { traceLineReader } from '../around/trace-lines.ts';

/** In this order: the special form before the general one. */
const interruptions: readonly TextReader[] = [unwinderReader, runtimeLineReader, traceLineReader];

/** Lines read of a complaint or trace line that the runtime printed while it printed the stack; 0 = none. */
export function readInterruption(cursor: LineCursor, index: number, sink: RecordSink): number {
  for (const reader of interruptions) {
    if (!reader.recognise(cursor, index, sink)) continue;
    const lines = reader.parse(cursor, index, sink);
    if (lines > 0) return lines;
  }
  return 0;
}

const endings = [
  'panic: ',
  'fatal error: ',
  'fatal: ',
  '[signal ',
  '[originating ',
  'runtime stack:',
  'goroutine ',
  'exit status',
  'SIG',
  'PC=',
  'FAIL',
  '--- ',
  '===',
  '-----',
  '(gdb)',
  '(rr)',
  '(dlv)',
  'Exception ',
  'unexpected fault address',
].map(ascii);

export function endsBlock(bytes: Uint8Array, start: number, end: number): boolean {
  return endings.some((ending) => startsWith(bytes, start, end, ending));
}
