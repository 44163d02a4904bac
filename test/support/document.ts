/** Documents for tests: text that is its own origin. */
import type { SourceDocument } from '../../src/core/model/document.ts';
import { identityOrigin } from '../../src/core/model/origin.ts';

function lineStartsOf(bytes: Uint8Array): Uint32Array {
  const starts = [0];
  bytes.forEach((byte, at) => {
    if (byte === 10) starts.push(at + 1);
  });
  if (starts.at(-1) !== bytes.length) starts.push(bytes.length);
  return Uint32Array.from(starts);
}

/** A document with identity origin; `text` is UTF-8 when it is a string. */
export function documentOf(text: string | Uint8Array, name = 'test.txt', id = 0): SourceDocument {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const lineStarts = lineStartsOf(bytes);
  return {
    id,
    name,
    byteLength: bytes.length,
    bytes,
    lineStarts,
    layers: [],
    text: { bytes, lineStarts, origin: identityOrigin(bytes.length) },
  };
}
