/** Bytes at random: an array in memory, or a store that fetches what is asked for (a file, a Blob in a worker). */

/** Bytes that need not be in memory as a whole. */
export interface ByteStore {
  readonly length: number;
  /** Bytes [start, end), cut at the store's ends: a view or a copy, good until the next read. Never throws: what cannot be fetched is left out. */
  read(start: number, end: number): Uint8Array;
}

/** Bytes as a person gave them. */
export type ByteSource = Uint8Array | ByteStore;

export function isStore(bytes: ByteSource): bytes is ByteStore {
  return !(bytes instanceof Uint8Array);
}

/** Bytes [start, end) of either: of an array a view. */
export function bytesBetween(bytes: ByteSource, start: number, end: number): Uint8Array {
  return isStore(bytes) ? bytes.read(start, end) : bytes.subarray(start, end);
}
