/** Text that is not in memory: opened piece by piece when nothing wraps it. */
import type { ByteStore } from '../model/bytes.ts';
import type { SourceDocument } from '../model/document.ts';
import { identityOrigin } from '../model/origin.ts';
import { isGzip } from './gzip.ts';
import { layers } from './layers/index.ts';
import { pieceBytes, StoredLines } from './pending-lines.ts';
import { isPlainDump } from './plain-dump.ts';
import { canBeAround, stageStore } from './sample.ts';
import { sniffBinary } from './sniff-binary.ts';
import { utf16Of } from './utf16.ts';

/** Offsets of lines are 32 bits wide. */
const mostBytes = 2 ** 32 - 1;
/** Bytes that tell binary files, compressed ones and UTF-16. */
const headBytes = 1 << 16;
const escape = '\u001b';

/**
 * The document of a plain text; undefined when it is compressed, binary, UTF-16 or has layers, or may have. Its lines
 * are left to who reads it: an escape in it is found then.
 */
export function openPlain(id: number, name: string, store: ByteStore): SourceDocument | undefined {
  const stage = stageStore(store);
  const head = stage.bytes.subarray(0, headBytes);
  if (isGzip(head) || utf16Of(head) !== undefined || sniffBinary(head) !== undefined) return undefined;
  if (!isPlainDump(stage.windows)) {
    if (stage.windows.some(({ lines }) => lines.some((line) => line.includes(escape)))) return undefined;
    if (layers.some((layer) => canBeAround(stage, layer) && layer.detect(stage) !== undefined)) return undefined;
  }
  const length = Math.min(store.length, mostBytes);
  const lines = new StoredLines(store, length);
  const bytes = new Uint8Array(0);
  return {
    id,
    name,
    byteLength: store.length,
    bytes,
    store: length < store.length ? { length, read: (start, end) => store.read(start, Math.min(end, length)) } : store,
    get lineStarts() {
      return lines.starts;
    },
    layers: [],
    text: {
      bytes,
      get lineStarts() {
        return lines.starts;
      },
      origin: identityOrigin(length),
    },
    pendingLines: lines,
    ...(length < store.length ? { shortfall: 'too-large' as const } : {}),
  };
}

/** All bytes of a store in one array. */
export function readWhole(store: ByteStore): Uint8Array {
  const length = Math.min(store.length, mostBytes);
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += pieceBytes) bytes.set(store.read(at, Math.min(length, at + pieceBytes)), at);
  return bytes;
}
