/** Logs of several containers in one text: their lines alternate, and one or more of them print a crash. */
import { forEachLine } from './lines.ts';
import type { TextBuilder } from './builder.ts';
import type { Window } from './sample.ts';
import { isFunctionLine, isHeader, isLocation } from './shapes.ts';

/** Longer prefixes name no container. */
const columns = 1024;

/** The name of the container or pod that a prefix carries; undefined where it has none. */
export function streamOf(match: RegExpExecArray | null): string | undefined {
  const pod = match?.groups?.['pod'];
  const container = match?.groups?.['container'];
  return pod === undefined && container === undefined ? undefined : `${pod ?? ''}/${container ?? ''}`;
}

/** True when more frames stand whole in the streams apart than in the lines as they come. */
export function alternates({ lines }: Window, pattern: RegExp): boolean {
  const streams = new Map<string, string[]>();
  const mixed: string[] = [];
  for (const line of lines) {
    const match = pattern.exec(line.slice(0, columns));
    const key = streamOf(match);
    if (match === null || key === undefined) continue;
    const rest = line.slice(match[0].length);
    mixed.push(rest);
    const stream = streams.get(key);
    if (stream === undefined) streams.set(key, [rest]);
    else stream.push(rest);
  }
  const telling = [...streams.values()].filter((stream) => stream.some(isHeader));
  if (telling.length === 0) return false;
  return telling.reduce((sum, stream) => sum + wholeFrames(stream), 0) > wholeFrames(mixed);
}

function wholeFrames(lines: readonly string[]): number {
  let whole = 0;
  for (const [index, line] of lines.entries()) {
    const below = lines[index + 1];
    if (below !== undefined && isFunctionLine(line) && isLocation(below.trim())) whole++;
  }
  return whole;
}

/** Writes the lines of each container together, without their prefix; lines without one go with the line above. */
export function removeByStream(bytes: Uint8Array, pattern: RegExp, out: TextBuilder): void {
  const streams = new Map<string, { start: number; past: number }[]>();
  let key = '';
  forEachLine(bytes, columns, (line, start, end) => {
    const match = pattern.exec(line);
    key = streamOf(match) ?? key;
    const piece = { start: start + (match?.[0].length ?? 0), past: end < bytes.length ? end + 1 : end };
    const stream = streams.get(key);
    if (stream === undefined) streams.set(key, [piece]);
    else stream.push(piece);
  });
  for (const stream of streams.values()) {
    for (const { start, past } of stream) out.copy(start, past);
    const end = stream.at(-1)?.past ?? 0;
    if (out.length > 0 && out.last !== 10) out.make('\n', end, end);
  }
}
