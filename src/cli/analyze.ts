/** `framewalk analyze` and the reading half of `framewalk open`. */
import { analyse, askScript, streamReport, toMarkdown, toText, type InputPart } from '../core/index.ts';
import type { AnalysedCase } from '../core/model/case.ts';
import type { DebuggerName } from '../core/model/session.ts';
import type { Display } from './arguments.ts';
import { CommandError, ExitStatus } from './exit-status.ts';
import { knowledgeFrom, knowledgeProblems } from './knowledge.ts';
import { openPart, type OpenPart } from './read-input.ts';
import { jsonPieces } from './report-json.ts';
import type { Surroundings } from './surroundings.ts';
import type { Output } from './write-output.ts';

/** Pieces are gathered to writes of about this many characters. */
const writeLength = 1 << 18;

async function writeJson(analysed: AnalysedCase, summary: boolean, output: Output): Promise<void> {
  let gathered = '';
  for (const piece of jsonPieces(streamReport(analysed, { summary }))) {
    gathered += piece;
    if (gathered.length < writeLength) continue;
    await output.write(gathered);
    gathered = '';
    if (!output.open) return;
  }
  await output.write(`${gathered}\n`);
}

/** What to ask about the first crash, as a script and nothing else: it runs as it is printed. */
async function writeScript(analysed: AnalysedCase, name: DebuggerName, around: Surroundings): Promise<ExitStatus> {
  const [main] = analysed.snapshots;
  const script = main === undefined ? '' : askScript(analysed, main, name);
  if (script !== '') await around.output.write(script);
  else await around.errors.write(`framewalk: nothing is missing that ${name} could show.\n`);
  return analysed.recognised ? ExitStatus.analysed : ExitStatus.nothingRecognised;
}

/** One case from all parts. */
export async function analyzeParts(parts: InputPart[], display: Display, around: Surroundings): Promise<ExitStatus> {
  const { bases } = display;
  const analysed = await analyse(
    parts.map((part) => {
      const base = bases?.get(part.name);
      return base === undefined ? part : { ...part, base };
    }),
    { knowledge: await knowledgeFrom(display.knowledge ?? []) },
  );
  await around.errors.write(knowledgeProblems(analysed));
  for (const id of analysed.memoryWithoutBase ?? []) {
    const name = analysed.documents[id]?.name ?? '';
    await around.errors.write(
      `framewalk: ${name} is no text. If it is an excerpt of memory, say where it begins: add --base ${name}=0xADDRESS, name the file ` +
        `0xADDRESS.bin, or add the session with the dump memory command.\n`,
    );
  }
  if (display.ask !== undefined) return writeScript(analysed, display.ask, around);
  if (display.form === 'json' || display.form === 'ndjson') await writeJson(analysed, display.summary, around.output);
  else if (display.form === 'markdown') await around.output.write(toMarkdown(analysed));
  else {
    const { ascii, goroutine } = display;
    const color = display.color ?? around.color;
    await around.output.write(toText(analysed, { color, ascii, ...(goroutine !== undefined && { goroutine }) }));
  }
  return analysed.recognised ? ExitStatus.analysed : ExitStatus.nothingRecognised;
}

export async function analyzeFiles(files: string[], display: Display, around: Surroundings): Promise<ExitStatus> {
  if (display.form !== 'ndjson') {
    const parts: OpenPart[] = [];
    try {
      for (const file of files) parts.push(await openPart(file, around.stdin));
      return await analyzeParts(parts, display, around);
    } finally {
      for (const part of parts) part.close();
    }
  }
  let recognised = false;
  let unreadable = false;
  for (const file of files) {
    // One at a time, so that thousands of files need the memory of one; a bad one does not cost the others.
    try {
      const part = await openPart(file, around.stdin);
      try {
        if ((await analyzeParts([part], display, around)) === ExitStatus.analysed) recognised = true;
      } finally {
        part.close();
      }
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      await around.errors.write(`framewalk: ${error.message}\n`);
      unreadable = true;
    }
    if (!around.output.open) break;
  }
  if (unreadable) return ExitStatus.unusable;
  return recognised ? ExitStatus.analysed : ExitStatus.nothingRecognised;
}
