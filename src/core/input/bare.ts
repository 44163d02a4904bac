/** Looks through further wrappings: a layer that holds another layer makes no line readable by itself. */
import { prefixForms } from './prefixes.ts';
import { isAnchor } from './shapes.ts';

/** Wrappings looked through on one line. */
const deepest = 3;
const columns = 1024;
const marks = /^(?:[ \t]+|(?:>[ ]?)+|\/\/[ \t]?|\|[ \t]?)/;
const colours = /\u001b\[[0-9;]{0,32}m/g;
const record = /^\{[ \t]*"[^"\\]{1,128}"[ \t]*:/;
const pairs = /^(?:time|ts|level|lvl)=(?:"[^"]{0,64}"|[^\s"]{1,64})[ \t]+[\w.]{1,64}=/;
const preformatted = /<(?:pre|code)\b/i;

/** True when a known form, or a record of a JSON or logfmt log, stands behind at most three prefixes or marks. */
export function holdsAnchor(line: string): boolean {
  let rest = line.slice(0, columns);
  if (rest.includes('\u001b')) rest = rest.replace(colours, '');
  for (let depth = 0; ; depth++) {
    if (isAnchor(rest) || record.test(rest) || pairs.test(rest) || preformatted.test(rest.slice(0, 128))) return true;
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
