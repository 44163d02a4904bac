/** Putting facts into sentences: code between backticks, frames with their place, lists cut at a stated length. */
import { code } from '../../model/quote.ts';
import type { CrashEvent } from '../../model/event.ts';
import type { Evidence } from '../../model/finding.ts';
import { isRuntimeFunction } from '../../model/function-name.ts';
import type { Frame } from '../../model/goroutine.ts';

export { code };

/** The last part of a path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The first letter in upper case, for a value that begins a sentence. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `ledger.go:12`: the file without its folders. */
export function placeOf(frame: Frame): string | undefined {
  if (frame.file === undefined) return undefined;
  const base = fileName(frame.file);
  return frame.line === undefined ? base : `${base}:${String(frame.line)}`;
}

/** `main.post` (`ledger.go:12`). */
export function frameText(frame: Frame): string {
  const place = placeOf(frame);
  const name = code(frame.function ?? 'a function without a name');
  return place === undefined ? name : `${name} (${code(place)})`;
}

const eventWord: Partial<Record<CrashEvent['kind'], string>> = {
  panic: 'panic: ',
  'fatal-error': 'fatal error: ',
  throw: 'fatal error: ',
};

/** Who acts in a headline: the frame's function, but never the runtime's, which only did what it was told. */
export function subjectText(frame: Frame | undefined): string {
  if (frame?.function === undefined) return 'The program';
  return isRuntimeFunction(frame.function) ? 'The runtime' : frameText(frame);
}

/** The reason as printed, quoted; `otherwise` where nothing is. */
export function reasonText(event: CrashEvent, otherwise = ''): string {
  return code(event.text === '' ? otherwise : event.text);
}

/** A name as a regular expression that matches only itself, for commands that take patterns. */
export function literalPattern(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A word of a shell command, as it is. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Two events that print the same. */
export function saysTheSame(a: CrashEvent, b: CrashEvent): boolean {
  return a.text === b.text && a.valueType === b.valueType;
}

export function eventText(event: CrashEvent): string {
  return code(`${eventWord[event.kind] ?? ''}${event.text}`);
}

export function eventEvidence(event: CrashEvent, statement = `The process printed ${eventText(event)}.`): Evidence {
  return { statement, source: event.source };
}

export function frameEvidence(frame: Frame, statement: string): Evidence {
  return { statement, source: frame.source };
}

/** 'a', 'a and b', 'a, b and c'; past `most` items the rest is counted. */
export function listOf(items: readonly string[], most = 5): string {
  const shown = items.length > most ? [...items.slice(0, most), `${String(items.length - most)} more`] : items;
  const last = shown[shown.length - 1];
  if (last === undefined) return '';
  return shown.length === 1 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

/** '1 goroutine', '3 goroutines'. */
export function count(number: number, noun: string, several = `${noun}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? noun : several}`;
}
