// Builds the page and serves it on the loopback address. Options: --port N (default 4173, or the next free one),
// --no-build (serve what is built), --strict (fail when the port is taken).
import { parseArgs } from 'node:util';
import { build, preview } from 'vite';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '4173' }, 'no-build': { type: 'boolean' }, strict: { type: 'boolean' } },
});

if (!values['no-build']) await build({ logLevel: 'warn' });
const server = await preview({ preview: { host: '127.0.0.1', port: Number(values.port), strictPort: values.strict === true } });
const address = server.httpServer.address();
const port = typeof address === 'object' && address !== null ? address.port : values.port;
console.log(`Framewalk is at http://127.0.0.1:${port}/`);
