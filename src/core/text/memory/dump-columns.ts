/** The columns to which the runtime's own dumps go: words of memory, registers, rows of zombie tables. */
import { RegisterColumns } from '../../model/register-columns.ts';
import { WordColumns } from '../../model/word-columns.ts';
import type { LineCursor } from '../cursor.ts';
import { namesOf, type NameTable } from '../names.ts';
import type { RecordSink } from '../reader.ts';
import { registerCount, registerText } from './register-table.ts';
import { ZombieColumns } from './zombie-columns.ts';

/** Of one document. */
export interface DumpColumns {
  words: WordColumns;
  registers: RegisterColumns;
  zombies: ZombieColumns;
  names: NameTable;
  /** By register (`register-table.ts`): index of its name in the case's strings; 0 = not asked yet. */
  registerNames: Uint32Array;
}

const stores = new WeakMap<RecordSink, DumpColumns>();

export function dumpColumnsOf(cursor: LineCursor, sink: RecordSink): DumpColumns {
  let columns = stores.get(sink);
  if (columns === undefined) {
    const { strings } = sink.columns;
    columns = {
      words: new WordColumns(cursor.document, cursor.origin, strings),
      registers: new RegisterColumns(cursor.document, cursor.origin, strings),
      zombies: new ZombieColumns(cursor.document, cursor.origin),
      names: namesOf(strings),
      registerNames: new Uint32Array(registerCount),
    };
    stores.set(sink, columns);
  }
  return columns;
}

/** Index of a register's name in the case's strings. */
export function nameOfRegister({ registers, registerNames }: DumpColumns, register: number): number {
  return registerNames[register] || (registerNames[register] = registers.strings.intern(registerText(register)));
}
