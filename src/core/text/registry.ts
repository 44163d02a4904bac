/**
 * Every reader, in the order in which they are asked: goroutine blocks first (they are most of every dump), then the
 * debugger's prompts and forms, then the Go runtime's rarer forms, the special before the general, frames last.
 */
import type { TextReader } from './reader.ts';
import { Fragments } from './fragments.ts';
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

function askedFor(reader: TextReader, byte: number): Asked[] {
  const { begins, holds, contains } = reader;
  const isBegun = begins === undefined ? holds === undefined : begins.includes(String.fromCharCode(byte));
  if (isBegun) return [{ reader, needs: contains === undefined ? 0 : fragments.maskOf(contains) }];
  return holds === undefined ? [] : [{ reader, needs: fragments.maskOf(holds) }];
}

/** For each first byte, the readers that may know the line, in the same order. */
export const readersFor: readonly (readonly Asked[])[] = Array.from({ length: 256 }, (_unused, byte) =>
  readers.flatMap((reader) => askedFor(reader, byte)),
);
