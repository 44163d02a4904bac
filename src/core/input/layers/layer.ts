/** The shape of a layer: what wraps a text, how it is recognised, and how it is taken off. */
import type { DocumentContext } from '../../model/document.ts';
import type { TextBuilder } from '../builder.ts';
import type { StageText } from '../sample.ts';

export interface Removal {
  /** Writes the text without the layer. Runs over the whole text, in linear time. */
  remove(out: TextBuilder): void;
  /** What the layer tells about where the text was printed. */
  context?: DocumentContext;
}

export interface Layer {
  /** The name in SourceDocument.layers. */
  readonly name: string;
  /** It stands on every line: none of it can be around rows that stand at their places. */
  readonly onEveryLine?: true;
  /** Looks at the samples only; undefined when the text has no such layer. */
  detect(text: StageText): Removal | undefined;
}
