/**
 * The library: bytes in, an analysed case out. The worker, the command and the server know the core by this file only.
 */
import { assemble, lineClasses } from './assemble/index.ts';
import { diagnose, entriesOf, longestKnowledge, looksLikeKnowledge, readKnowledge } from './diagnose/index.ts';
import { openAsWhole, openDocuments, readRawMemory } from './input/index.ts';
import { documentKindOf, isRecognised } from './kinds.ts';
import { isStore, textLength, type ByteSource } from './model/bytes.ts';
import type { AnalysedCase } from './model/case.ts';
import type { SourceDocument } from './model/document.ts';
import { FrameColumns, GoroutineColumns, StringTable } from './model/columns.ts';
import type { Knowledge, KnowledgeFile } from './model/knowledge.ts';
import type { StackPicture } from './model/picture.ts';
import type { CaseColumns, TextRecords } from './model/record.ts';
import { pictureOf } from './picture/index.ts';
import { readText } from './text/index.ts';

export { askScript, sessionOf, streamReport, toMarkdown, toReport, toText } from './report/index.ts';
export type { ReportOptions, StreamedReport, TextOptions } from './report/index.ts';
export type { ByteSource, ByteStore } from './model/bytes.ts';
export type { Report } from './report/contract.ts';
export { readKnowledge } from './diagnose/index.ts';
export { openDocuments } from './input/index.ts';
export { decodeLink, encodeLink } from './share/index.ts';
export type { DecodedLink, LinkContent, LinkFailure } from './share/index.ts';

/** One thing that a person gave: a file, a paste, standard input. */
export interface InputPart {
  /** The path or label as given. */
  name: string;
  /** A store is read piece by piece where its text has no layers. */
  bytes: ByteSource;
  /** Where the first byte of a raw excerpt of memory lies, when neither its name nor a command of the case says it. */
  base?: bigint;
}

export interface AnalyseOptions {
  /** `done` of `total` bytes while text is read, steps otherwise. */
  onProgress?: (phase: string, done: number, total: number) => void;
  /** What is known beyond the case, beside what is shipped and what files of the case hold (`readKnowledge`). */
  knowledge?: readonly Knowledge[];
  /** Looked at between documents and phases; analyse then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** Lets messages and timers through, so that a cancel can arrive. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/**
 * Reads all parts as one case. Never rejects for what the bytes hold: what cannot be read is prose or unrecognised lines
 * of the coverage. Rejects only when `signal` is aborted.
 */
export async function analyse(parts: InputPart[], options: AnalyseOptions = {}): Promise<AnalysedCase> {
  const { onProgress, signal } = options;
  const step = async (phase: string, done: number, total: number) => {
    onProgress?.(phase, done, total);
    if (signal !== undefined || onProgress !== undefined) await breathe();
    signal?.throwIfAborted();
  };

  await step('Opening', 0, parts.length);
  const documents = await openDocuments(parts);

  const { columns, records } = await readDocuments(documents, step, onProgress);

  const unplaced = readRawMemory(
    documents,
    records,
    parts.map((part) => part.base),
  );

  await step('Rebuilding the process', 0, 1);
  const snapshots = assemble(documents, records, columns);
  await step('Examining', 0, 1);
  const given = knowledgeOf(parts);
  const analysed = diagnose(snapshots, documents, [...(options.knowledge ?? []), ...given.taken]);
  await step('Examining', 1, 1);

  const byDocument = documents.flatMap((document, index) => {
    const record = records[index];
    return record === undefined ? [] : [{ document, record }];
  });
  return {
    documents,
    documentKinds: byDocument.map(({ document, record }) => documentKindOf(document, record)),
    lineClasses: byDocument.map(({ document, record }) => lineClasses(document, record)),
    snapshots: analysed,
    ...(unplaced.length > 0 ? { memoryWithoutBase: unplaced } : {}),
    ...(given.files.length > 0 ? { knowledge: given.files } : {}),
    recognised: records.some(isRecognised),
  };
}

type Step = (phase: string, done: number, total: number) => Promise<void>;

/** Reads every document. One in which an escape turns up late is opened again, as a whole, and all reading begins again. */
async function readDocuments(
  documents: SourceDocument[],
  step: Step,
  onProgress: AnalyseOptions['onProgress'],
): Promise<{ columns: CaseColumns; records: TextRecords[] }> {
  for (;;) {
    const columns: CaseColumns = { strings: new StringTable(), frames: new FrameColumns(), goroutines: new GoroutineColumns() };
    const records: TextRecords[] = [];
    const total = documents.reduce((sum, document) => sum + textLength(document), 0);
    let done = 0;
    let again = false;
    for (const [index, document] of documents.entries()) {
      await step('Reading text', done, total);
      const before = done;
      // Told without a pause: it is said before the work goes on, and costs nothing.
      const onText = onProgress && ((read: number) => onProgress('Reading text', before + read, total));
      records.push(readText(document, columns, undefined, onText));
      done += textLength(document);
      if ((document.pendingLines?.escape ?? -1) < 0) continue;
      documents[index] = (await openAsWhole(document)) ?? document;
      again = true;
    }
    if (!again) return { columns, records };
  }
}

/** Bytes in which a file of knowledge names its schema. */
const knowledgeHead = 4096;

/** The files of knowledge among what a person gave; they are documents as well. */
function knowledgeOf(parts: readonly InputPart[]): { taken: Knowledge[]; files: KnowledgeFile[] } {
  const taken: Knowledge[] = [];
  const files: KnowledgeFile[] = [];
  for (const { name, bytes } of parts) {
    if (bytes.length > longestKnowledge) continue;
    const part = (end: number) => new TextDecoder().decode(isStore(bytes) ? bytes.read(0, end) : bytes.subarray(0, end));
    if (!looksLikeKnowledge(part(knowledgeHead))) continue;
    const { knowledge, problems } = readKnowledge(part(bytes.length), name);
    if (knowledge !== undefined) taken.push(knowledge);
    files.push({ name, entries: knowledge === undefined ? 0 : entriesOf(knowledge), problems });
  }
  return { taken, files };
}

/** The stack of goroutine id or thread name `owner` in snapshot number `snapshot`; undefined when there is none. */
export function drawStack(analysed: AnalysedCase, snapshot: number, owner: string): StackPicture | undefined {
  const chosen = analysed.snapshots[snapshot];
  return chosen === undefined ? undefined : pictureOf(chosen.snapshot, analysed.documents, owner, chosen.findings);
}
