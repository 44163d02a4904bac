/** Files and pasted text as parts of a case. */
import type { InputPart } from '../../worker/protocol.ts';

/** Largest file that is read: its bytes are held twice, here and in the worker. */
export const fileLimit = 512 * 1024 * 1024;

export interface ReadFiles {
  parts: InputPart[];
  /** Sentences about files that were not read. */
  refused: string[];
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024).toLocaleString('en')} MB`;
}

export async function readFiles(files: readonly File[]): Promise<ReadFiles> {
  const result: ReadFiles = { parts: [], refused: [] };
  for (const file of files) {
    if (file.size > fileLimit) {
      result.refused.push(`${file.name} was not read: it has ${megabytes(file.size)}, the limit is ${megabytes(fileLimit)}`);
      continue;
    }
    try {
      result.parts.push({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
    } catch {
      // A folder, or a file that vanished or may not be read.
      result.refused.push(`${file.name} could not be read`);
    }
  }
  return result;
}

export function textPart(text: string, existing: number): InputPart {
  return { name: existing === 0 ? 'Pasted text' : `Pasted text ${existing + 1}`, bytes: new TextEncoder().encode(text) };
}
