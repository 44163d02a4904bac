/** `framewalk link` and `framewalk open`. */
import { basename } from 'node:path';
import { decodeLink, encodeLink, openDocuments, type InputPart } from '../core/index.ts';
import { analyzeParts } from './analyze.ts';
import type { Display } from './arguments.ts';
import { CommandError, ExitStatus } from './exit-status.ts';
import { readAll, readPart } from './read-input.ts';
import type { Surroundings } from './surroundings.ts';

/** Prints the permalink of the files; names without their folders, as the page sees them. */
export async function linkFiles(files: string[], base: string, around: Surroundings): Promise<ExitStatus> {
  const parts: InputPart[] = [];
  for (const file of files) {
    const { name, bytes } = await readPart(file, around.stdin);
    parts.push({ name: basename(name), bytes });
  }
  // Decompressed, as the page has them: text deflates better than what is already deflated.
  const documents = (await openDocuments(parts)).map(({ name, bytes }) => ({ name, bytes }));
  try {
    await around.output.write(`${base}${await encodeLink({ documents, view: {} })}\n`);
  } catch (error) {
    if (error instanceof RangeError) throw new CommandError(error.message);
    throw error;
  }
  return ExitStatus.analysed;
}

export async function openLink(link: string, display: Display, around: Surroundings): Promise<ExitStatus> {
  const text = link === '-' ? new TextDecoder().decode(await readAll(around.stdin)) : link;
  const decoded = await decodeLink(text);
  if (!decoded.ok) throw new CommandError(decoded.message);
  const { goroutine } = decoded.view;
  return analyzeParts(decoded.documents, { ...(goroutine !== undefined && { goroutine }), ...display }, around);
}
