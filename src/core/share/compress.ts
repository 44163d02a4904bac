/** Native deflate-raw (RFC 1951) both ways. Inflating is bounded: it stops as soon as a limit is passed. */

/** Most bytes that a link may unpack to. */
export const inflatedLimit = 64 * 1024 * 1024;
/** Most inflated bytes per compressed byte, once more than `ratioFloor` came out. Deflate itself allows 1032. */
export const ratioLimit = 200;
export const ratioFloor = 4 * 1024 * 1024;

export type Inflated = { ok: true; bytes: Uint8Array } | { ok: false; reason: 'too-large' | 'cut-off' | 'mangled' };

/** True when `inflated` bytes out of `compressed` are more than a link may hold. */
export function isTooLarge(inflated: number, compressed: number): boolean {
  return inflated > inflatedLimit || (inflated > ratioFloor && inflated > ratioLimit * compressed);
}

function join(chunks: Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Writes all of `bytes` and closes; errors arrive at the reading side as well and are told there. */
async function feed(stream: WritableStream<BufferSource>, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const writer = stream.getWriter();
  writer.closed.catch(() => undefined);
  try {
    await writer.write(bytes);
    await writer.close();
  } catch {
    // The reader of the other end gets the same error.
  }
}

export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new CompressionStream('deflate-raw');
  const writing = feed(stream.writable, bytes);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.readable.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
    length += part.value.length;
  }
  await writing;
  return join(chunks, length);
}

/** Engines tell a missing end from bad data only in words: each of them has its own. */
const missingEnd = /unexpected end|truncated|Z_BUF_ERROR|end of (?:file|stream|input)|without reaching/i;

function isMissingEnd(error: unknown): boolean {
  return error instanceof Error && missingEnd.test(`${error.message} ${'code' in error ? String(error.code) : ''}`);
}

export async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Inflated> {
  const stream = new DecompressionStream('deflate-raw');
  const writing = feed(stream.writable, bytes);
  const reader = stream.readable.getReader();
  reader.closed.catch(() => undefined);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      length += part.value.length;
      if (isTooLarge(length, bytes.length)) {
        reader.cancel().catch(() => undefined);
        return { ok: false, reason: 'too-large' };
      }
      chunks.push(part.value);
    }
    await writing;
    return { ok: true, bytes: join(chunks, length) };
  } catch (error) {
    return { ok: false, reason: isMissingEnd(error) ? 'cut-off' : 'mangled' };
  }
}
