// Bundles bench/parse.ts with the build tool of the project and runs it: node bench/run.mjs [goroutines]
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const outDir = fileURLToPath(new URL('../node_modules/.cache/framewalk-bench', import.meta.url));
await build({
  root,
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  build: { ssr: 'bench/parse.ts', outDir, target: 'node20', rolldownOptions: { output: { entryFileNames: 'parse.js' } } },
  ssr: { noExternal: true },
});
try {
  await import(`${outDir}/parse.js`);
} finally {
  rmSync(outDir, { recursive: true, force: true });
}
