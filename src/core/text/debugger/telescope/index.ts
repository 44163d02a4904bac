/** The readers of what gdb's extensions print. */
import type { TextReader } from '../../reader.ts';
import { contextEchoReader } from './echo.ts';
import { vmmapReader } from './mappings.ts';
import { contextRegisterReader } from './registers.ts';
import { telescopeReader } from './rows.ts';

export const telescopeReaders: readonly TextReader[] = [telescopeReader, vmmapReader, contextRegisterReader, contextEchoReader];
