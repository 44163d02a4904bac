/** Builds the command into one file that needs no node_modules: start-up is the time to read that file. */
import { defineConfig, type Plugin } from 'vite';

/** The engine keeps a program of ASCII alone in half the memory: other characters are escaped, all of them stand in texts. */
function asciiOnly(): Plugin {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return {
    name: 'framewalk-ascii-only',
    generateBundle: {
      order: 'post',
      handler: (_options, bundle) => {
        for (const chunk of Object.values(bundle))
          if (chunk.type === 'chunk') chunk.code = chunk.code.replace(/[\u0080-\uffff]/g, escaped);
      },
    },
  };
}

export default defineConfig({
  publicDir: false,
  plugins: [asciiOnly()],
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
