/** Text that is not in memory: opened piece by piece when nothing wraps it. */
import type { ByteStore } from '../model/bytes.ts';
import type { SourceDocument } from '../model/document.ts';
import { identityOrigin } from '../model/origin.ts';
import { isGzip } from './gzip.ts';
import { layers } from './layers/index.ts';
import { LineTable } from './lines.ts';
import { isPlainDump } from './plain-dump.ts';
import { stageStore } from './sample.ts';
import { sniffBinary } from './sniff-binary.ts';
import { utf16Of } from './utf16.ts';

/** Offsets of lines are 32 bits wide. */
const mostBytes = 2 ** 32 - 1;
/** Bytes fetched at once: they are still near the processor when their lines were looked for. */
const pieceBytes = 1 << 18;
const sampledBytes = 1 << 14;
const sampledParts = 4;
/** Small and odd at first: so each way through the search was taken before the engine compiles it. */
const firstPiece = 255;
/** Bytes that tell binary files, compressed ones and UTF-16. */
const headBytes = 1 << 16;

/** The document of a plain text; undefined when it is compressed, binary, UTF-16 or has layers, or may have. */
export function openPlain(id: number, name: string, store: ByteStore): SourceDocument | undefined {
  const stage = stageStore(store);
  const head = stage.bytes.subarray(0, headBytes);
  if (isGzip(head) || utf16Of(head) !== undefined || sniffBinary(head) !== undefined) return undefined;
  if (!isPlainDump(stage.windows) && layers.some((layer) => layer.detect(stage) !== undefined)) return undefined;
  const length = Math.min(store.length, mostBytes);
  const table = new LineTable(length, sampleOf(store, length));
  let at = 0;
  for (let size = firstPiece; at < length; size = Math.min(size * 2 + 1, pieceBytes)) {
    const end = Math.min(length, at + size);
    table.add(wholePiece(store.read(at, end), end - at));
    // Escapes stand anywhere: their layer looks at every byte.
    if (table.escape >= 0) return undefined;
    at = end;
  }
  const lineStarts = table.finish();
  const bytes = new Uint8Array(0);
  return {
    id,
    name,
    byteLength: store.length,
    bytes,
    store: length < store.length ? { length, read: (start, end) => store.read(start, Math.min(end, length)) } : store,
    lineStarts,
    layers: [],
    text: { bytes, lineStarts, origin: identityOrigin(length) },
    ...(length < store.length ? { shortfall: 'too-large' as const } : {}),
  };
}

/** Pieces of the whole text, from which the length of its lines is estimated. */
function sampleOf(store: ByteStore, length: number): Uint8Array {
  if (length <= sampledBytes) return store.read(0, length).slice();
  const part = sampledBytes / sampledParts;
  const sample = new Uint8Array(sampledBytes);
  for (let index = 0; index < sampledParts; index++) {
    const start = Math.floor(((length - part) * index) / (sampledParts - 1));
    sample.set(store.read(start, start + part), index * part);
  }
  return sample;
}

/** All bytes of a store in one array. */
export function readWhole(store: ByteStore): Uint8Array {
  const length = Math.min(store.length, mostBytes);
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += pieceBytes) bytes.set(store.read(at, Math.min(length, at + pieceBytes)), at);
  return bytes;
}

/** Bytes that could not be fetched are zeros, so that those behind them keep their places. */
function wholePiece(piece: Uint8Array, length: number): Uint8Array {
  if (piece.length === length) return piece;
  const whole = new Uint8Array(length);
  whole.set(piece);
  return whole;
}
