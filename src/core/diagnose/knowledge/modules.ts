/** The modules that the case names: in its build information and go.sum, and by the paths of source files in its stacks. */
import type { ModuleVersion } from '../../model/system.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { originRange } from '../../model/origin.ts';
import type { RuleContext } from '../rule.ts';

/** `…/pkg/mod/github.com/!azure/sdk@v1.2.3/x.go`, and the same without the folder where paths were trimmed. */
const inPath = /(?:^|\/mod\/)([\w.~!-]{2,100}(?:\/[\w.~!-]{1,100}){1,12})@(v\d{1,9}\.\d{1,9}\.\d{1,9}[\w.+-]{0,100})\//;

/** golang.org/x/mod/module: capitals are written as `!` and the small letter. */
const unescaped = (path: string): string => path.replace(/!([a-z])/g, (_all, letter: string) => letter.toUpperCase());

/** The modules that file names in `strings` belong to, each once. Strings are interned: their number does not grow with the frames. */
function ofStrings(strings: readonly string[]): ReadonlyMap<number, ModuleVersion> {
  const byString = new Map<number, ModuleVersion>();
  const seen = new Set<string>();
  for (const [index, file] of strings.entries()) {
    if (!file.includes('@v')) continue;
    const match = inPath.exec(file);
    if (match?.[1] === undefined || match[2] === undefined) continue;
    const path = unescaped(match[1]);
    const key = `${path}@${match[2]}`;
    if (seen.has(key)) continue;
    seen.add(key);
    byString.set(index, { path, version: match[2], by: 'build', source: { document: 0, start: 0, end: 0 } });
  }
  return byString;
}

/** Each module of a file in `snapshot` once; `known`: those of its strings. */
function ofFiles(
  { frames }: Snapshot,
  known: ReadonlyMap<number, ModuleVersion>,
  documents: RuleContext['documents'],
): ModuleVersion[] {
  const told = new Set<number>();
  const found: ModuleVersion[] = [];
  for (let row = 0; row < frames.length && told.size < known.size; row++) {
    const file = frames.file[row] ?? 0;
    const module = known.get(file);
    if (module === undefined || told.has(file)) continue;
    told.add(file);
    const document = frames.document[row] ?? 0;
    const text = documents[document]?.text;
    const line = frames.textLine[row] ?? 0;
    const start = text?.lineStarts[line] ?? 0;
    const source =
      text === undefined ? module.source : originRange(text.origin, document, start, text.lineStarts[line + 1] ?? start);
    found.push({ ...module, source });
  }
  return found;
}

/** Every module and version once; the build counts before go.sum. */
export function modulesOf(snapshots: readonly Snapshot[], documents: RuleContext['documents']): ModuleVersion[] {
  // The snapshots of a case share their strings.
  let strings: readonly string[] = [];
  let known: ReadonlyMap<number, ModuleVersion> = new Map();
  const all = snapshots.flatMap((snapshot) => {
    if (snapshot.strings !== strings) known = ofStrings((strings = snapshot.strings));
    return [...ofFiles(snapshot, known, documents), ...(snapshot.modules ?? [])];
  });
  const found = new Map<string, ModuleVersion>();
  for (const module of all) {
    const key = `${module.path}@${module.version}`;
    const known = found.get(key);
    if (known === undefined || (known.by === 'sum' && module.by === 'build')) found.set(key, module);
  }
  // go.sum names versions that were not chosen: where the build names one, only that counts.
  const built = new Set([...found.values()].filter((module) => module.by === 'build').map((module) => module.path));
  return [...found.values()].filter((module) => module.by === 'build' || !built.has(module.path));
}
