/** Looks through further wrappings: a layer that holds another layer makes no line readable by itself. */
import { prefixForms } from './prefixes.ts';
import { isRecord, isStackRecord } from './records.ts';
import { isAnchor } from './shapes.ts';

/** Wrappings looked through on one line. */
const deepest = 3;
const columns = 1024;
const marks = /^(?:[ \t]+|(?:>[ ]?)+|\/\/[ \t]?|\|[ \t]?)/;
const colours = /\u001b\[[0-9;]{0,32}m/g;
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
  if (rest.includes('\u001b')) rest = rest.replace(colours, '');
  for (let depth = 0; ; depth++) {
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
  return prefixLength(line);
}

function prefixLength(line: string): number {
  for (const { pattern } of prefixForms) {
    const length = pattern.exec(line)?.[0].length ?? 0;
    if (length > 0) return length;
  }
  return 0;
}

/** Length of the prefixes of known forms at the line's start, at most three. */
export function knownPrefixes(line: string): number {
  let length = 0;
  for (let depth = 0; depth < deepest; depth++) {
    const more = prefixLength(line.slice(length));
    if (more === 0) break;
    length += more;
  }
  return length;
}
