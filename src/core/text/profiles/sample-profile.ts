/**
 * Profiles of samples as text (runtime/pprof/pprof.go writeHeapInternal, writeProfileInternal, printCountProfile): `heap profile: …`,
 * `--- contention:`, `--- mutex:`, `threadcreate profile: total N`. Their stacks are where something was counted, not where the program
 * stands: they are named and kept.
 */
import { isDigit } from '../bytes.ts';
import { markRecognised, type TextReader } from '../reader.ts';
import type { LineCursor } from '../cursor.ts';

const titles: readonly (readonly [RegExp, string])[] = [
  [/^heap profile: \d{1,19}: \d{1,19} \[\d{1,19}: \d{1,19}\] @ heap\/\d{1,19}\s*$/, 'heap'],
  [/^--- contention:\s*$/, 'blocking'],
  [/^--- mutex:\s*$/, 'mutex'],
  [/^threadcreate profile: total \d{1,9}\s*$/, 'thread creation'],
];
const inside: readonly RegExp[] = [
  /^(?:cycles\/second|sampling period)=\d{1,19}\s*$/,
  /^\d{1,19}: \d{1,19} \[\d{1,19}: \d{1,19}\] @(?: 0x[0-9a-f]{1,16})*\s*$/,
  /^\d{1,19} \d{1,19} @(?: 0x[0-9a-f]{1,16})*\s*$/,
  /^\d{1,9} @(?: 0x[0-9a-f]{1,16})*\s*$/,
  /^#[\t ]+0x[0-9a-f]{1,16}(?:[\t ].*)?$/,
  /^# labels: \{.*\}\s*$/,
  /^# runtime\.MemStats\s*$/,
  /^# \w{1,40} = \S.*$/,
];
/** Parts of a profile whose head was cut away: counts in the forms that no other profile has. */
const headless = /^\d{1,19}: \d{1,19} \[\d{1,19}: \d{1,19}\] @ 0x[0-9a-f]|^# runtime\.MemStats\s*$/;
/** Longer lines are none: MemStats.PauseNs has 256 numbers. */
const longestLine = 8000;

function lineAt(cursor: LineCursor, index: number): string {
  return index < cursor.count && cursor.end(index) - cursor.start(index) <= longestLine ? cursor.line(index) : '';
}

/** `he`, `--`, `th`, `# `, or a number with its colon: looks at bytes only. */
function mayBegin(cursor: LineCursor, index: number): boolean {
  const { bytes } = cursor;
  const end = cursor.end(index);
  let at = cursor.start(index);
  const second = bytes[at + 1];
  if (!isDigit(bytes[at])) return second === 101 || second === 45 || second === 104 || second === 32;
  while (at < end && isDigit(bytes[at])) at++;
  return bytes[at] === 58 && bytes[at + 1] === 32;
}

export const sampleProfileReader: TextReader = {
  name: 'sample profile',
  begins: 'h-t0123456789#',
  recognise(cursor, index) {
    if (!mayBegin(cursor, index)) return false;
    const line = lineAt(cursor, index);
    return titles.some(([form]) => form.test(line)) || headless.test(line);
  },
  parse(cursor, index, sink) {
    const kind = titles.find(([form]) => form.test(lineAt(cursor, index)))?.[1] ?? 'heap';
    let last = index;
    // Blank lines stand between the groups.
    for (let at = index + 1; at < cursor.count && at - last <= 2; at++) {
      const line = lineAt(cursor, at);
      if (inside.some((form) => form.test(line))) last = at;
      else if (!cursor.isBlank(at)) break;
    }
    sink.facts.push({
      kind: 'event',
      textLine: index,
      event: { kind: 'log', text: `${kind} profile: samples, no crash`, source: cursor.lineRange(index) },
    });
    markRecognised(sink, index, last - index + 1);
    return last - index + 1;
  },
};
