import { ownTemplate } from '../own-template.ts';
import { prefixRemoval } from '../prefix-removal.ts';
import type { Layer } from './layer.ts';

/** A prefix of no known form: what stands before goroutine headers or records, with its numbers free to change. */
export const ownPrefix: Layer = {
  name: 'prefix',
  onEveryLine: true,
  detect(text) {
    for (const { lines } of text.windows) {
      const form = ownTemplate(lines);
      if (form !== undefined) return prefixRemoval(text, form);
    }
    return undefined;
  },
};
