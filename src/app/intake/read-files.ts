/** Files and pasted text as parts of a case. The worker reads files; here it is only seen whether they can be read. */
import type { FilePart, InputPart } from '../../worker/protocol.ts';

/** Largest file that is read: places in a text are 32-bit numbers. */
export const fileLimit = 4 * 1024 ** 3 - 1;

export interface AcceptedFiles {
  parts: FilePart[];
  /** Sentences about files that cannot be read. */
  refused: string[];
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024).toLocaleString('en')} MB`;
}

/** Why the browser does not give a file's first byte. */
function whyNot(name: string, error: unknown): string {
  const kind = error instanceof Error ? error.name : '';
  if (kind === 'NotFoundError') return `${name} was not read: it is a folder, or no longer where it was`;
  if (kind === 'NotReadableError') return `${name} was not read: it changed after it was chosen, or may not be read`;
  return `${name} could not be read`;
}

export async function acceptFiles(files: readonly File[]): Promise<AcceptedFiles> {
  const result: AcceptedFiles = { parts: [], refused: [] };
  for (const file of files) {
    if (file.size > fileLimit) {
      result.refused.push(`${file.name} was not read: it has ${megabytes(file.size)}, the limit is ${megabytes(fileLimit)}`);
      continue;
    }
    try {
      await file.slice(0, 1).arrayBuffer();
      result.parts.push({ name: file.name, file });
    } catch (error) {
      result.refused.push(whyNot(file.name, error));
    }
  }
  return result;
}

/** Longer pastes travel as a Blob: the worker decides what it reads when. */
const blobFrom = 2 ** 22;

export function textPart(text: string, existing: number): InputPart {
  const name = existing === 0 ? 'Pasted text' : `Pasted text ${existing + 1}`;
  return text.length > blobFrom ? { name, file: new Blob([text]) } : { name, bytes: new TextEncoder().encode(text) };
}
