import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const room = fileURLToPath(new URL('../../../src/core/diagnose/', import.meta.url));
/** Where the printed reason is quoted. */
const quoting = /\/(?:facts\/wording|story)\.ts$/;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? sources(`${folder}${entry.name}/`) : entry.name.endsWith('.ts') ? [`${folder}${entry.name}`] : [],
  );
}

/** Places that read the text of a CrashEvent, as the type checker sees it. */
function readsOfText(files: readonly string[], extra?: { name: string; text: string }): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  host.readFile = (name) => (name === extra?.name ? extra.text : ts.sys.readFile(name));
  host.fileExists = (name) => name === extra?.name || ts.sys.fileExists(name);
  const program = ts.createProgram(extra === undefined ? [...files] : [extra.name], options, host);
  const checker = program.getTypeChecker();
  const isEvent = (type: ts.Type): boolean =>
    type.isUnion()
      ? type.types.some(isEvent)
      : type.getProperty('text') !== undefined && type.getProperty('repanicked') !== undefined;
  const found: string[] = [];
  for (const file of extra === undefined ? files : [extra.name]) {
    const source = program.getSourceFile(file);
    if (source === undefined) throw new Error(`${file} was not read`);
    const visit = (node: ts.Node): void => {
      const at = (): string =>
        `${file.slice(room.length)}:${String(source.getLineAndCharacterOfPosition(node.getStart()).line + 1)}`;
      if (ts.isPropertyAccessExpression(node) && node.name.text === 'text' && isEvent(checker.getTypeAtLocation(node.expression)))
        found.push(at());
      if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
        const name = (node.propertyName ?? node.name).getText();
        if (name === 'text' && isEvent(checker.getTypeAtLocation(node.parent))) found.push(at());
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

describe('rules and the text of a reason', () => {
  it('is quoted in one place and read in none', () => {
    const files = sources(room).filter((file) => !quoting.test(file));
    expect(files.length).toBeGreaterThan(80);
    expect(readFileSync(`${room}facts/wording.ts`, 'utf8')).toContain('event.text');
    expect(readsOfText(files)).toEqual([]);
  }, 120_000);

  it('would be noticed, by access and by destructuring', () => {
    const text = [
      "import { crashEvent } from './crash.ts';",
      "import type { RuleContext } from '../rule.ts';",
      'export function wrong(context: RuleContext): boolean {',
      '  const event = crashEvent(context);',
      "  if (event?.text === 'x') return true;",
      '  for (const { text } of context.snapshot.events) if (text === "y") return true;',
      '  return false;',
      '}',
    ].join('\n');
    expect(readsOfText([], { name: `${room}facts/made-up.ts`, text })).toEqual(['facts/made-up.ts:5', 'facts/made-up.ts:6']);
  }, 120_000);
});
