// Analyses the dumps, noisy variants and sessions of a corpus beside the project and prints the tables of its own scoring
// program; then the incident reports beside it, and what of their hunts was found in them and in copies of other processes.
// Usage: npm run conformance [-- arguments of score.py, such as --only noise --misses 10; --only hunts]
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { huntsOf, inventions } from './hunts.mjs';

const project = fileURLToPath(new URL('..', import.meta.url));
const corpus = resolve(project, '../shared/corpus');
const seeds = resolve(project, '../shared/seeds');
const built = join(project, 'dist/cli/framewalk.js');
/** Milliseconds for all files together: a hang becomes a failure. */
const timeLimit = 15 * 60 * 1000;

if (!existsSync(join(corpus, 'score.py'))) {
  console.log(`No corpus at ${corpus}: nothing to score. The project's own tests do not need it.`);
  process.exit(0);
}
if (!existsSync(built)) {
  console.error('The command is not built. Run: npm run build:cli');
  process.exit(2);
}

const scoreArguments = process.argv.slice(2);
const only = scoreArguments.indexOf('--only');
const areas = (only < 0 ? 'dumps,noise,sessions' : (scoreArguments[only + 1] ?? 'dumps')).split(',');
if (only >= 0) scoreArguments.splice(only, 2);

/** Texts below `folder`, sorted. */
function textsBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return textsBelow(path);
      return /\.txt(?:\.gz)?$/.test(entry.name) ? [path] : [];
    })
    .sort();
}

/** True when everything was analysed and scored. */
function scoreArea(area, folder) {
  const files = textsBelow(join(corpus, area));
  const reports = join(folder, `${area}.ndjson`);
  const output = openSync(reports, 'w');
  const started = Date.now();
  const analysis = spawnSync(process.execPath, [built, 'analyze', '--ndjson', ...files], {
    stdio: ['ignore', output, 'inherit'],
    timeout: timeLimit,
  });
  closeSync(output);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`\n${area}: ${files.length} files in ${seconds} s, exit ${analysis.status ?? analysis.signal}`);
  const score = spawnSync('python3', [join(corpus, 'score.py'), corpus, reports, '--only', area, ...scoreArguments], {
    stdio: 'inherit',
  });
  if (score.error) console.error(`score.py needs python3: ${score.error.message}`);
  return analysis.status === 0 && score.status === 0;
}

/** One report per text, in order; `undefined` where there is none. */
function reportsOf(texts, folder) {
  const files = texts.map((text, index) => {
    const file = join(folder, `${String(index).padStart(3, '0')}.txt`);
    writeFileSync(file, text);
    return file;
  });
  const analysis = spawnSync(process.execPath, [built, 'analyze', '--ndjson', ...files], {
    encoding: 'utf8',
    timeout: timeLimit,
    maxBuffer: 1 << 28,
  });
  const lines = analysis.stdout.split('\n').filter((line) => line !== '');
  return files.map((_, index) => (lines[index] === undefined ? undefined : JSON.parse(lines[index])));
}

/** True when every fact of the hunt in `file` was found, in the report and in its copies. */
function scoreHunt(file, folder) {
  const copies = huntsOf(/^\d+/.exec(basename(file))?.[0] ?? '', readFileSync(file, 'utf8'));
  const reports = reportsOf(
    copies.map(({ text }) => text),
    folder,
  );
  const [whole] = reports;
  let found = 0;
  let expected = 0;
  const misses = [];
  for (const [index, { name, facts, part }] of copies.entries()) {
    const report = reports[index];
    const wrong = part && report !== undefined && whole !== undefined ? inventions(report, whole) : [];
    const missed = facts.filter(({ holds }) => report === undefined || !holds(report)).map(({ what }) => `not found: ${what}`);
    if (index === 0)
      console.log(`${String(facts.length - missed.length).padStart(5)}/${facts.length}  facts of ${basename(file)}`);
    found += facts.length - missed.length;
    expected += facts.length;
    misses.push(...[...missed, ...wrong].map((what) => `${name}: ${what}`));
  }
  if (copies.length > 0) console.log(`${String(found).padStart(5)}/${expected}  facts of it and its ${copies.length - 1} copies`);
  for (const miss of misses) console.log(`        ${miss}`);
  return misses.length === 0;
}

const folder = mkdtempSync(join(tmpdir(), 'framewalk-conformance-'));
let held = true;
try {
  for (const area of areas.filter((one) => one !== 'hunts')) held = scoreArea(area, folder) && held;
  if (only < 0 || areas.includes('hunts')) {
    console.log('\nincident reports');
    for (const file of textsBelow(seeds)) held = scoreHunt(file, folder) && held;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(held ? 0 : 1);
