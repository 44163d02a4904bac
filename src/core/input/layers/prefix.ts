import { knownPrefix } from '../find-prefix.ts';
import { alternates, removeByStream } from '../interleaved.ts';
import { prefixRemoval } from '../prefix-removal.ts';
import type { Layer } from './layer.ts';

/** What a log system prints before every line, in the forms of `prefixes.ts`. Containers whose crashes alternate come apart. */
export const prefix: Layer = {
  name: 'prefix',
  onEveryLine: true,
  detect(text) {
    for (const window of text.windows) {
      const form = knownPrefix(window.lines);
      if (form === undefined) continue;
      const removal = prefixRemoval(text, form);
      return text.windows.some((one) => alternates(one, form.pattern))
        ? { ...removal, remove: (out) => removeByStream(text.bytes, form.pattern, out) }
        : removal;
    }
    return undefined;
  },
};
