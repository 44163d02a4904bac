import { assemblyBreaks, isFlattenedAssembly } from '../flattened-assembly.ts';
import { dumpBreaks, isFlattenedDump } from '../flattened-dump.ts';
import { forEachLine } from '../lines.ts';
import type { Layer } from './layer.ts';

/** Shorter lines are not tried. */
const shortest = 60;
/** Longer ones keep what stands past this column. */
const longest = 1 << 22;

/** A dump or assembly that a page's text extraction flattened to one line. */
export const oneLine: Layer = {
  name: 'one-line',
  detect({ bytes, windows }) {
    if (!windows.some(({ lines }) => lines.some((line) => breaksOf(line).length > 0))) return undefined;
    return {
      remove(out) {
        forEachLine(bytes, longest, (line, start, end) => {
          let from = start;
          for (const found of breaksOf(line)) {
            out.copy(from, start + found.at);
            out.make(found.made, start + found.at, start + found.end);
            from = start + found.end;
          }
          out.copy(from, end < bytes.length ? end + 1 : end);
        });
      },
    };
  },
};

function breaksOf(line: string) {
  if (line.length < shortest) return [];
  if (isFlattenedDump(line)) return dumpBreaks(line);
  return isFlattenedAssembly(line) ? assemblyBreaks(line) : [];
}
