// node bench/run.mjs [--goroutines N] [--keep DIR]: every reader over the same generated dumps, in one run.
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { alike, debug2, session, sigquit } from './dumps.mjs';
import { recordedDumps, recordedSessions } from './mixes.mjs';
import { delve, goObjdump, lldb, objdump, threads } from './sessions.mjs';

const { values } = parseArgs({
  options: { goroutines: { type: 'string', default: '100000' }, keep: { type: 'string' } },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const work = values.keep ?? mkdtempSync(join(tmpdir(), 'framewalk-bench-'));
mkdirSync(work, { recursive: true });
const bundle = join(work, 'measure.js');
const readers = join(work, 'readers');

// Built as the command is.
await build({
  root,
  configFile: join(root, 'vite.cli.config.ts'),
  logLevel: 'error',
  build: {
    ssr: 'bench/measure.ts',
    outDir: work,
    emptyOutDir: false,
    rolldownOptions: { output: { entryFileNames: 'measure.js' } },
  },
});

const goBuild = spawnSync('go', ['build', '-o', readers, '.'], { cwd: join(root, 'bench/go'), encoding: 'utf8' });
const hasGo = goBuild.status === 0;
if (!hasGo) {
  const why = goBuild.error === undefined ? goBuild.stderr.trim() : 'the go command is not on the path';
  console.log(`\n*** Go readers are left out: ${why}.\n*** Ratios to panicparse and gostackparse are missing below.\n`);
}

function input(name, pieces) {
  const path = join(work, name);
  if (existsSync(path)) return path;
  const file = openSync(path, 'w');
  for (const piece of pieces) writeSync(file, piece);
  closeSync(file);
  return path;
}

/** Runs a program that prints a line of JSON with its own figures. */
function run(command, args) {
  const output = execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(output);
}

/** `wc -l` prints no figures of itself: bash's `times` gives the CPU seconds of its children. */
function wordCount(path) {
  const started = performance.now();
  const shell = spawnSync('bash', ['-c', 'LC_ALL=C wc -l "$1" >/dev/null; times', 'bash', path], { encoding: 'utf8' });
  if (shell.status !== 0) return undefined;
  const wall = (performance.now() - started) / 1000;
  const children = [
    ...shell.stdout
      .trim()
      .split('\n')[1]
      .matchAll(/(\d+)m([\d.]+)s/g),
  ];
  const cpu = children.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
  return { wall, cpu, peak: 0, goroutines: 0 };
}

const node = (contestant, path) => run(process.execPath, ['--max-old-space-size=8192', bundle, contestant, path]);
const go = (contestant, path) => (hasGo ? run(readers, [contestant, path]) : undefined);

function table(title, path, rows) {
  const size = statSync(path).size;
  const results = rows.map(([name, measured]) => ({ name, ...(measured(path) ?? { missing: true }) }));
  const byName = (name) => results.find((result) => result.name === name && !result.missing);
  const references = ['newline scan', 'panicparse', 'gostackparse'];
  console.log(`\n${title}: ${(size / 1e6).toFixed(1)} MB`);
  const heads = [
    'reader',
    'MB/CPU s',
    'MB/s wall',
    'peak / input',
    'goroutines',
    'records',
    'million/CPU s',
    ...references.map((name) => `× ${name}`),
  ];
  const lines = results.map((result) => {
    if (result.missing) return [result.name, ...heads.slice(1).map(() => '–')];
    return [
      result.name,
      (size / 1e6 / Math.max(result.cpu, 1e-3)).toFixed(1),
      (size / 1e6 / result.wall).toFixed(1),
      result.peak > 0 ? (result.peak / size).toFixed(2) : '–',
      result.goroutines > 0 ? String(result.goroutines) : '–',
      result.records > 0 ? String(result.records) : '–',
      result.records > 0 ? (result.records / 1e6 / result.cpu).toFixed(2) : '–',
      ...references.map((name) => {
        const other = byName(name);
        return other === undefined ? '–' : `${(other.cpu / result.cpu).toFixed(2)} (${(other.wall / result.wall).toFixed(2)})`;
      }),
    ];
  });
  const widths = heads.map((head, column) => Math.max(head.length, ...lines.map((line) => line[column].length)));
  for (const line of [heads, ...lines]) {
    console.log(
      line.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  '),
    );
  }
}

const everyReader = [
  ['wc -l', wordCount],
  ['newline scan', (path) => node('scan', path)],
  ['open (layers, lines)', (path) => node('open', path)],
  ['text, everything', (path) => node('text', path)],
  ['text, once compiled', (path) => ({ ...node('text-again', path), peak: 0 })],
  ['analyse, whole', (path) => node('analyse', path)],
  ['panicparse', (path) => go('panicparse', path)],
  ['gostackparse', (path) => go('gostackparse', path)],
];

try {
  const empty = node('nothing', bundle);
  console.log(
    `Ratios: CPU time (wall time). Peak: resident memory; an empty Node has ${(empty.peak / 1e6).toFixed(0)} MB of it.`,
  );
  const quit = input(`sigquit-${values.goroutines}.txt`, sigquit(Number(values.goroutines)));
  table('SIGQUIT form of Go 1.26', quit, everyReader);
  table('debug=2 form, cut at 64 MiB', input('debug2.txt', debug2(64 * 2 ** 20)), everyReader);
  // No other reader knows this form.
  const ours = everyReader.filter(([name]) => !name.endsWith('parse'));
  // The Go readers end at the first line that is none of theirs.
  table('Recorded dumps, one after another, 50 MB', input('recorded-dumps.txt', recordedDumps(50e6)), ours);
  table('Recorded sessions, one after another, 50 MB', input('recorded-sessions.txt', recordedSessions(50e6)), ours);
  table('gdb session, 50 MB', input('session.txt', session(50e6)), ours);
  table('gdb, all threads and listings, 50 MB', input('threads.txt', threads(50e6)), ours);
  table('Delve session, 50 MB', input('delve.txt', delve(50e6)), ours);
  table('LLDB, all threads and memory, 50 MB', input('lldb.txt', lldb(50e6)), ours);
  table('objdump -d, 50 MB', input('objdump.txt', objdump(50e6)), ours);
  table('go tool objdump, 50 MB', input('go-objdump.txt', goObjdump(50e6)), ours);
  const equal = input('alike.txt', alike(10_000));
  const grouped = node('report', equal);
  console.log(`\n10,000 goroutines of one stack with different arguments: grouped and reported in ${grouped.wall.toFixed(3)} s`);
  if (hasGo) console.log(`panicparse, read and aggregated: ${run(readers, ['panicparse-groups', equal]).wall.toFixed(1)} s`);
} finally {
  if (values.keep === undefined) rmSync(work, { recursive: true, force: true });
}
