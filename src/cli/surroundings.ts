import type { Readable } from 'node:stream';
import type { Output } from './write-output.ts';

/** What a command sees of the process it runs in. */
export interface Surroundings {
  stdin: Readable;
  output: Output;
  /** Messages for the person. */
  errors: Output;
  /** Colour when nothing was asked for. */
  color: boolean;
}
