/** Writing all of a text, however slow the reader, and stopping quietly when the reader has gone (`| head`). */
import type { Writable } from 'node:stream';

/** Characters per write: a report may be longer than one write should be. */
const pieceLength = 1 << 20;

function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}

export class Output {
  readonly #stream: Writable;
  #closed = false;

  constructor(stream: Writable) {
    this.#stream = stream;
    // Without a listener a closed pipe would end the process with a stack trace.
    stream.on('error', (error: unknown) => {
      this.#closed = true;
      if (!isClosedPipe(error)) throw error;
    });
  }

  /** False once the reader has gone: there is no use in making more. */
  get open(): boolean {
    return !this.#closed;
  }

  /** Resolves when the stream has taken all of `text`. */
  async write(text: string): Promise<void> {
    for (let at = 0; at < text.length && this.open; at += pieceLength) {
      const piece = text.slice(at, at + pieceLength);
      await new Promise<void>((resolve) => {
        this.#stream.write(piece, () => resolve());
      });
    }
  }
}
