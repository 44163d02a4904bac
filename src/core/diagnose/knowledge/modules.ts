/** The modules that the case names: in its build information and go.sum, and by the paths of source files in its stacks. */
import type { ModuleVersion } from '../../model/system.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { originRange } from '../../model/origin.ts';
import type { RuleContext } from '../rule.ts';

/** `…/pkg/mod/github.com/!azure/sdk@v1.2.3/x.go`, and the same without the folder where paths were trimmed. */
const inPath = /(?:^|\/mod\/)([\w.~!-]{2,100}(?:\/[\w.~!-]{1,100}){1,12})@(v\d{1,9}\.\d{1,9}\.\d{1,9}[\w.+-]{0,100})\//;

/** golang.org/x/mod/module: capitals are written as `!` and the small letter. */
const unescaped = (path: string): string => path.replace(/!([a-z])/g, (_all, letter: string) => letter.toUpperCase());

/** Each module of a file in `snapshot` once. Strings are interned: their number does not grow with the frames. */
function ofFiles(context: RuleContext, snapshot: Snapshot): ModuleVersion[] {
  const byString = new Map<number, ModuleVersion>();
  const seen = new Set<string>();
  for (const [index, file] of snapshot.strings.entries()) {
    if (!file.includes('@v')) continue;
    const match = inPath.exec(file);
    if (match?.[1] === undefined || match[2] === undefined) continue;
    const path = unescaped(match[1]);
    const key = `${path}@${match[2]}`;
    if (seen.has(key)) continue;
    seen.add(key);
    byString.set(index, { path, version: match[2], by: 'build', source: { document: 0, start: 0, end: 0 } });
  }
  if (byString.size === 0) return [];
  const { frames } = snapshot;
  const found: ModuleVersion[] = [];
  for (let row = 0; row < frames.length && byString.size > 0; row++) {
    const module = byString.get(frames.file[row] ?? 0);
    if (module === undefined) continue;
    byString.delete(frames.file[row] ?? 0);
    const document = frames.document[row] ?? 0;
    const text = context.documents[document]?.text;
    const line = frames.textLine[row] ?? 0;
    const start = text?.lineStarts[line] ?? 0;
    const source =
      text === undefined ? module.source : originRange(text.origin, document, start, text.lineStarts[line + 1] ?? start);
    found.push({ ...module, source });
  }
  return found;
}

/** By the crashes of a case: each of them asks. */
const modulesOfCase = new WeakMap<readonly Snapshot[], ModuleVersion[]>();

/** Every module and version once; the build counts before go.sum. */
export function modulesOf(context: RuleContext): readonly ModuleVersion[] {
  const before = modulesOfCase.get(context.all);
  if (before !== undefined) return before;
  const modules = namedModules(context);
  modulesOfCase.set(context.all, modules);
  return modules;
}

function namedModules(context: RuleContext): ModuleVersion[] {
  const all = context.all.flatMap((snapshot) => [...ofFiles(context, snapshot), ...(snapshot.modules ?? [])]);
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
