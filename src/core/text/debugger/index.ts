/** The readers of gdb and rr sessions and of Go assembly source, in the order in which they are to be asked. */
import type { TextReader } from '../reader.ts';
import { assemblyReader } from './assembly.ts';
import { backtraceReader } from './backtrace.ts';
import { bareCommandReader } from './bare-command.ts';
import { commandReader } from './command.ts';
import { displayReader } from './display.ts';
import { disassemblyReader, instructionsReader } from './listing.ts';
import { echoReader } from './echo.ts';
import { examineReader, unreadableReader } from './examine.ts';
import { mappingsReader } from './mappings.ts';
import { goroutineListReader } from './goroutine-list.ts';
import { infoFrameReader } from './info-frame.ts';
import { localsReader } from './locals.ts';
import { outputReader } from './output.ts';
import { placeReader } from './place.ts';
import { registersReader } from './registers.ts';
import { searchReader } from './search.ts';
import { stopReader } from './stop.ts';
import { symbolReader } from './symbol.ts';
import { threadListReader } from './thread-list.ts';
import { typeLayoutReader } from './type-layout.ts';
import { valueReader } from './value.ts';

export const debuggerReaders: readonly TextReader[] = [
  commandReader,
  bareCommandReader,
  stopReader,
  backtraceReader,
  disassemblyReader,
  instructionsReader,
  examineReader,
  unreadableReader,
  mappingsReader,
  registersReader,
  valueReader,
  displayReader,
  typeLayoutReader,
  localsReader,
  infoFrameReader,
  goroutineListReader,
  threadListReader,
  searchReader,
  symbolReader,
  assemblyReader,
  placeReader,
  echoReader,
  outputReader,
];
