/** The columns of a document's words. */
import type { WordColumns } from '../../model/word-columns.ts';
import type { LineCursor } from '../cursor.ts';
import type { RecordSink } from '../reader.ts';
import { sharedOf } from './runs/shared.ts';

export function wordColumnsOf(cursor: LineCursor, sink: RecordSink): WordColumns {
  return sharedOf(cursor, sink).words;
}
