/** Looks through further wrappings: a layer that holds another layer makes no line readable by itself. */
import { byteOrderMark } from './lines.ts';
import { prefixForms } from './prefixes.ts';
import { isRecord, isStackRecord } from './records.ts';
import { isAnchor } from './shapes.ts';

/** Wrappings looked through on one line. */
const deepest = 3;
const columns = 1024;
const marks = /^(?:[ \t]+|(?:>[ ]?)+|\/\/[ \t]?|\|[ \t]?)/;
/** Also where a mail encoded them. */
const colours = /(?:\u001b|=1B)(?:\[[0-9;]{0,32}m|\][^\u0007=]{0,64}(?:\u0007|=07))/g;
const preformatted = /<(?:pre|code)\b/i;

/** True when a known form, or a record of a JSON or logfmt log, stands behind at most three prefixes or marks. */
export function holdsAnchor(line: string): boolean {
  return behindMarks(line.slice(0, columns), (rest) => isAnchor(rest) || isRecord(rest) || preformatted.test(rest.slice(0, 128)));
}

/** True when a record with a whole stack in one of its strings stands behind at most three prefixes or marks. */
export function holdsStackRecord(line: string): boolean {
  return line.includes('\\n') && behindMarks(line, isStackRecord);
}

function behindMarks(line: string, holds: (rest: string) => boolean): boolean {
  let rest = line;
  if (rest.includes('\u001b') || rest.includes('=1B')) rest = rest.replace(colours, '');
  for (let depth = 0; ; depth++) {
    if (rest.startsWith(byteOrderMark)) rest = rest.slice(byteOrderMark.length);
    if (holds(rest)) return true;
    if (depth === deepest) return false;
    const length = markLength(rest);
    if (length === 0) return false;
    rest = rest.slice(length);
  }
}

function markLength(line: string): number {
  const mark = marks.exec(line)?.[0].length ?? 0;
  if (mark > 0) return mark;
  for (const { pattern } of prefixForms) {
    const length = pattern.exec(line)?.[0].length ?? 0;
    if (length > 0) return length;
  }
  return 0;
}

/** True when a line's front is nothing but prefixes of known forms, marks, and colours: at most three, and not blanks alone. */
export function isKnownFront(front: string): boolean {
  let rest = front.replace(colours, '');
  if (rest === '') return true;
  if (rest.trim() === '') return false;
  for (let depth = 0; depth < deepest; depth++) {
    const length = markLength(rest);
    if (length === 0) return false;
    rest = rest.slice(length);
    if (rest === '') return true;
  }
  return false;
}
