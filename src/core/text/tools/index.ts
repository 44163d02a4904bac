/** The readers of tools that print code, memory and maps of a program, in the order in which they are to be asked. */
import type { TextReader } from '../reader.ts';
import { coredumpReader } from './coredump.ts';
import { goListingReader } from './go-listing.ts';
import { fileHexdumpReader } from './hexdump.ts';
import { kernelReader } from './kernel.ts';
import { oopsReader } from './oops.ts';
import { plainDumpReader } from './plain-dump.ts';
import { pmapReader } from './maps.ts';
import { objdumpHeadingReader, objdumpReader } from './objdump.ts';
import { readelfReader } from './readelf.ts';
import { elfSymbolReader } from './elf-symbols.ts';
import { nmReader } from './symbols.ts';
import { traceReader } from './traces.ts';

export const toolReaders: readonly TextReader[] = [
  goListingReader,
  objdumpReader,
  objdumpHeadingReader,
  nmReader,
  elfSymbolReader,
  readelfReader,
  fileHexdumpReader,
  pmapReader,
  plainDumpReader,
  kernelReader,
  oopsReader,
  traceReader,
  coredumpReader,
];
