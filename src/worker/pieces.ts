/**
 * Large parts travel in pieces: copying hundreds of megabytes at once would stop the page. Each piece is copied for the
 * journey and then transferred.
 */
import type { InputPart, Request } from './protocol.ts';

/** Bytes copied without a break: a few milliseconds of work. */
export const pieceBytes = 16 * 2 ** 20;

type Send = (message: Request, transfer: ArrayBuffer[]) => void;

/** True when the parts are so large that they travel in pieces. */
export function needsPieces(parts: readonly InputPart[]): boolean {
  return parts.some(({ bytes }) => bytes.length > pieceBytes);
}

/** Sends the bytes of large parts, with a break after each piece; gives up when `wanted` is no longer true. */
export async function sendPieces(id: number, parts: readonly InputPart[], send: Send, wanted: () => boolean): Promise<void> {
  for (const [part, { bytes }] of parts.entries()) {
    if (bytes.length <= pieceBytes) continue;
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      if (!wanted()) return;
      const piece = bytes.slice(at, at + pieceBytes);
      send({ type: 'bytes', id, part, at, total: bytes.length, bytes: piece }, [piece.buffer]);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }
}

/** The parts as the analysis request names them: without the bytes that came in pieces. */
export function withoutPieces(parts: readonly InputPart[]): InputPart[] {
  return parts.map((part) => (part.bytes.length > pieceBytes ? { ...part, bytes: new Uint8Array(0) } : part));
}

/** The worker's side: puts pieces together. */
export class Assembly {
  readonly #parts = new Map<string, Uint8Array>();

  take({ id, part, at, total, bytes }: Extract<Request, { type: 'bytes' }>): void {
    const key = `${id}/${part}`;
    let whole = this.#parts.get(key);
    if (whole === undefined) this.#parts.set(key, (whole = new Uint8Array(total)));
    whole.set(bytes, at);
  }

  /** The parts of analysis `id` with their bytes. */
  finish(id: number, parts: readonly InputPart[]): InputPart[] {
    return parts.map((part, index) => {
      const bytes = this.#parts.get(`${id}/${index}`);
      this.#parts.delete(`${id}/${index}`);
      return bytes === undefined ? part : { ...part, bytes };
    });
  }
}
