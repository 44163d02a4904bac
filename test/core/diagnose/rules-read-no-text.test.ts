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

const options: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  noEmit: true,
  types: [],
};

interface Extra {
  name: string;
  text: string;
}

/** Places in `files`, or in a made-up file, of the nodes that `accuses`, as the type checker sees them. */
function placesOf(
  files: readonly string[],
  accuses: (node: ts.Node, checker: ts.TypeChecker) => boolean,
  extra?: Extra,
): string[] {
  const host = ts.createCompilerHost(options);
  host.readFile = (name) => (name === extra?.name ? extra.text : ts.sys.readFile(name));
  host.fileExists = (name) => name === extra?.name || ts.sys.fileExists(name);
  const roots = extra === undefined ? [...files] : [extra.name];
  const program = ts.createProgram(roots, options, host);
  const checker = program.getTypeChecker();
  const found: string[] = [];
  for (const file of roots) {
    const source = program.getSourceFile(file);
    if (source === undefined) throw new Error(`${file} was not read`);
    const visit = (node: ts.Node): void => {
      if (accuses(node, checker))
        found.push(`${file.slice(room.length)}:${String(source.getLineAndCharacterOfPosition(node.getStart()).line + 1)}`);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

function isEvent(type: ts.Type): boolean {
  if (type.isUnion()) return type.types.some(isEvent);
  return type.getProperty('text') !== undefined && type.getProperty('repanicked') !== undefined;
}

/** The text of a CrashEvent, by access or by destructuring. */
function readsEventText(node: ts.Node, checker: ts.TypeChecker): boolean {
  if (ts.isPropertyAccessExpression(node))
    return node.name.text === 'text' && isEvent(checker.getTypeAtLocation(node.expression));
  if (!ts.isBindingElement(node) || !ts.isObjectBindingPattern(node.parent)) return false;
  return (node.propertyName ?? node.name).getText() === 'text' && isEvent(checker.getTypeAtLocation(node.parent));
}

const matchers = new Set(
  'includes startsWith endsWith match matchAll search test exec indexOf lastIndexOf split replace replaceAll'.split(' '),
);

function isString(type: ts.Type): boolean {
  return type.isUnion() ? type.types.some(isString) : (type.flags & ts.TypeFlags.StringLike) !== 0;
}

/** A pattern, or a search inside a string. */
function matchesText(node: ts.Node, checker: ts.TypeChecker): boolean {
  if (ts.isRegularExpressionLiteral(node)) return true;
  if (ts.isIdentifier(node) && node.text === 'RegExp') return true;
  if (!ts.isPropertyAccessExpression(node) || !matchers.has(node.name.text)) return false;
  return isString(checker.getTypeAtLocation(node.expression));
}

const madeUp = (folder: string, ...body: string[]): Extra => ({
  name: `${room}${folder}/made-up.ts`,
  text: [
    "import { crashEvent } from '../facts/crash.ts';",
    "import type { RuleContext } from '../rule.ts';",
    'export function wrong(context: RuleContext): boolean {',
    '  const event = crashEvent(context);',
    ...body,
    '  return false;',
    '}',
  ].join('\n'),
});

describe('rules and the text of a reason', () => {
  it('is quoted in one place and read in none', () => {
    const files = sources(room).filter((file) => !quoting.test(file));
    expect(files.length).toBeGreaterThan(80);
    expect(readFileSync(`${room}facts/wording.ts`, 'utf8')).toContain('event.text');
    expect(placesOf(files, readsEventText)).toEqual([]);
  }, 120_000);

  it('would be noticed, by access and by destructuring', () => {
    const wrong = madeUp(
      'facts',
      "  if (event?.text === 'x') return true;",
      '  for (const { text } of context.snapshot.events) if (text === "y") return true;',
    );
    expect(placesOf([], readsEventText, wrong)).toEqual(['facts/made-up.ts:5', 'facts/made-up.ts:6']);
  }, 120_000);
});

describe('rules and strings', () => {
  it('match none by pattern: names and printed forms are judged by the facts and the readers', () => {
    const files = sources(`${room}rules/`);
    expect(files.length).toBeGreaterThan(70);
    expect(placesOf(files, matchesText)).toEqual([]);
  }, 120_000);

  it('would be noticed in each spelling, lists left alone', () => {
    const wrong = madeUp(
      'rules',
      '  const complaint = context.snapshot.complaints.find((one) => one.kind === "runtime-state");',
      '  if (complaint?.kind === "runtime-state" && complaint.what.includes("x")) return true;',
      '  if (/^x/.test(event?.valueType ?? "")) return true;',
      '  if (new RegExp("x").test("y")) return true;',
      '  if (event?.valueType?.startsWith("main.") === true) return true;',
      '  if (["a", "b"].includes("a")) return true;',
    );
    expect(placesOf([], matchesText, wrong)).toEqual([6, 7, 8, 9].map((line) => `rules/made-up.ts:${String(line)}`));
  }, 120_000);
});
