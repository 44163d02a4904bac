/**
 * Of which modules the program was built: `go version -m` and debug.BuildInfo.String (tab-separated `path`, `mod`, `dep`, `=>`, `build`;
 * runtime/debug/mod.go, Go 1.12–1.27), go.sum (cmd/go/internal/modfetch), and the requirements of go.mod.
 */
import type { ModuleVersion } from '../../model/system.ts';
import type { LineCursor } from '../cursor.ts';
import { markRecognised, type RecordSink, type TextReader } from '../reader.ts';

const version = String.raw`(v\d{1,9}\.\d{1,9}\.\d{1,9}[\w.+-]{0,100}|\(devel\))`;
const path = String.raw`([\w~][\w.~-]{0,100}(?:\/[\w.~!-]{1,100}){0,12})`;
const sum = new RegExp(`^${path} ${version}(\\/go\\.mod)? h1:[A-Za-z0-9+/]{43}=\\s*$`);
const built = new RegExp(`^\\s{0,8}(mod|dep|=>)\\s{1,8}${path}\\s{1,8}${version}(?:\\s{1,8}h1:[A-Za-z0-9+/]{43}=)?\\s*$`);
const mentioned = /^\s{0,8}(?:path|build)\t\S/;
const header = /^\S{1,400}: go1\.\d{1,2}(?:\.\d{1,2}|rc\d|beta\d)?\S{0,80}(?: X:\S+)?\s*$/;
const plainVersion = /^go\t(go1\.\d{1,2}(?:\.\d{1,2})?)\s*$/;
const required = new RegExp(`^(?:require\\s+|\\t)${path} ${version}(?:\\s*\\/\\/ indirect)?\\s*$`);
const requireBlock = /^require\s+\(\s*$/;
const moduleLine = /^module \S+\s*$/;
/** Bytes of a line that is looked at. */
const longestLine = 700;
const tab = 9;
const equals = 61;
const space = 32;
/** First bytes of `\tdep`, `dep`, `mod`, `path`, `build`, `=>` and `go`. */
const keys = [tab, space, 0x64, 0x6d, 0x70, 0x62, 0x3d, 0x67];
/** Lines that one block may have. */
const mostLines = 20_000;

function moduleOf(
  cursor: LineCursor,
  index: number,
  by: ModuleVersion['by'],
  match: readonly (string | undefined)[],
): ModuleVersion {
  return { path: match[0] ?? '', version: match[1] ?? '', by, source: cursor.lineRange(index) };
}

function push(sink: RecordSink, index: number, modules: ModuleVersion[]): void {
  if (modules.length > 0) sink.facts.push({ kind: 'modules', modules, textLine: index });
}

export const sumReader: TextReader = {
  name: 'go.sum',
  recognise(cursor, index) {
    // The last byte of a hash, where nothing stands behind it.
    const start = cursor.start(index);
    const end = cursor.end(index);
    const last = cursor.bytes[end - 1];
    return (last === equals || last === space) && end - start < longestLine && sum.test(cursor.line(index));
  },
  parse(cursor, index, sink) {
    const modules: ModuleVersion[] = [];
    let next = index;
    for (const end = Math.min(cursor.count, index + mostLines); next < end; next++) {
      const match = sum.exec(cursor.line(next));
      if (match === null) break;
      // The hash of a go.mod alone: that version was looked at when versions were chosen, not built.
      if (match[3] === undefined) modules.push(moduleOf(cursor, next, 'sum', [match[1], match[2]]));
    }
    markRecognised(sink, index, next - index);
    push(sink, index, modules);
    return next - index;
  },
};

export const buildInfoReader: TextReader = {
  name: 'build information',
  recognise(cursor, index) {
    // Either this line or the next begins with a tab, or a key stands first.
    const below = cursor.start(index + 1);
    const start = cursor.start(index);
    const { bytes } = cursor;
    if (!keys.includes(bytes[start] ?? 0) && bytes[below] !== tab) return false;
    if (cursor.end(index) - cursor.start(index) > longestLine) return false;
    const line = cursor.line(index);
    if (header.test(line)) return mentioned.test(cursor.line(index + 1)) || built.test(cursor.line(index + 1));
    if (plainVersion.test(line)) return mentioned.test(cursor.line(index + 1)) || built.test(cursor.line(index + 1));
    if (mentioned.test(line)) return built.test(cursor.line(index + 1));
    return built.test(line) && (line.includes('\t') || line.includes(' h1:'));
  },
  parse(cursor, index, sink) {
    const modules: ModuleVersion[] = [];
    const first = cursor.line(index);
    const release = (
      plainVersion.exec(first)?.[1] ?? (header.test(first) ? /: (go1\.\d{1,2}(?:\.\d{1,2})?)/.exec(first)?.[1] : undefined)
    )?.slice(2);
    let next = release === undefined ? index : index + 1;
    for (const end = Math.min(cursor.count, index + mostLines); next < end; next++) {
      const line = cursor.line(next);
      const match = built.exec(line);
      if (match !== null) {
        // `=>` replaces the module above it.
        if (match[1] === '=>') modules.pop();
        modules.push(moduleOf(cursor, next, 'build', [match[2], match[3]]));
      } else if (!mentioned.test(line)) break;
    }
    if (next === index) return 0;
    markRecognised(sink, index, next - index);
    push(sink, index, modules);
    if (release !== undefined) {
      const why = 'build information';
      sink.facts.push({ kind: 'process', facts: { goVersion: release }, why, textLine: index, source: cursor.lineRange(index) });
    }
    return next - index;
  },
};

export const requirementReader: TextReader = {
  name: 'go.mod',
  begins: 'rm',
  recognise(cursor, index) {
    const line = cursor.line(index);
    if (requireBlock.test(line)) return required.test(cursor.line(index + 1));
    if (moduleLine.test(line)) return /^\s*$|^go 1\./.test(cursor.line(index + 1)) && /^go 1\./.test(cursor.line(index + 2));
    return line.startsWith('require') && required.test(line);
  },
  parse(cursor, index, sink) {
    const modules: ModuleVersion[] = [];
    const block = requireBlock.test(cursor.line(index));
    let next = block || moduleLine.test(cursor.line(index)) ? index + 1 : index;
    for (const end = Math.min(cursor.count, index + mostLines); next < end; next++) {
      const match = required.exec(cursor.line(next));
      if (match === null) break;
      modules.push(moduleOf(cursor, next, 'sum', [match[1], match[2]]));
      if (!block) {
        next++;
        break;
      }
    }
    if (block && /^\)\s*$/.test(cursor.line(next))) next++;
    markRecognised(sink, index, next - index);
    push(sink, index, modules);
    return next - index;
  },
};
