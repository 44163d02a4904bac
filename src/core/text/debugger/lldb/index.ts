/** The readers of LLDB sessions, in the order in which they are to be asked. */
import type { TextReader } from '../../reader.ts';
import { lldbCommandReader } from './command.ts';
import { lldbEchoReader, lldbOutputReader } from './echo.ts';
import { lldbFindReader } from './find.ts';
import { lldbListingReader } from './listing.ts';
import { lldbMemoryReader, lldbRegionReader } from './memory.ts';
import { lldbRegisterReader } from './registers.ts';
import { lldbFrameReader, lldbThreadReader } from './stack.ts';
import { lldbLookupReader } from './lookup.ts';
import { lldbValueReader } from './values.ts';

export const lldbReaders: readonly TextReader[] = [
  lldbCommandReader,
  lldbThreadReader,
  lldbFrameReader,
  lldbRegisterReader,
  lldbMemoryReader,
  lldbRegionReader,
  lldbListingReader,
  lldbLookupReader,
  lldbFindReader,
  lldbValueReader,
  lldbEchoReader,
];

/** Asked after the forms of all tools: whatever else stands between two prompts of LLDB. */
export const lldbRest: readonly TextReader[] = [lldbOutputReader];
