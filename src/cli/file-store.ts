/** A file as a store of bytes: what is asked for is read when it is asked for. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { ByteStore } from '../core/index.ts';

export interface FileStore extends ByteStore {
  close: () => void;
}

/** Small questions are answered from blocks, one question near another. */
const blockBytes = 1 << 15;
const blocksKept = 16;

/** Undefined for what is no regular file of at least `fewest` bytes. Throws what the system throws. */
export function openStore(path: string, fewest: number): FileStore | undefined {
  // Opening a pipe would take part of what it holds.
  const status = statSync(path);
  return status.isFile() && status.size >= fewest ? storeOf(openSync(path, 'r'), status.size) : undefined;
}

function storeOf(file: number, length: number): FileStore {
  /** Blocks by their number; the one used last is the last. */
  const blocks = new Map<number, Uint8Array>();
  let lent = new Uint8Array(0);

  /** What the file no longer has, or the system no longer gives, is left out. */
  const fill = (target: Uint8Array, start: number): Uint8Array => {
    let done = 0;
    try {
      while (done < target.length) {
        const read = readSync(file, target, done, target.length - done, start + done);
        if (read === 0) break;
        done += read;
      }
    } catch {
      // The rest is missing.
    }
    return target.subarray(0, done);
  };

  let lastNumber = -1;
  let last: Uint8Array = lent;

  const blockAt = (number: number): Uint8Array => {
    if (number === lastNumber) return last;
    let block = blocks.get(number);
    if (block === undefined) {
      const oldest = blocks.size < blocksKept ? undefined : blocks.keys().next().value;
      const freed = oldest === undefined ? undefined : blocks.get(oldest);
      if (oldest !== undefined) blocks.delete(oldest);
      const start = number * blockBytes;
      const size = Math.min(blockBytes, length - start);
      // Of a block that could not be read as a whole, all of its memory.
      const isRoom = freed !== undefined && freed.buffer.byteLength >= size;
      block = fill(isRoom ? new Uint8Array(freed.buffer, 0, size) : new Uint8Array(size), start);
    } else blocks.delete(number);
    blocks.set(number, block);
    lastNumber = number;
    last = block;
    return block;
  };

  return {
    length,
    read(start, end) {
      const from = Math.max(0, Math.min(start, length));
      const wanted = Math.max(0, Math.min(end, length) - from);
      const number = Math.floor(from / blockBytes);
      const inside = from - number * blockBytes;
      if (wanted > 0 && inside + wanted <= blockBytes) return blockAt(number).subarray(inside, inside + wanted);
      if (lent.length < wanted) lent = new Uint8Array(wanted);
      return fill(lent.subarray(0, wanted), from);
    },
    readInto: (start, target) => fill(target.subarray(0, Math.max(0, length - start)), start).length,
    close: () => {
      closeSync(file);
    },
  };
}
