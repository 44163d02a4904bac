/** Lines of the tools around a crash: the go command, test runners, qemu, the separator between threads. */
import { LineClass } from '../../model/line-class.ts';
import { SeparatorFact } from '../facts.ts';
import type { TextReader } from '../reader.ts';

const form = new RegExp(
  '^\\s{0,8}(?:' +
    [
      '=== (?:RUN|PAUSE|CONT|NAME)\\s',
      '--- (?:FAIL|PASS|SKIP|BENCH): ',
      'FAIL(?:\\t|\\s+\\S+\\s+(?:[\\d.]+s|\\[)|\\s*$)',
      'ok\\s+\\S+\\s+(?:[\\d.]+s|\\(cached\\))',
      'PASS\\s*$',
      'exit status \\d+',
      'running tests:\\s*$',
      'signal: (?:aborted|segmentation fault|killed|quit|trace)',
      'qemu: uncaught target signal',
      'Aborted(?: \\(core dumped\\))?\\s*$',
      'Segmentation fault(?: \\(core dumped\\))?\\s*$',
      'Found \\d+ data race\\(s\\)',
      'testing\\.go:\\d+: race detected during execution of test',
      'Process finished with the exit code \\d+',
      'make: \\*\\*\\* \\[',
      'goroutine profile: total \\d+',
      '\\d+ @(?: 0x[0-9a-f]+)+\\s*$',
      '#\\t0x[0-9a-f]+\\t',
      '==\\d+==(?:ERROR|WARNING|ABORTING|Register)',
      'SUMMARY: \\w+Sanitizer: ',
      'r[a-z0-9]{1,2} = 0x[0-9a-f]{16}(?:\\s|$)',
    ].join('|') +
    ')',
);

export const toolLineReader: TextReader = {
  name: 'tool line',
  begins: '=-FoPersqAStmg#0123456789',
  recognise: (cursor, index) => form.test(cursor.line(index)),
  parse(_cursor, index, sink) {
    sink.lineClass[index] = LineClass.recognised;
    return 1;
  },
};

/** `-----` between the threads of GOTRACEBACK=crash (runtime/signal_unix.go). */
export const separatorReader: TextReader = {
  name: 'thread separator',
  begins: '-',
  recognise: (cursor, index) => /^-----\s*$/.test(cursor.line(index)),
  parse(_cursor, index, sink) {
    sink.lineClass[index] = LineClass.recognised;
    sink.facts.push(new SeparatorFact(index));
    return 1;
  },
};
