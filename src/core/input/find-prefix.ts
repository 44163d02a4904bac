/** Which prefix nearly all lines have, also where another one stands behind it. */
import { decodedLines } from './encoded-lines.ts';
import { ownTemplate } from './own-template.ts';
import { judgePrefix, withoutPrefix } from './prefix-removal.ts';
import { prefixForms, type PrefixForm } from './prefixes.ts';

/** Prefixes looked through. */
const deepest = 3;

/** The known form whose removal makes lines readable, or shows that a prefix of no known form stands behind it. */
export function knownPrefix(lines: readonly string[], depth = 0): PrefixForm | undefined {
  let covering: PrefixForm | undefined;
  for (const form of prefixForms) {
    const { covers, reads } = judgePrefix(lines, form.pattern);
    if (covers && reads) return form;
    if (covers) covering ??= form;
  }
  if (covering === undefined || depth === deepest) return undefined;
  return hidesPrefix(withoutPrefix(lines, covering.pattern), depth + 1) ? covering : undefined;
}

/** True when prefixes, the last of them of no known form, stand before lines of a dump that may be encoded still. */
export function hidesPrefix(lines: readonly string[], depth = 0): boolean {
  const decoded = decodedLines(lines);
  return ownTemplate(decoded) !== undefined || knownPrefix(decoded, depth) !== undefined;
}
