/** Bytes at random: an array in memory, or a store that fetches what is asked for (a file, a Blob in a worker). */

/** Bytes that need not be in memory as a whole. They do not change while a case is open. */
export interface ByteStore {
  readonly length: number;
  /**
   * Bytes [start, end), cut at the store's ends: a view or a copy, good until the next read. Never throws: what cannot be
   * fetched is left out at the end.
   */
  read(start: number, end: number): Uint8Array;
  /** The same for the bytes from `start` on, into `target`: returns how many could be fetched. For stores that can do without a copy. */
  readInto?: (start: number, target: Uint8Array) => number;
}

/** Bytes as a person gave them. */
export type ByteSource = Uint8Array | ByteStore;

export function isStore(bytes: ByteSource): bytes is ByteStore {
  return !(bytes instanceof Uint8Array);
}

/** What of a document holds its bytes, and what its unwrapped text: in the store where there is one. */
interface Stored {
  bytes: Uint8Array;
  store?: ByteStore;
}
interface StoredText {
  text: { readonly bytes: Uint8Array };
  store?: ByteStore;
}

export function documentLength({ bytes, store }: Stored): number {
  return store === undefined ? bytes.length : store.length;
}

/** Bytes [start, end) of the document, good until the next ones are asked for. */
export function documentBytes({ bytes, store }: Stored, start: number, end: number): Uint8Array {
  return store === undefined ? bytes.subarray(start, end) : store.read(start, end);
}

export function textLength({ text, store }: StoredText): number {
  return store === undefined ? text.bytes.length : store.length;
}

/** Bytes [start, end) of the unwrapped text, good until the next ones are asked for. */
export function textBytes({ text, store }: StoredText, start: number, end: number): Uint8Array {
  return store === undefined ? text.bytes.subarray(start, end) : store.read(start, end);
}
