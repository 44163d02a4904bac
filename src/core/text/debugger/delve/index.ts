/** The readers of Delve sessions, in the order in which they are to be asked. */
import type { TextReader } from '../../reader.ts';
import { delveCommandReader } from './command.ts';
import { delveEchoReader, delveOutputReader } from './echo.ts';
import { delveGoroutineReader } from './goroutines.ts';
import { delveMemoryReader } from './memory.ts';
import { delveRegisterReader } from './registers.ts';
import { delveStackReader } from './stack.ts';
import { delveFrameReader, delveStopReader } from './stop.ts';
import { delveThreadReader } from './threads.ts';
import { delveValueReader } from './values.ts';

export const delveReaders: readonly TextReader[] = [
  delveCommandReader,
  delveStopReader,
  delveFrameReader,
  delveStackReader,
  delveGoroutineReader,
  delveRegisterReader,
  delveMemoryReader,
  delveThreadReader,
  delveValueReader,
  delveEchoReader,
];

/** Asked after the forms of all tools: whatever else stands between two prompts of Delve. */
export const delveRest: readonly TextReader[] = [delveOutputReader];
