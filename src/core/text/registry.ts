/**
 * Every reader, in the order in which they are asked: goroutine blocks first (they are most of every dump), then the
 * debugger's prompts and forms, then the Go runtime's rarer forms, the special before the general, frames last.
 */
import type { TextReader } from './reader.ts';
import { skipSpace } from './bytes.ts';
import { Fragments } from './fragments.ts';
import { kindKey, kindOf, type LineKind, type Speaker } from './line-kind.ts';
import { delveReaders, delveRest } from './debugger/delve/index.ts';
import { debuggerReaders } from './debugger/index.ts';
import { lldbReaders, lldbRest } from './debugger/lldb/index.ts';
import { telescopeReaders } from './debugger/telescope/index.ts';
import { ancestorReader, goroutineReader } from './goroutines/block.ts';
import { orphanReader, runtimeStackReader } from './goroutines/runtime-stack.ts';
import { lookalikeReader } from './around/lookalike.ts';
import { tinyGoReader } from './around/other-compilers.ts';
import { sanitizerReader } from './around/sanitizer.ts';
import { separatorReader, toolLineReader } from './around/tool-lines.ts';
import { traceLineReader } from './around/trace-lines.ts';
import { badPointerReader, foundInReader } from './memory/bad-pointer.ts';
import { hexdumpReader } from './memory/hexdump.ts';
import { objectReader } from './memory/object-dump.ts';
import { registerReader } from './memory/registers.ts';
import { runtimeLineReader } from './memory/runtime-line.ts';
import { stackLimitReader } from './memory/stack-limit.ts';
import { unwinderReader } from './memory/unwinder.ts';
import { zombieReader, zombieRowsReader } from './memory/zombies.ts';
import { goroutineProfileReader } from './profiles/goroutine-profile.ts';
import { sampleProfileReader } from './profiles/sample-profile.ts';
import { raceReader } from './race/race.ts';
import { faultAddressReader, fatalReader, lastWordsReader, rawFatalReader } from './reasons/fatal.ts';
import { gluedReasonReader } from './reasons/glued.ts';
import { panicReader, servingReader } from './reasons/panic.ts';
import { toolReaders } from './tools/index.ts';
import { systemReaders } from './system/index.ts';
import { signalBlockReader, signalLineReader, signalRestReader } from './reasons/signal.ts';
import { recoveredReader, recoveryReader } from './stacks-of-libraries/recovery.ts';

export const goReaders: readonly TextReader[] = [
  tinyGoReader,
  panicReader,
  fatalReader,
  rawFatalReader,
  faultAddressReader,
  lastWordsReader,
  signalLineReader,
  signalBlockReader,
  signalRestReader,
  runtimeStackReader,
  ancestorReader,
  separatorReader,
  badPointerReader,
  foundInReader,
  objectReader,
  zombieReader,
  zombieRowsReader,
  stackLimitReader,
  unwinderReader,
  runtimeLineReader,
  hexdumpReader,
  registerReader,
  raceReader,
  servingReader,
  traceLineReader,
  sampleProfileReader,
  goroutineProfileReader,
  sanitizerReader,
  recoveredReader,
  recoveryReader,
  ...systemReaders,
  toolLineReader,
  orphanReader,
  gluedReasonReader,
  lookalikeReader,
];

/** A debugger's rest takes any line between two prompts: it is asked behind the forms of all tools. */
export const readers: readonly TextReader[] = [
  goroutineReader,
  ...delveReaders,
  ...lldbReaders,
  ...telescopeReaders,
  ...toolReaders,
  ...delveRest,
  ...lldbRest,
  ...debuggerReaders,
  ...goReaders,
];

/** A reader that may know a line, and the fragments of which that line must have one; 0 = it need not. */
export interface Asked {
  reader: TextReader;
  needs: number;
}

export const fragments = new Fragments();

/** Can the form of `reader` begin with `byte` and, where it is known, `second` behind it? */
function begins({ begins: letters, opens, holds }: TextReader, byte: number, second: number | undefined): boolean {
  if (letters === undefined && opens === undefined) return holds === undefined;
  if (letters?.includes(String.fromCharCode(byte)) === true) return true;
  return opens?.some((two) => two.charCodeAt(0) === byte && (second === undefined || two.charCodeAt(1) === second)) === true;
}

function askedWhere(reader: TextReader, byte: number, kind: LineKind | undefined): Asked[] {
  const { holds, contains } = reader;
  if (kind !== undefined && reader.accepts?.(kind) === false) return [];
  if (begins(reader, byte, kind?.second)) return [{ reader, needs: contains === undefined ? 0 : fragments.maskOf(contains) }];
  return holds === undefined ? [] : [{ reader, needs: fragments.maskOf(holds) }];
}

/** For each first byte, the readers that may know the line, in the same order. */
export const readersFor: readonly (readonly Asked[])[] = Array.from({ length: 256 }, (_unused, byte) =>
  readers.flatMap((reader) => askedWhere(reader, byte, undefined)),
);

/** For each kind of line that was met, those that are left of them. */
const readersOf = new Map<number, readonly Asked[]>();
/** More are met in no text that a person can read. */
const mostKinds = 1 << 16;

function askedOf(key: number): readonly Asked[] {
  const kind = kindOf(key);
  const asked = (readersFor[kind.first] ?? []).flatMap(({ reader }) => askedWhere(reader, kind.first, kind));
  if (readersOf.size >= mostKinds) readersOf.clear();
  readersOf.set(key, asked);
  return asked;
}

/** The readers that may know the line of bytes [start, end), in the order in which they are asked. */
export function readersOfLine(bytes: Uint8Array, start: number, end: number, speaker: Speaker): readonly Asked[] {
  const key = kindKey(bytes, start, end, speaker);
  if (key < 0) return readersFor[bytes[skipSpace(bytes, start, end)] ?? 0] ?? [];
  return readersOf.get(key) ?? askedOf(key);
}
