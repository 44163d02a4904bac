/** Builds the command into one file that needs no node_modules: start-up is the time to read that file. */
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'dist/cli',
    target: 'node20',
    emptyOutDir: true,
    minify: true,
    sourcemap: false,
    rolldownOptions: { output: { entryFileNames: 'framewalk.js' } },
  },
  ssr: { noExternal: true },
});
