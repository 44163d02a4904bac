// Analyses the dumps of a corpus beside the project and prints the table of its own scoring program.
// Usage: npm run conformance [-- arguments of score.py, such as --only noise --misses 10]
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const corpus = resolve(project, '../shared/corpus');
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
const areas = (only < 0 ? 'dumps' : (scoreArguments[only + 1] ?? 'dumps')).split(',');

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

const files = areas.flatMap((area) => textsBelow(join(corpus, area)));
const folder = mkdtempSync(join(tmpdir(), 'framewalk-conformance-'));
let status = 0;
try {
  const reports = join(folder, 'reports.ndjson');
  const output = openSync(reports, 'w');
  const started = Date.now();
  const analysis = spawnSync(process.execPath, [built, 'analyze', '--ndjson', ...files], {
    stdio: ['ignore', output, 'inherit'],
    timeout: timeLimit,
  });
  closeSync(output);
  console.log(
    `${files.length} files in ${((Date.now() - started) / 1000).toFixed(1)} s, exit ${analysis.status ?? analysis.signal}`,
  );
  if (analysis.status !== 0) status = 1;
  const score = spawnSync(
    'python3',
    [join(corpus, 'score.py'), corpus, reports, ...(only < 0 ? ['--only', 'dumps'] : []), ...scoreArguments],
    {
      stdio: 'inherit',
    },
  );
  if (score.error) console.error(`score.py needs python3: ${score.error.message}`);
  if (score.status !== 0) status = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(status);
