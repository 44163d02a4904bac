/**
 * Every other line that the allocator, sweeper or scheduler prints before it throws. The text with its numbers taken
 * out names the form; the numbers are kept by the names that stand before them.
 */
import { parseAddress } from '../../model/address.ts';
import { LineClass } from '../../model/line-class.ts';
import type { TextReader } from '../reader.ts';
import { framesFollow, stateDetailOf } from './state-detail.ts';

const prefixed = /^\s{0,8}(?:runtime|race):\s+\S/;
/** Forms without the prefix (reference §5.5): println lines of the runtime, and what follows `newstack`. */
const bare =
  /^(?:\s{0,8}(?:morebuf|sched)=\{|\s{1,8}(?:m=0x|stack=\[|value=-?\d+ until pc=)|(?:s\.allocCount|nelems)=|mspan\.sweep: |mspan\.ensureSwept: |mheap\.freeSpanLocked|recover: 0x|casgstatus: |castogscanstatus |casfrom_|gp: gp=|getg:\s+g=|wirep: |releasep: |acquirep: |full=0x|P \d+ flushedWork|typeBitsBulkBarrier|addr=0x[0-9a-f]+ base=|preempt off reason: |checkmarks? found|write of (?:unpinned )?Go pointer |bp=0x[0-9a-f]+ min=|signal \d+ received |\s{0,8}mp\.gsignal stack|stack trace unavailable|accessed data from freed user arena|limit on \d+ simultaneously|failed to (?:create new OS thread|allocate)|function symbol table|SWEPT|newstack |WARNING: LIKELY CLEANUP\/FINALIZER|Scan trace for cleanup\/finalizer|Value of type \S.* at 0x|\s{0,8}(?:is reachable from (?:a )?(?:cleanup|finalizer)|(?:is in a|may be in the same) tiny block|<bad pc 0x)|Has (?:cleanup|finalizer) at 0x|created at: *$|\.\.\. too many potential issues)/;
const named = /([A-Za-z_][\w.()>-]*)\s*[=:]\s*(0x[0-9a-f]{1,16}|\d{1,19})(?![\w.])/g;
const numbers = /(?<![\w.])(0x[0-9a-f]{1,16}|\d{1,19})(?![\w.])/g;
const longestForm = 200;
const longestLine = 4096;

/** 'bad span s.state=# s.sweepgen=# sweepgen=#': the form that a line has. */
export function formOf(text: string): string {
  return text.replace(numbers, '#').replace(/\s+/g, ' ').slice(0, longestForm);
}

function numbersOf(text: string): Record<string, bigint> {
  const values = new Map<string, bigint>();
  const taken = new Set<number>();
  const put = (key: string, value: string): void => {
    let name = key;
    for (let i = 2; values.has(name); i++) name = `${key}.${i}`;
    values.set(name, parseAddress(value.startsWith('0x') ? value : '') ?? BigInt(value));
  };
  for (const match of text.matchAll(named)) {
    taken.add(match.index + match[0].length);
    put(match[1] ?? '', match[2] ?? '0');
  }
  let unnamed = 0;
  for (const match of text.matchAll(numbers)) {
    if (!taken.has(match.index + match[0].length)) put(`n${unnamed++}`, match[1] ?? '0');
  }
  return Object.fromEntries(values);
}

export const runtimeLineReader: TextReader = {
  name: 'runtime message',
  begins: 'rmsvncgwafPtpblSWViH<.',

  recognise(cursor, index) {
    const line = cursor.line(index);
    return prefixed.test(line) || bare.test(line);
  },

  parse(cursor, index, sink) {
    const text = cursor
      .line(index)
      .slice(0, longestLine)
      .replace(/^\s*(?:runtime: )?/, '')
      .trim();
    sink.lineClass[index] = LineClass.recognised;
    const what = formOf(text);
    const values = numbersOf(text);
    const detail = stateDetailOf(what, values);
    sink.facts.push({
      kind: 'complaint',
      complaint: {
        kind: 'runtime-state',
        what,
        numbers: values,
        ...(detail !== undefined && { detail }),
        ...(framesFollow(what) && { framesFollow: true }),
        source: cursor.lineRange(index),
      },
      textLine: index,
    });
    return 1;
  },
};
