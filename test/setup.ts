/** Property tests run from one seed, so that a checkout passes or fails for everyone alike; `npm run fuzz` takes new ones. */
import { configureGlobal } from 'fast-check';

const fuzzing = process.env['FUZZ'] !== undefined;
const seed = fuzzing ? Date.now() | 0 : 20_261_121;

configureGlobal({ seed, ...(fuzzing && { verbose: true }) });
if (fuzzing) console.log(`fast-check seed ${seed.toString()}`);
