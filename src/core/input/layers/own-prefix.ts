import { hasPrefix, longestPrefix, prefixRemoval } from '../prefix-removal.ts';
import { templateOf, type PrefixForm } from '../prefixes.ts';
import type { Window } from '../sample.ts';
import { isHeader } from '../shapes.ts';
import type { Layer } from './layer.ts';

/** A prefix of no known form: what stands before a goroutine header, with its numbers free to change. */
export const ownPrefix: Layer = {
  name: 'prefix',
  detect(text) {
    for (const window of text.windows) {
      const form = templateIn(window);
      if (form !== undefined) return prefixRemoval(text, form);
    }
    return undefined;
  },
};

/** Where a goroutine header or the head of a race report begins; -1 = nowhere. */
function headAt(line: string): number {
  const at = line.indexOf('goroutine ');
  if (at >= 0) return isHeader(line.slice(at)) ? at : -1;
  return line.endsWith(raceHead) ? line.length - raceHead.length : -1;
}

/** A process that dies early prints no goroutine: where its reason begins; -1 = nowhere. */
function reasonAt(line: string): number {
  return line.startsWith(reason) ? -1 : line.indexOf(reason);
}

const fewestLines = 4;
const reason = 'fatal error: ';
const raceHead = 'WARNING: DATA RACE';

function templateIn(window: Window): PrefixForm | undefined {
  const found = templateFrom(window, headAt);
  // What one line has before its reason tells nothing of others.
  return found === undefined && window.lines.length >= fewestLines ? templateFrom(window, reasonAt) : found;
}

function templateFrom(window: Window, placeIn: (line: string) => number): PrefixForm | undefined {
  for (const line of window.lines) {
    const at = placeIn(line);
    if (at <= 0 || at > longestPrefix || line.slice(0, at).trim() === '') continue;
    const pattern = templateOf(line.slice(0, at));
    return hasPrefix(window, pattern) ? { name: 'template', pattern } : undefined;
  }
  return undefined;
}
