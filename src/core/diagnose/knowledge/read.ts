/** A file of knowledge: JSON of the form `framewalk.knowledge/1`. Nothing of a file with problems is used. */
import type { Knowledge, KnownConstant, KnownModule, KnownRelease, KnownSymbol, ReleaseRange } from '../../model/knowledge.ts';
import { Fields, Problems, isObject } from './fields.ts';
import { isVersion } from './releases.ts';

export const knowledgeSchema = 'framewalk.knowledge/1';

const sentence = 'a sentence of at most 400 characters';
const isSentence = (text: string): boolean => text.trim() !== '' && text.length <= 400;
const isRule = (text: string): boolean => /^[A-Z]{2,8}-(?:\d{2}|\*)$/.test(text);
const isReference = (text: string): boolean => /^(?:[\w.-]{1,60}\/[\w.-]{1,100}#\d{1,9}|https:\/\/\S{1,300})$/.test(text);
const isPath = (text: string): boolean => /^[\w.~/-]{2,300}$/.test(text);
const isSymbol = (text: string): boolean => text.length >= 3 && text.length <= 400 && !/\s/.test(text);
const isWord = (text: string): boolean => /^(?:0x[0-9a-fA-F]{1,16}|-?\d{1,19})$/.test(text);
const isArch = (text: string): boolean => /^[a-z0-9]{2,10}$/.test(text);

const version = 'a version such as v1.2.3 or 1.24';
const asVersion = 'Write it as `go version -m` does.';

function rangeOf(fields: Fields): ReleaseRange {
  const from = fields.optionalText('from', version, asVersion, isVersion);
  const before = fields.optionalText('before', version, asVersion, isVersion);
  fields.refuseOthers();
  return { ...(from === undefined ? {} : { from }), ...(before === undefined ? {} : { before }) };
}

function knownOf(fields: Fields) {
  const arch = fields.texts('arch', false, 'names of architectures (GOARCH)', 'Use the names of `go tool dist list`.', isArch);
  return {
    rules: fields.texts('rules', true, 'ids of findings such as FP-01 or FP-*', 'docs/rules.md lists them.', isRule),
    says: fields.text('says', sentence, 'Say in one sentence what is known.', isSentence),
    references: fields.texts(
      'references',
      false,
      'references such as owner/repository#123 or https addresses',
      'Name a public thread.',
      isReference,
    ),
    ...(arch.length === 0 ? {} : { arch }),
  };
}

function fixedOf(fields: Fields): { fixed?: string } {
  const fixed = fields.optionalText('fixed', version, asVersion, isVersion);
  return fixed === undefined ? {} : { fixed };
}

function moduleOf(fields: Fields): KnownModule {
  const module = fields.text('module', 'the path of a module', 'Write it as go.mod does.', isPath);
  const affected = fields.objects('affected').map(rangeOf);
  const known = { module, ...knownOf(fields), ...fixedOf(fields), ...(affected.length === 0 ? {} : { affected }) };
  fields.refuseOthers();
  return known;
}

function releaseOf(fields: Fields): KnownRelease {
  const range = fields.object('go');
  const known = { go: range === undefined ? {} : rangeOf(range), ...knownOf(fields), ...fixedOf(fields) };
  fields.refuseOthers();
  return known;
}

function symbolOf(fields: Fields): KnownSymbol {
  const symbol = fields.text('symbol', 'the full name of a function', 'Write it as a traceback does.', isSymbol);
  const known = { symbol, ...knownOf(fields) };
  fields.refuseOthers();
  return known;
}

function constantOf(fields: Fields): KnownConstant {
  const text = fields.text(
    'value',
    'a number in a string, such as "0x1f"',
    'Put it between quotes: JSON rounds numbers.',
    isWord,
  );
  const known = { value: BigInt.asUintN(64, BigInt(text === '' ? '0' : text)), ...knownOf(fields) };
  fields.refuseOthers();
  return known;
}

export interface ReadKnowledge {
  knowledge?: Knowledge;
  problems: string[];
}

/** Longest file, in UTF-16 units. */
export const longestKnowledge = 4 << 20;

/** Whether a text means to be a file of knowledge: a JSON object that names the schema, of any version. */
export function looksLikeKnowledge(text: string): boolean {
  const head = text.slice(0, 4096);
  return /^\s*\{/.test(head) && head.includes('"framewalk.knowledge/');
}

function syntaxProblem(text: string, error: unknown): string {
  const told = error instanceof Error ? error.message : String(error);
  const position = Number(/position (\d+)/.exec(told)?.[1] ?? 'NaN');
  const line = Number.isNaN(position) ? '' : `line ${String(text.slice(0, position).split('\n').length)}: `;
  return `${line}expected JSON, found ${told}. Check commas and quotes there.`;
}

/** `name` is that of the file, for files that do not name themselves. */
export function readKnowledge(text: string, name: string): ReadKnowledge {
  if (text.length > longestKnowledge)
    return {
      problems: [`expected at most ${String(longestKnowledge)} characters, found ${String(text.length)}. Split the file.`],
    };
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (error) {
    return { problems: [syntaxProblem(text, error)] };
  }
  const problems = new Problems();
  if (!isObject(root)) {
    problems.add('the file', 'an object', root, 'Write it between { and }.');
    return { problems: problems.list };
  }
  const fields = new Fields(root, '', problems);
  fields.text('schema', JSON.stringify(knowledgeSchema), 'Use the version of this program.', (one) => one === knowledgeSchema);
  const knowledge: Knowledge = {
    name: fields.optionalText('name', sentence, 'Give the file a short name.', isSentence) ?? name,
    modules: fields.objects('modules').map(moduleOf),
    releases: fields.objects('releases').map(releaseOf),
    symbols: fields.objects('symbols').map(symbolOf),
    constants: fields.objects('constants').map(constantOf),
  };
  fields.refuseOthers();
  return problems.list.length > 0 ? { problems: problems.list } : { knowledge, problems: [] };
}

export function entriesOf(knowledge: Knowledge): number {
  return knowledge.modules.length + knowledge.releases.length + knowledge.symbols.length + knowledge.constants.length;
}
