import { alternates, removeByStream } from '../interleaved.ts';
import { ownTemplate } from '../own-template.ts';
import { judgePrefix, prefixRemoval, withoutPrefix } from '../prefix-removal.ts';
import { prefixForms, type PrefixForm } from '../prefixes.ts';
import type { Window } from '../sample.ts';
import type { Layer } from './layer.ts';
import { decodedLines } from './quoted-printable.ts';

/** What a log system prints before every line, in the forms of `prefixes.ts`. Containers whose crashes alternate come apart. */
export const prefix: Layer = {
  name: 'prefix',
  detect(text) {
    for (const window of text.windows) {
      const form = formOf(window);
      if (form === undefined) continue;
      const removal = prefixRemoval(text, form);
      return text.windows.some((one) => alternates(one, form.pattern))
        ? { ...removal, remove: (out) => removeByStream(text.bytes, form.pattern, out) }
        : removal;
    }
    return undefined;
  },
};

/** The form whose removal makes lines readable, or shows that a prefix of no known form stands behind it. */
function formOf({ lines }: Window): PrefixForm | undefined {
  let covering: PrefixForm | undefined;
  for (const form of prefixForms) {
    const { covers, reads } = judgePrefix(lines, form.pattern);
    if (covers && reads) return form;
    if (covers) covering ??= form;
  }
  if (covering === undefined) return undefined;
  return ownTemplate(decodedLines(withoutPrefix(lines, covering.pattern))) === undefined ? undefined : covering;
}
