/** Runs the built command as a person does: bin/framewalk.js in its own process. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const command = 'bin/framewalk.js';
const built = 'dist/cli/framewalk.js';

function newestBelow(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((newest, entry) => {
    const path = join(folder, entry.name);
    return Math.max(newest, entry.isDirectory() ? newestBelow(path) : statSync(path).mtimeMs);
  }, 0);
}

/** Builds the command unless the built file is newer than every source. */
export function buildCommand(): void {
  const sources = Math.max(newestBelow('src/cli'), newestBelow('src/core'), statSync('vite.cli.config.ts').mtimeMs);
  if (existsSync(built) && statSync(built).mtimeMs > sources) return;
  const build = spawnSync('npx', ['vite', 'build', '--config', 'vite.cli.config.ts'], { encoding: 'utf8' });
  if (build.status !== 0) throw new Error(`The command does not build:\n${build.stdout}${build.stderr}`);
}

export interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

export function framewalk(args: string[], input: string | Uint8Array = ''): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

/** Closes the command's output after the first bytes, as `| head -c 1` does. */
export function framewalkToClosedPipe(args: string[]): Promise<Omit<Ended, 'stdout'>> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.stdout.once('data', () => child.stdout.destroy());
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stderr }));
  });
}

/** A folder of its own with the files given by name; returns the path of one by its name. */
export function filesOf(files: Record<string, string | Uint8Array>): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'framewalk-test-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return (name) => join(folder, name);
}
