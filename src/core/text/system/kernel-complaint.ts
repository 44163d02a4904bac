/** The kernel's complaints about its own memory management (mm/memory.c print_bad_pte, kernel/fork.c check_mm, mm/page_alloc.c bad_page). */
import type { KernelComplaint } from '../../model/reason.ts';
import type { TextReader } from '../reader.ts';
import { markRecognised } from '../reader.ts';

const form =
  /(?:^|\] |: )BUG: (?:(Bad page map|Bad page state) in process (\S{1,64})|(Bad rss-counter) state|(unable to handle (?:kernel |page )[^\n]{1,120}|KASAN: [^\n]{1,120}|soft lockup[^\n]{1,120}|scheduling while atomic[^\n]{0,120}))/;
const problems: Record<string, KernelComplaint['problem']> = {
  'Bad page map': 'bad-page-map',
  'Bad page state': 'bad-page-state',
  'Bad rss-counter': 'bad-rss-counter',
};
const longestLine = 1000;

export const kernelComplaintReader: TextReader = {
  name: 'kernel complaint',
  holds: ['BUG: '],
  recognise(cursor, index) {
    if (cursor.end(index) - cursor.start(index) > longestLine) return false;
    const line = cursor.line(index);
    return line.includes('BUG: ') && form.test(line);
  },
  parse(cursor, index, sink) {
    const line = cursor.line(index);
    const match = form.exec(line);
    if (match === null) return 0;
    const complaint: KernelComplaint = { problem: problems[match[1] ?? match[3] ?? ''] ?? 'bug' };
    if (match[2] !== undefined) complaint.process = match[2];
    markRecognised(sink, index, 1);
    const text = line.slice(line.indexOf('BUG: ')).trim();
    const source = cursor.lineRange(index);
    sink.facts.push({
      kind: 'event',
      event: { kind: 'log', text, detail: { kind: 'kernel', complaint }, source },
      textLine: index,
    });
    return 1;
  },
};
