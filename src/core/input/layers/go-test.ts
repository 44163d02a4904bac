import type { TextBuilder } from '../builder.ts';
import { scanStrings, unescapeInto, type JsonString } from '../json-scan.ts';
import { byteString, forEachLine } from '../lines.ts';
import { recordContext } from '../record-context.ts';
import type { Window } from '../sample.ts';
import type { Layer } from './layer.ts';

/** Filled lines of a window that must be events. */
const share = 0.7;
const headColumns = 256;
const opening = /^[ \t\u00ef\u00bb\u00bf]*\{[ \t]*"(?:Time|Action|ImportPath|Package)"[ \t]*:[ \t]*"/;
const action = /"Action"[ \t]*:[ \t]*"(?:output|run|start|pass|fail|skip|pause|cont|bench|build-output)"/;

/** The output of one test, or of a package outside of its tests. */
interface Stream {
  outputs: JsonString[];
  /** Where the last of its events ends in the document. */
  past: number;
}

/**
 * `go test -json` (cmd/internal/test2json): the events of packages and tests that run in parallel, each with a piece of
 * output. The output is put together again by package and test, in the order in which these began.
 */
export const goTest: Layer = {
  name: 'go-test-json',
  detect(text) {
    if (!text.windows.some(isTestLog)) return undefined;
    const context = recordContext(text, (line) => opening.test(line));
    return { remove: (out) => regroup(text.bytes, out), ...(context === undefined ? {} : { context }) };
  },
};

function isTestLog({ lines }: Window): boolean {
  const filled = lines.filter((line) => line.trim() !== '');
  const events = filled.filter((line) => opening.test(line) && action.test(line.slice(0, headColumns)));
  return events.some((line) => /"Output"[ \t]*:/.test(line)) && events.length >= filled.length * share;
}

function regroup(bytes: Uint8Array, out: TextBuilder): void {
  const streams = new Map<string, Stream>();
  /** The test whose output a package printed last: what follows without a test's name goes on with it. */
  const latest = new Map<string, string>();
  forEachLine(bytes, headColumns, (head, start, end) => {
    const past = end < bytes.length ? end + 1 : end;
    const fields = opening.test(head) ? scanStrings(bytes, start, end) : [];
    if (fields.length === 0) {
      // What other tools print between the events stands for itself.
      if (end > start) streamOf(streams, `\n${start.toString()}`).outputs.push(plain(start, end));
      return;
    }
    const output = fields.find(({ key, depth }) => key === 'Output' && depth === 1);
    if (output === undefined) return;
    const text = (name: string) => {
      const field = fields.find(({ key, depth }) => key === name && depth === 1);
      return field === undefined ? '' : byteString(bytes, field.start, field.end);
    };
    const name = text('Package') + text('ImportPath');
    const test = text('Test');
    const key = `${name}\n${test === '' ? (latest.get(name) ?? '') : test}`;
    if (test !== '') latest.set(name, test);
    const stream = streamOf(streams, key);
    stream.outputs.push(output);
    stream.past = past;
  });
  for (const { outputs, past } of streams.values()) {
    for (const output of outputs) {
      if (output.key === undefined) out.copy(output.start, output.end);
      else unescapeInto(out, bytes, output.start, output.end);
    }
    if (out.length > 0 && out.last !== 10)
      out.make('\n', outputs.at(-1)?.end ?? past, Math.max(past, outputs.at(-1)?.end ?? past));
  }
}

function streamOf(streams: Map<string, Stream>, key: string): Stream {
  let stream = streams.get(key);
  if (stream === undefined) streams.set(key, (stream = { outputs: [], past: 0 }));
  return stream;
}

/** A line that is no event. */
function plain(start: number, end: number): JsonString {
  return { key: undefined, start, end, depth: 0, lineEnds: 0 };
}
