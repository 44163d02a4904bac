/** Parts as the core takes them: the bytes of files are read here, in the worker. */
import { headOf } from './head.ts';
import type { ByteSource } from '../core/model/bytes.ts';
import { blobReader, BlobStore } from './blob-store.ts';
import type { InputPart } from './protocol.ts';

/** Larger files are not held in memory: the core reads them through a window. */
export const storedFrom = 256 * 2 ** 20;
/** Bytes read without a break, so that progress is told. */
const stepBytes = 32 * 2 ** 20;

/** A part as the core takes it. */
export interface ReadPart {
  name: string;
  bytes: ByteSource;
  base?: bigint;
}

export interface ReadOptions {
  /** Bytes of each part that are read; absent = all. */
  head?: number | undefined;
  /** Bytes of all parts. */
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

/** Bytes of a part as given. */
export function sizeOf(part: InputPart): number {
  return 'file' in part ? part.file.size : part.bytes.length;
}

/** Why a file could not be read, as a sentence for people. */
export function whyUnreadable(name: string, error: unknown): string {
  const kind = error instanceof Error ? error.name : '';
  if (kind === 'NotFoundError') return `${name} could not be read: it is not where it was when it was chosen`;
  if (kind === 'NotReadableError')
    return `${name} could not be read: it changed after it was chosen, or reading it is not allowed`;
  if (kind === 'RangeError') return `${name} could not be read: it is larger than this browser can hold`;
  return `${name} could not be read`;
}

/** Rejects with a sentence for people, or with the reason of `signal`. */
export async function readParts(parts: readonly InputPart[], options: ReadOptions = {}): Promise<ReadPart[]> {
  const { head = Infinity, onProgress, signal } = options;
  const total = parts.reduce((sum, part) => sum + Math.min(head, sizeOf(part)), 0);
  let done = 0;
  const read: ReadPart[] = [];
  const reader = blobReader();
  for (const part of parts) {
    const length = Math.min(head, sizeOf(part));
    const named = { name: part.name, ...(part.base !== undefined && { base: part.base }) };
    if ('file' in part && length > storedFrom && reader !== undefined) {
      read.push({ ...named, bytes: new BlobStore(part.file, reader) });
      step(length);
      continue;
    }
    const bytes = 'file' in part ? await readFile(part.name, part.file, length, step) : part.bytes.subarray(0, length);
    read.push({ ...named, bytes: length < sizeOf(part) ? headOf(bytes) : bytes });
    if (!('file' in part)) step(length);
  }
  return read;

  function step(bytes: number): void {
    signal?.throwIfAborted();
    done += bytes;
    onProgress?.(done, total);
  }
}

async function readFile(name: string, file: Blob, length: number, step: (bytes: number) => void): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(length);
  } catch (error) {
    throw new Error(whyUnreadable(name, error));
  }
  for (let at = 0; at < length; at += stepBytes) {
    const piece = file.slice(at, Math.min(length, at + stepBytes));
    try {
      bytes.set(new Uint8Array(await piece.arrayBuffer()), at);
    } catch (error) {
      throw new Error(whyUnreadable(name, error));
    }
    step(piece.size);
  }
  return bytes;
}

/** Fails with a sentence when bytes of a file could not be read while it was analysed. */
export function checkRead(parts: readonly ReadPart[]): void {
  for (const { name, bytes } of parts) {
    if (bytes instanceof BlobStore && bytes.failure !== undefined) throw new Error(whyUnreadable(name, bytes.failure));
  }
}
