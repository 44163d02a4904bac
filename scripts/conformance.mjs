// Analyses the dumps, noisy variants and sessions of a corpus beside the project and prints the tables of its own scoring
// program; then the incident reports beside it, and what of their hunts was found.
// Usage: npm run conformance [-- arguments of score.py, such as --only noise --misses 10]
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hunts } from './hunts.mjs';

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

/** True when every fact of the hunt in `file` was found. */
function scoreHunt(file) {
  const facts = hunts[/^\d+/.exec(basename(file))?.[0] ?? ''];
  if (facts === undefined) return true;
  const analysis = spawnSync(process.execPath, [built, 'analyze', '--json', file], {
    encoding: 'utf8',
    timeout: timeLimit,
    maxBuffer: 1 << 28,
  });
  if (analysis.stdout === '') {
    console.log(`    0/${facts.length}  facts of ${basename(file)}: no report`);
    return false;
  }
  const report = JSON.parse(analysis.stdout);
  const missed = facts.filter(({ holds }) => !holds(report));
  console.log(`${String(facts.length - missed.length).padStart(5)}/${facts.length}  facts of ${basename(file)}`);
  for (const { what } of missed) console.log(`        not found: ${what}`);
  return missed.length === 0;
}

const folder = mkdtempSync(join(tmpdir(), 'framewalk-conformance-'));
let held = true;
try {
  for (const area of areas) held = scoreArea(area, folder) && held;
  if (only < 0) {
    console.log('\nincident reports');
    for (const file of textsBelow(seeds)) held = scoreHunt(file) && held;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(held ? 0 : 1);
