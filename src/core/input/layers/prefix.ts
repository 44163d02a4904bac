import { hasPrefix, prefixRemoval } from '../prefix-removal.ts';
import { prefixForms } from '../prefixes.ts';
import type { Layer } from './layer.ts';

/** What a log system prints before every line, in the forms of `prefixes.ts`. */
export const prefix: Layer = {
  name: 'prefix',
  detect(text) {
    for (const window of text.windows) {
      const form = prefixForms.find(({ pattern }) => hasPrefix(window, pattern));
      if (form !== undefined) return prefixRemoval(text, form);
    }
    return undefined;
  },
};
