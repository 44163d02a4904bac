#!/usr/bin/env node
// Starts the built command. Plain JavaScript: it runs in a checkout before anything is built, and says what to do then.
import { existsSync } from 'node:fs';

const built = new URL('../dist/cli/framewalk.js', import.meta.url);

if (existsSync(built)) {
  await import(built.href);
} else {
  process.stderr.write('framewalk: the command is not built yet. Run: npm ci && npm run build\n');
  process.exitCode = 2;
}
