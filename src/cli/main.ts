/** The built command: the process's own streams, and its exit status. */
import packageFile from '../../package.json' with { type: 'json' };
import { tuneEngine } from './engine.ts';
import { run } from './run.ts';

tuneEngine();

const { env, stdout } = process;
// https://no-color.org: any non-empty value means no colour.
const color = stdout.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';

// exitCode, not exit(): what is still being written to a pipe arrives.
process.exitCode = await run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout,
  stderr: process.stderr,
  color,
  version: packageFile.version,
});
