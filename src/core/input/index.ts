/** Bytes → documents: decompression, sniffing, and the layers that wrap the text. */
import { isStore, type ByteSource } from '../model/bytes.ts';
import type { SourceDocument } from '../model/document.ts';
import { identityOrigin } from '../model/origin.ts';
import { inflateAll } from './gzip.ts';
import { lineStartsOf } from './lines.ts';
import { sniffBinary } from './sniff-binary.ts';
import { openPlain, readWhole } from './stored.ts';
import { unwrap } from './unwrap.ts';
import { fromUtf16, utf16Of } from './utf16.ts';

export { readRawMemory } from './raw-memory.ts';
export { sniffBinary } from './sniff-binary.ts';

interface Given {
  name: string;
  bytes: ByteSource;
}

/**
 * One document per part, in the order given; ids count from 0. Never throws for broken input. Of a store, text without
 * layers stays where it is; anything else is read as a whole.
 */
export async function openDocuments(parts: readonly Given[]): Promise<SourceDocument[]> {
  const documents: SourceDocument[] = [];
  for (const { name, bytes } of parts) {
    const id = documents.length;
    if (!isStore(bytes)) documents.push(await openDocument(id, { name, bytes }));
    else documents.push(openPlain(id, name, bytes) ?? (await openDocument(id, { name, bytes: readWhole(bytes) })));
  }
  return documents;
}

/** The same part opened as a whole, with whatever wraps it: for a text in which an escape was found late. */
export async function openAsWhole({ id, name, store }: SourceDocument): Promise<SourceDocument | undefined> {
  return store === undefined ? undefined : openDocument(id, { name, bytes: readWhole(store) });
}

async function openDocument(id: number, part: { name: string; bytes: Uint8Array }): Promise<SourceDocument> {
  const { bytes: inflated, levels, shortfall } = await inflateAll(part.bytes);
  const encoding = utf16Of(inflated);
  const bytes = encoding === undefined ? inflated : fromUtf16(inflated, encoding);
  const given = {
    id,
    name: part.name,
    byteLength: part.bytes.length,
    bytes,
    ...(shortfall === undefined ? {} : { shortfall }),
  };
  const opened = [...Array.from({ length: levels }, () => 'gzip'), ...(encoding === undefined ? [] : [encoding])];
  // Lines of a binary file mean nothing: it is one line, and its text is empty.
  if (sniffBinary(bytes) !== undefined) {
    const text = { bytes: new Uint8Array(0), lineStarts: Uint32Array.of(0), origin: identityOrigin(0) };
    return { ...given, lineStarts: Uint32Array.of(0, bytes.length), layers: opened, text };
  }
  const lineStarts = lineStartsOf(bytes);
  const { layers, text, context } = unwrap(bytes, lineStarts);
  return { ...given, lineStarts, layers: [...opened, ...layers], text, ...(context === undefined ? {} : { context }) };
}
