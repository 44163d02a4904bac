/** How the engine compiles the command: it reads one input and ends, so that much of its time is compiling. */
import { setFlagsFromString } from 'node:v8';

/**
 * To be called before anything is read. The flags are V8's own (`node --v8-options`); one that it does not know is passed over.
 * Measured with recorded sessions and dumps of 50 MB: a quarter less CPU time; uniform dumps of 200 MB the same.
 */
export function tuneEngine(): void {
  // Less is inlined into each function: what is compiled is smaller, and fewer functions are compiled again.
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=300');
  // Each time an object is found to live long, all code that makes it would be thrown away.
  setFlagsFromString('--no-allocation-site-pretenuring');
}
