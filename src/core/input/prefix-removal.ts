/** Judges and removes a prefix, whichever way its form was found. */
import type { DocumentContext } from '../model/document.ts';
import { holdsAnchor, holdsStackRecord } from './bare.ts';
import { byteString, forEachLine } from './lines.ts';
import type { TextBuilder } from './builder.ts';
import type { Removal } from './layers/layer.ts';
import type { PrefixForm } from './prefixes.ts';
import type { StageText } from './sample.ts';
import { isAnchor } from './shapes.ts';

/** Filled lines, from the first that has the prefix to the last, that must have it. */
const share = 0.8;
/** Longer fronts are no prefix. */
export const longestPrefix = 400;

/**
 * `covers`: the prefix is on nearly every line. `reads`: without it more lines have a form of the crash text than have
 * one as they are.
 */
export function judgePrefix(lines: readonly string[], pattern: RegExp): { covers: boolean; reads: boolean } {
  let first = -1;
  let last = -1;
  let readable = 0;
  let plain = 0;
  const matched = lines.map((line, index) => {
    const length = pattern.exec(line.slice(0, longestPrefix))?.[0].length ?? 0;
    if (length > 0) {
      if (first < 0) first = index;
      last = index;
      if (holdsAnchor(line.slice(length))) readable++;
    } else if (isAnchor(line)) plain++;
    return length > 0;
  });
  if (first < 0) return { covers: false, reads: false };
  const span = lines.slice(first, last + 1);
  const filled = span.filter((line, index) => matched[first + index] === true || line.trim() !== '').length;
  const having = matched.filter(Boolean).length;
  // A single line tells little: it must be all there is, or hold a whole record of a log.
  const enough = having > 1 || lines.length === 1 || holdsStackRecord(lines[first] ?? '');
  return { covers: enough && having >= filled * share, reads: readable > plain };
}

/** These lines without the prefix. */
export function withoutPrefix(lines: readonly string[], pattern: RegExp): string[] {
  return lines.map((line) => line.slice(pattern.exec(line.slice(0, longestPrefix))?.[0].length ?? 0));
}

/** Takes the prefix off every line that has it. */
export function prefixRemoval(text: StageText, form: PrefixForm): Removal {
  const context = contextOf(text, form);
  const remove = (out: TextBuilder) => removePrefix(text.bytes, form.pattern, out);
  return context === undefined ? { remove } : { remove, context };
}

function removePrefix(bytes: Uint8Array, pattern: RegExp, out: TextBuilder): void {
  forEachLine(bytes, longestPrefix, (line, start, end) => {
    const past = end < bytes.length ? end + 1 : end;
    const match = pattern.exec(line);
    // A partial line is continued by the next record: its line feed belongs to the layer.
    const partial = match?.groups?.['partial'] === 'P';
    out.copy(start + (match?.[0].length ?? 0), partial ? end : past);
  });
}

function contextOf({ bytes, windows }: StageText, found: PrefixForm): DocumentContext | undefined {
  const lines = windows.flatMap((window) => window.lines);
  const first = firstMatch(lines, found.pattern);
  if (first === undefined) return undefined;
  const context: DocumentContext = { ...found.context?.(first) };
  const from = isoTime(first);
  if (from !== undefined) {
    context.first = from;
    const tail = byteString(bytes, Math.max(0, bytes.length - tailBytes), bytes.length)
      .split('\n')
      .reverse();
    const to = firstMatch(tail, found.pattern);
    context.last = (to === undefined ? undefined : isoTime(to)) ?? from;
  }
  return Object.keys(context).length === 0 ? undefined : context;
}

const tailBytes = 8192;

function firstMatch(lines: readonly string[], pattern: RegExp): RegExpExecArray | undefined {
  for (const line of lines) {
    const match = pattern.exec(line.slice(0, longestPrefix));
    if (match !== null) return match;
  }
  return undefined;
}

/** The time in a prefix of no known form. */
const anyTime = /\b\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?/;

function isoTime(match: RegExpExecArray): string | undefined {
  const since = match.groups?.['milliseconds'];
  if (since !== undefined) return new Date(Number(since)).toISOString();
  const time = match.groups?.['time'] ?? anyTime.exec(match[0])?.[0];
  return time?.replaceAll('/', '-').replace(' ', 'T').replace(',', '.');
}
