// Counts, rule by rule, how often findings are right over a corpus with known causes, and what each confidence word is worth.
// Usage: npm run calibrate [-- corpus folder]     (default: ../shared/corpus beside the project)
//
// The programs of the corpus are split in two by a hash of their names: the learning part and the reporting part. What a word
// promises is read from the learning part; the verdict at the end is given for the reporting part alone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { splitLines } from './calibrate/lines.mjs';
import { wilson } from './calibrate/wilson.mjs';

const project = fileURLToPath(new URL('..', import.meta.url));
const corpus = resolve(process.argv[2] ?? join(project, '../shared/corpus'));
const built = join(project, 'dist/cli/framewalk.js');
const areas = ['dumps', 'noise', 'sessions'];
const words = ['certain', 'very likely', 'likely', 'possible'];
const strong = new Set(words.slice(0, 2));
/** What "very likely" and above must reach. */
const promise = 0.98;
const timeLimit = 15 * 60 * 1000;

if (!existsSync(join(corpus, 'root-causes.json'))) {
  console.log(`No corpus at ${corpus}: nothing to calibrate with. Give its folder as the argument.`);
  process.exit(0);
}
if (!existsSync(built)) {
  console.error('The command is not built. Run: npm run build:cli');
  process.exit(2);
}

const causes = JSON.parse(readFileSync(join(corpus, 'root-causes.json'), 'utf8'));
const markers = new Set(causes.markers);
const innocentCauses = new Set(causes.innocent.rootCauses);

/** Dumps with a truth file beside them. */
function casesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return casesBelow(path);
      const truth = path.replace(/\.txt(?:\.gz)?$/, '.truth.json');
      return truth === path || !existsSync(truth) ? [] : [{ path, truth: JSON.parse(readFileSync(truth, 'utf8')) }];
    });
}

const matches = (rule, pattern) => (pattern.endsWith('*') ? rule.startsWith(pattern.slice(0, -1)) : rule === pattern);

/** Rules that are a right answer for the case; undefined where its truth names no cause that is listed. */
function rightRules({ rootCause, signatures }) {
  if (signatures !== undefined) return signatures;
  return rootCause === undefined ? undefined : causes.accept[rootCause];
}

const isInnocent = ({ rootCause, expectNoFault }) => expectNoFault === true || innocentCauses.has(rootCause);
const accuses = (finding) =>
  finding.confidence !== 'possible' && causes.innocent.prefixes.some((prefix) => finding.rule.startsWith(prefix));

/** A program and its wrapped variants stay together. */
function partOf({ path, truth }) {
  const program = truth.program ?? truth.base ?? relative(corpus, path).split(/[/.]/).at(-2) ?? path;
  const name = String(program).replace(/-go\d.*$/, '');
  return createHash('sha256').update(name).digest()[0] % 2 === 0 ? 'learning' : 'reporting';
}

function analyse(cases) {
  const folder = mkdtempSync(join(tmpdir(), 'framewalk-calibrate-'));
  try {
    const output = join(folder, 'reports.ndjson');
    const descriptor = openSync(output, 'w');
    const run = spawnSync(process.execPath, [built, 'analyze', '--ndjson', ...cases.map((one) => one.path)], {
      stdio: ['ignore', descriptor, 'inherit'],
      timeout: timeLimit,
    });
    closeSync(descriptor);
    if (run.error) throw run.error;
    const reports = new Map();
    for (const line of splitLines(readFileSync(output))) {
      const report = JSON.parse(line);
      reports.set(report.documents?.[0]?.name, report.findings ?? []);
    }
    return reports;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const blank = () => ({ right: 0, wrong: 0 });
const parts = {
  learning: { cases: 0, words: Object.fromEntries(words.map((word) => [word, blank()])) },
  reporting: { cases: 0, words: Object.fromEntries(words.map((word) => [word, blank()])) },
};
const rules = new Map();
const ruleCounts = (rule) => {
  if (!rules.has(rule)) rules.set(rule, { first: 0, hit: 0, miss: 0, wrong: 0, falselyAccused: 0 });
  return rules.get(rule);
};

const cases = areas.flatMap((area) => casesBelow(join(corpus, area)));
const reports = analyse(cases);
const wrongs = [];
/** First findings of the learning part by rule and word: what the words of each rule turned out to be worth. */
const learned = new Map();
/** First findings with a strong word of the reporting part. */
const reported = [];
/** Strong findings that stand beside the first one and are not among the right answers. */
const beside = new Map();
let unread = 0;

for (const one of cases) {
  const findings = reports.get(one.path);
  const right = rightRules(one.truth);
  if (findings === undefined) unread += 1;
  if (findings === undefined || (right === undefined && !isInnocent(one.truth))) continue;
  const part = parts[partOf(one)];
  part.cases += 1;
  const name = relative(corpus, one.path);
  const top = findings[0];
  const isRight = (finding) =>
    right === undefined ? !accuses(finding) : right.some((pattern) => matches(finding.rule, pattern));
  // A case is one trial: the first finding is the answer. Those that it explains and markers are no answers of their own.
  const complete = one.truth.complete !== false;
  if (top !== undefined && complete) {
    const good = isRight(top);
    const counts = part.words[top.confidence];
    if (counts !== undefined) counts[good ? 'right' : 'wrong'] += 1;
    ruleCounts(top.rule).first += 1;
    ruleCounts(top.rule)[good ? 'hit' : 'wrong'] += 1;
    if (!good) wrongs.push(`${name}: ${top.rule} (${top.confidence}) for ${one.truth.rootCause ?? right?.join(', ') ?? ''}`);
    const pair = `${top.rule}, ${top.confidence}`;
    if (strong.has(top.confidence) && part === parts.reporting) reported.push({ pair, good });
    if (strong.has(top.confidence) && part === parts.learning) {
      const known = learned.get(pair) ?? blank();
      known[good ? 'right' : 'wrong'] += 1;
      learned.set(pair, known);
    }
    const explained = new Set(findings.flatMap((finding) => finding.explains ?? []));
    for (const finding of findings.slice(1)) {
      if (!strong.has(finding.confidence) || explained.has(finding.id) || markers.has(finding.rule) || isRight(finding)) continue;
      beside.set(finding.rule, (beside.get(finding.rule) ?? 0) + 1);
    }
  }
  // A miss counts for the first rule that would have been right.
  const wanted = right?.find((pattern) => !pattern.endsWith('*') && !markers.has(pattern)) ?? right?.[0];
  if (complete && wanted !== undefined && !findings.some(isRight)) ruleCounts(wanted).miss += 1;
  if (!isInnocent(one.truth)) continue;
  for (const finding of findings) {
    if (!accuses(finding)) continue;
    ruleCounts(finding.rule).falselyAccused += 1;
    wrongs.push(`${name}: ${finding.rule} (${finding.confidence}) accuses an innocent`);
  }
}

const percent = (value) => `${(100 * value).toFixed(1)} %`.padStart(8);
const range = (right, total) => {
  if (total === 0) return '        –';
  const { low, high } = wilson(right, total);
  return `${percent(low)} …${percent(high)}`;
};

console.log(`${cases.length} cases below ${corpus}${unread === 0 ? '' : `, ${unread} without a report`}\n`);
console.log('rule       first    hit   miss  wrong  innocents accused   right, 95 % interval (Wilson)');
for (const [rule, counts] of [...rules].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const columns = [counts.first, counts.hit, counts.miss, counts.wrong].map((number) => String(number).padStart(6));
  console.log(
    `${rule.padEnd(10)}${columns.join(' ')}  ${String(counts.falselyAccused).padStart(17)}   ${range(counts.hit, counts.first)}`,
  );
}

let kept = true;
for (const [name, part] of Object.entries(parts)) {
  console.log(`\n${name} part: ${part.cases} cases`);
  for (const word of words) {
    const { right, wrong } = part.words[word];
    const total = right + wrong;
    const share = total === 0 ? '       –' : percent(right / total);
    console.log(
      `  ${word.padEnd(12)} ${String(right).padStart(5)} of ${String(total).padEnd(5)} ${share}   ${range(right, total)}`,
    );
  }
  const sum = (key) => [...strong].reduce((total, word) => total + part.words[word][key], 0);
  kept = verdict('"very likely" or above', sum('right'), sum('right') + sum('wrong'));
}

function verdict(what, right, total) {
  const held = total === 0 || right / total >= promise;
  const share = total === 0 ? '' : `, ${percent(right / total).trim()}`;
  console.log(`  ${what}: ${right} of ${total}${share} – ${held ? 'keeps' : 'BREAKS'} the promise of ${percent(promise).trim()}`);
  if (total > 0 && held && wilson(right, total).low < promise)
    console.log('    (the number of cases does not prove it: the interval reaches below the promise)');
  return held;
}

const lowered = new Set([...learned].filter(([, { right, wrong }]) => right / (right + wrong) < promise).map(([pair]) => pair));
if (lowered.size > 0) {
  console.log(`\nThe learning part would lower: ${[...lowered].join('; ')}`);
  const left = reported.filter(({ pair }) => !lowered.has(pair));
  verdict('the reporting part without them', left.filter(({ good }) => good).length, left.length);
} else console.log('\nThe learning part would lower no word of any rule.');
if (beside.size > 0)
  console.log(
    `Strong findings beside the first that the truth does not list: ${[...beside].map(([rule, number]) => `${rule} ${number}`).join(', ')}`,
  );
const accused = [...rules.values()].reduce((sum, counts) => sum + counts.falselyAccused, 0);
console.log(`\nInnocents accused: ${accused}. A false accusation weighs as ten misses.`);
for (const line of wrongs.slice(0, 20)) console.log(`  ${line}`);
process.exit(kept && accused === 0 ? 0 : 1);
