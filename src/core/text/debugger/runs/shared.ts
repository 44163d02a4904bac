/** What the readers of hot forms share while one text is read: found once for a record, where each of them would be looked up by itself. */
import { WordColumns } from '../../../model/word-columns.ts';
import { RegisterColumns } from '../../../model/register-columns.ts';
import type { LineCursor } from '../../cursor.ts';
import { writerOf, type FrameWriter } from '../../frames/writer.ts';
import { namesOf, type NameTable } from '../../names.ts';
import type { RecordSink } from '../../reader.ts';
import { sessionOf, type Session } from '../session.ts';
import { functionNamesOf, type FunctionNames } from './function-names.ts';
import { KnownFrames } from './known-frames.ts';
import { knownSymbolsOf, type KnownSymbols } from './known-symbols.ts';
import { registerNamesOf, type RegisterNames } from './register-names.ts';

export interface Shared {
  readonly session: Session;
  readonly names: NameTable;
  readonly symbols: KnownSymbols;
  /** Of the document. */
  readonly words: WordColumns;
  readonly registers: RegisterColumns;
  readonly registerNames: RegisterNames;
  readonly functions: FunctionNames;
  readonly writer: FrameWriter;
  readonly frames: KnownFrames;
}

const stores = new WeakMap<RecordSink, Shared>();

export function sharedOf(cursor: LineCursor, sink: RecordSink): Shared {
  let shared = stores.get(sink);
  if (shared === undefined) {
    const { strings } = sink.columns;
    shared = {
      session: sessionOf(sink),
      names: namesOf(strings),
      symbols: knownSymbolsOf(sink),
      words: new WordColumns(cursor.document, cursor.origin, strings),
      registers: new RegisterColumns(cursor.document, cursor.origin, strings),
      registerNames: registerNamesOf(strings),
      functions: functionNamesOf(strings),
      writer: writerOf(sink.columns),
      frames: new KnownFrames(strings),
    };
    stores.set(sink, shared);
  }
  return shared;
}
