/** Inflates gzip (RFC 1952) with the platform's DecompressionStream. Never throws: what was inflated is kept. */
import type { SourceDocument } from '../model/document.ts';

/** Inflated bytes kept of one part; 1 GiB. */
export const mostInflatedBytes = 2 ** 30;
/** Gzip inside gzip: levels opened. */
export const mostGzipLevels = 4;

/** cut-off: the stream ended or broke before its end. too-large: the limit was reached. */
export type Shortfall = NonNullable<SourceDocument['shortfall']>;

export interface Inflated {
  bytes: Uint8Array;
  levels: number;
  shortfall?: Shortfall;
}

const sliceBytes = 65_536;
const fineSliceBytes = 512;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

/** Opens gzip as often as the bytes begin with its magic number. */
export async function inflateAll(bytes: Uint8Array, limit: number = mostInflatedBytes): Promise<Inflated> {
  let inflated: Inflated = { bytes, levels: 0 };
  while (isGzip(inflated.bytes) && inflated.levels < mostGzipLevels) {
    const next = await inflateOnce(inflated.bytes, limit);
    // Bytes that only look like gzip are the document themselves.
    if (next.bytes.length === 0 && next.shortfall !== undefined && inflated.bytes.length > 18) break;
    const shortfall = inflated.shortfall ?? next.shortfall;
    inflated = { bytes: next.bytes, levels: inflated.levels + 1, ...(shortfall === undefined ? {} : { shortfall }) };
  }
  return inflated;
}

interface Attempt {
  bytes: Uint8Array;
  shortfall?: Shortfall;
  /** Offset of the slice at which the data proved broken. */
  brokenAt?: number;
}

async function inflateOnce(bytes: Uint8Array, limit: number): Promise<Attempt> {
  const first = await attempt(bytes, limit, Infinity);
  // An error drops what its own slice gave: feed the broken slice in small steps to keep what stands before the fault.
  return first.brokenAt === undefined ? first : await attempt(bytes, limit, first.brokenAt);
}

/** From offset `fineFrom` on, the data is fed in small slices, up to the end of one large one. */
async function attempt(bytes: Uint8Array, limit: number, fineFrom: number): Promise<Attempt> {
  const stream = new DecompressionStream('gzip');
  const feeding = feed(stream.writable, bytes, fineFrom);
  const reader = stream.readable.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  let shortfall: Shortfall | undefined;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(size + value.length > limit ? value.subarray(0, limit - size) : value);
      size += value.length;
      if (size > limit) {
        shortfall = 'too-large';
        await reader.cancel();
        break;
      }
    }
  } catch {
    shortfall = 'cut-off';
  }
  const brokenAt = await feeding;
  const joined = join(chunks);
  if (shortfall === undefined) return { bytes: joined };
  return { bytes: joined, shortfall, ...(shortfall === 'cut-off' && brokenAt !== undefined ? { brokenAt } : {}) };
}

/**
 * Writes slice by slice and lets the reader drain before closing: an error drops what is queued. Answers with the
 * offset of the slice that could not be written.
 */
async function feed(writable: WritableStream<BufferSource>, bytes: Uint8Array, fineFrom: number): Promise<number | undefined> {
  const writer = writable.getWriter();
  writer.closed.catch(() => undefined);
  let at = 0;
  try {
    while (at < bytes.length) {
      const fine = at >= fineFrom && at < fineFrom + sliceBytes;
      const next = at + (fine ? fineSliceBytes : sliceBytes);
      await writer.ready;
      await writer.write(bytes.slice(at, next));
      if (fine) await drained();
      at = next;
    }
  } catch {
    writer.abort().catch(() => undefined);
    return at;
  }
  await drained();
  // The reader sees the error of an early end.
  await writer.close().catch(() => undefined);
  return undefined;
}

function drained(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
