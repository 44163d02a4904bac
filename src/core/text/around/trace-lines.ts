/** GODEBUG trace lines (gctrace, schedtrace, inittrace, scavtrace, pacer): known, and kept out of the way. */
import { LineClass } from '../../model/line-class.ts';
import type { TextReader } from '../reader.ts';

const form =
  /^(?:gc \d+ @[\d.]+s \d+%|SCHED \d+ms: |\s{2}[PMG]\d+: (?:status|p)=|init \S+ @[\d.]+ ms, |scav[gi]? |scvg|pacer: |tracealloc\(|tracefree\()/;

export const traceLineReader: TextReader = {
  name: 'trace line',
  begins: 'gSPMGispt',
  recognise: (cursor, index) => form.test(cursor.line(index)),
  parse(_cursor, index, sink) {
    sink.lineClass[index] = LineClass.recognised;
    return 1;
  },
};
