/**
 * Where a fact was read: byte offsets in the document's bytes (after decompression, before any other unwrapping).
 * `end` is exclusive. Every fact of the model carries one, or the name of the rule that inferred it.
 */
export interface SourceRange {
  document: number;
  start: number;
  end: number;
}
