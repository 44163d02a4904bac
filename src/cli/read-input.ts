/** Files and standard input as parts of a case. */
import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { InputPart } from '../core/index.ts';
import { CommandError } from './exit-status.ts';
import { openStore } from './file-store.ts';

/** What a person can do about the errors that occur; others are told with the system's words. */
const advice: Record<string, string> = {
  ENOENT: 'there is no such file. Check the path',
  EISDIR: 'it is a directory. Name the files in it',
  EACCES: 'reading it is not allowed. Check its permissions',
  EPERM: 'reading it is not allowed. Check its permissions',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 4 GiB. Cut out the part around the crash',
};

export function explained(path: string, error: unknown): CommandError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const what = advice[code] ?? (error instanceof Error ? error.message : String(error));
  return new CommandError(`Expected a readable file at ${path}, but ${what}.`);
}

export async function readAll(stream: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk));
    else if (chunk instanceof Uint8Array) chunks.push(chunk);
  }
  return joined(chunks);
}

/** All chunks in one array; each is let go as soon as it was copied. */
function joined(chunks: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (let index = 0; index < chunks.length; index++) {
    const chunk = chunks[index];
    if (chunk !== undefined) bytes.set(chunk, at);
    at += chunk?.length ?? 0;
    chunks[index] = noBytes;
  }
  return bytes;
}

const noBytes = new Uint8Array(0);
/** Bytes asked of the system at once. */
const readLength = 1 << 26;
/** The engine's limit for one array of bytes in Node 20, and what an offset of a line can hold. */
const mostBytes = 2 ** 32;

function tooLarge(): Error {
  return Object.assign(new Error('too large'), { code: 'ERR_FS_FILE_TOO_LARGE' });
}

/** A whole file in one array of exactly its size; files that tell no size (pipes, /proc) are read to their end. */
async function readWhole(file: FileHandle): Promise<Uint8Array> {
  const { size } = await file.stat();
  if (size >= mostBytes) throw tooLarge();
  if (size === 0) return new Uint8Array(await file.readFile());
  const bytes = new Uint8Array(size);
  let at = 0;
  while (at < size) {
    const { bytesRead } = await file.read(bytes, at, Math.min(readLength, size - at), null);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return at === size ? bytes : bytes.subarray(0, at);
}

async function readFile(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    return await readWhole(file);
  } finally {
    await file.close();
  }
}

/** Smaller files are read as a whole. */
const fewestStored = 1 << 22;

/** What was opened and must be closed when the case was read. */
export interface OpenPart extends InputPart {
  close: () => void;
}

/** One part to analyse: of a large file only what is needed is in memory. Rejects with a CommandError. */
export async function openPart(path: string, stdin: Readable): Promise<OpenPart> {
  if (path !== '-') {
    try {
      const store = openStore(path, fewestStored);
      if (store !== undefined) {
        if (store.length < mostBytes) return { name: path, bytes: store, close: store.close };
        store.close();
        throw tooLarge();
      }
    } catch (error) {
      throw explained(path, error);
    }
  }
  return { ...(await readPart(path, stdin)), close: () => undefined };
}

/** A part that is in memory. */
export interface WholePart extends InputPart {
  bytes: Uint8Array;
}

/** One part; `-` is standard input. Rejects with a CommandError. */
export async function readPart(path: string, stdin: Readable): Promise<WholePart> {
  try {
    const bytes = path === '-' ? await readAll(stdin) : await readFile(path);
    return { name: path === '-' ? 'standard input' : path, bytes };
  } catch (error) {
    throw explained(path === '-' ? 'standard input' : path, error);
  }
}
