/** What a Delve session remembers between its lines: the selected goroutine, the goroutines listed and their stacks. */
import type { Address } from '../../../model/address.ts';
import type { CrashEvent } from '../../../model/event.ts';
import type { RecordSink } from '../../reader.ts';
import { GoroutineBook } from './goroutine-book.ts';

export interface DelveSession {
  /** The command that Delve was given last; undefined before the first prompt. */
  command: string | undefined;
  /** Line of that command. */
  commandLine: number;
  /** Goroutine whose stack `bt` shows; '' = not known. */
  goroutine: string;
  /** Goroutines listed so far, and their stacks. */
  readonly book: GoroutineBook;
  /** Addresses of watched expressions. */
  readonly watched: Map<string, Address>;
  /** The stop printed last: without prompts the same line again is an echo. */
  stopLine: string | undefined;
  /** A stop at the entry of runtime.fatalsignal, whose first argument is the signal's number. */
  fatalSignal: CrashEvent | undefined;
}

const sessions = new WeakMap<RecordSink, DelveSession>();

export function delveOf(sink: RecordSink): DelveSession {
  let session = sessions.get(sink);
  if (session === undefined) {
    session = {
      command: undefined,
      commandLine: -1,
      goroutine: '',
      book: new GoroutineBook(),
      watched: new Map(),
      stopLine: undefined,
      fatalSignal: undefined,
    };
    sessions.set(sink, session);
  }
  return session;
}

/** Is the last command of the text one given to Delve? */
export function isDelveOutput(sink: RecordSink): boolean {
  return sink.speaker === 'delve' && sink.command !== '';
}
