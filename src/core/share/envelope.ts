/** The JSON inside a link of form 1: documents, view state, and a check sum over the documents' bytes. */
import * as v from 'valibot';
import type { ViewState } from '../model/case.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { crc32 } from './crc32.ts';

/** What a link carries. `bytes` are the document's own, decompressed. */
export interface LinkContent {
  documents: { name: string; bytes: Uint8Array }[];
  view: ViewState;
}

/** Most documents in one link. */
const documentLimit = 256;

const envelopeSchema = v.object({
  version: v.literal(1),
  documents: v.pipe(
    v.array(v.union([v.object({ name: v.string(), text: v.string() }), v.object({ name: v.string(), base64: v.string() })])),
    v.maxLength(documentLimit),
  ),
  /** Of the bytes of all documents, one after the other. */
  crc32: v.pipe(v.number(), v.integer()),
  view: v.optional(v.unknown()),
});

/** Each key by itself: what a later version adds or renames is left out, the rest of the view is kept. */
const viewSchema = v.object({
  view: v.fallback(v.optional(v.picklist(['stack', 'trail', 'frames', 'memory', 'text'])), undefined),
  goroutine: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(200))), undefined),
  address: v.fallback(v.optional(v.pipe(v.string(), v.regex(/^0x[0-9a-f]{1,16}$/i))), undefined),
  flipped: v.fallback(v.optional(v.boolean()), undefined),
});

const encoder = new TextEncoder();

/** Text when the bytes are UTF-8 that comes back the same, a byte order mark included. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function checkSum(documents: LinkContent['documents']): number {
  return documents.reduce((sum, document) => crc32(document.bytes, sum), 0);
}

export function writeEnvelope(content: LinkContent): Uint8Array<ArrayBuffer> {
  const documents = content.documents.map(({ name, bytes }) => {
    const text = textOf(bytes);
    return text === undefined ? { name, base64: toBase64Url(bytes) } : { name, text };
  });
  const { view, goroutine, address, flipped } = content.view;
  return encoder.encode(
    JSON.stringify({
      version: 1,
      documents,
      view: { view, goroutine, address, flipped },
      crc32: checkSum(content.documents),
    }),
  );
}

function readView(value: unknown): ViewState {
  const read = v.safeParse(viewSchema, value);
  if (!read.success) return {};
  const { view, goroutine, address, flipped } = read.output;
  return {
    ...(view !== undefined && { view }),
    ...(goroutine !== undefined && { goroutine }),
    ...(address !== undefined && { address }),
    ...(flipped !== undefined && { flipped }),
  };
}

/** Undefined when the bytes are no envelope of form 1 or their check sum is another. Unknown keys are ignored. */
export function readEnvelope(bytes: Uint8Array): LinkContent | undefined {
  const text = textOf(bytes);
  if (text === undefined) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const read = v.safeParse(envelopeSchema, json);
  if (!read.success) return undefined;
  const documents: LinkContent['documents'] = [];
  for (const document of read.output.documents) {
    const content = 'text' in document ? encoder.encode(document.text) : fromBase64Url(document.base64);
    if (content === undefined) return undefined;
    documents.push({ name: document.name, bytes: content });
  }
  return checkSum(documents) === read.output.crc32 ? { documents, view: readView(read.output.view) } : undefined;
}
