/** Files and standard input as parts of a case. */
import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { InputPart } from '../core/index.ts';
import { CommandError } from './exit-status.ts';

/** What a person can do about the errors that occur; others are told with the system's words. */
const advice: Record<string, string> = {
  ENOENT: 'there is no such file. Check the path',
  EISDIR: 'it is a directory. Name the files in it',
  EACCES: 'reading it is not allowed. Check its permissions',
  EPERM: 'reading it is not allowed. Check its permissions',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB. Cut out the part around the crash',
};

function explained(path: string, error: unknown): CommandError {
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
  return Buffer.concat(chunks);
}

/** One part; `-` is standard input. Rejects with a CommandError. */
export async function readPart(path: string, stdin: Readable): Promise<InputPart> {
  try {
    const bytes = path === '-' ? await readAll(stdin) : await readFile(path);
    // A plain view: a Buffer from the pool would carry its neighbours into a transfer.
    return { name: path === '-' ? 'standard input' : path, bytes: new Uint8Array(bytes) };
  } catch (error) {
    throw explained(path === '-' ? 'standard input' : path, error);
  }
}
