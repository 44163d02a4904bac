/**
 * Blocks of AddressSanitizer and its relatives (LLVM compiler-rt): `==PID==ERROR: AddressSanitizer: …`, frames
 * `#0 0x… in f file:line`, shadow bytes, registers, up to `SUMMARY:` or `==PID==ABORTING`. They come from C code beside
 * a crash of Go, and follow it when the Go runtime aborts: kept as one announcement, never mixed with the Go stack.
 */
import { LineClass } from '../../model/line-class.ts';
import type { TextReader } from '../reader.ts';
import { sanitizerReport } from './sanitizer-report.ts';
import { beginsAsHeader } from '../goroutines/header.ts';

const opening = /^==\d+==\s?(?:ERROR|WARNING): (\w+Sanitizer|libFuzzer): (.*)$/;
const divider = /^={20,}\s*$/;
const closing = /^(?:==\d+==ABORTING|SUMMARY: \w+(?:Sanitizer|Fuzzer): )/;
const foreign = /^(?:panic: |fatal error: |SIG[A-Z]{3,6}: |goroutine \d|\[signal )/;
/** Lines of one block: shadow memory and two stacks take about a hundred. */
const mostLines = 400;

export const sanitizerReader: TextReader = {
  name: 'sanitizer block',
  begins: '=',

  recognise(cursor, index) {
    const line = cursor.line(index);
    return opening.test(line) || (divider.test(line) && opening.test(cursor.line(index + 1)));
  },

  parse(cursor, index, sink) {
    const first = divider.test(cursor.line(index)) ? index + 1 : index;
    const match = opening.exec(cursor.line(first));
    if (match === null) return 0;
    let end = first + 1;
    for (let at = end; at < Math.min(cursor.count, first + mostLines); at++) {
      const line = cursor.line(at);
      if (foreign.test(line) || opening.test(line) || beginsAsHeader(cursor.bytes, cursor.start(at), cursor.end(at))) break;
      if (closing.test(line)) {
        end = at + 1;
        if (line.startsWith('==')) break;
      } else if (
        /^\s*(?:#\d+ |=>|0x|r[a-z0-9]{1,2} = |Shadow|Addressable|Partially|Heap|Stack|Global|Hint|The signal|Register|[A-Z])/.test(
          line,
        )
      )
        end = at + 1;
    }
    const [, tool = '', said = ''] = match;
    sink.lineClass.fill(LineClass.recognised, index, end);
    sink.facts.push({
      kind: 'event',
      event: {
        kind: 'log',
        text: `${tool}: ${said}`.trim(),
        detail: { kind: 'sanitizer', report: sanitizerReport(cursor, first, end, tool, said) },
        source: cursor.lineRange(first),
      },
      textLine: index,
    });
    return end - index;
  },
};
