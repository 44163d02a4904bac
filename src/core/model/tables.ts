/** From columns to objects: one row at a time, when it is looked at. */
import { toAddress } from './address.ts';
import { textBytes, textLength } from './bytes.ts';
import type { SourceDocument } from './document.ts';
import { frameKindOf } from './function-name.ts';
import { FrameFlag, GoroutineFlag, type Frame, type FrameTable, type Goroutine, type GoroutineTable } from './goroutine.ts';
import { originRange } from './origin.ts';
import type { SourceRange } from './source.ts';

/** What the tables of a snapshot need to be read: the columns, the strings and the documents of the case. */
export interface TableView {
  strings: readonly string[];
  frames: FrameTable;
  goroutines: GoroutineTable;
  documents: readonly SourceDocument[];
}

const decoder = new TextDecoder('utf-8');

function textOf(view: TableView, document: number, start: number, end: number): string {
  const source = view.documents[document];
  return source === undefined ? '' : decoded(textBytes(source, start, end));
}

/** Longer texts are worth a decoder. */
const shortText = 128;

function decoded(bytes: Uint8Array): string {
  if (bytes.length > shortText) return decoder.decode(bytes);
  for (const byte of bytes) if (byte >= 0x80) return decoder.decode(bytes);
  return String.fromCharCode(...bytes);
}

function lineRange(view: Pick<TableView, 'documents'>, document: number, firstLine: number, lastLine: number) {
  const holder = view.documents[document];
  if (holder === undefined) return { document, start: 0, end: 0 };
  const { text } = holder;
  const start = text.lineStarts[firstLine] ?? 0;
  const past = text.lineStarts[lastLine + 1] ?? textLength(holder);
  const end = past > start && endsLine(holder, past) ? past - 1 : past;
  return originRange(text.origin, document, start, end);
}

/** Whether the byte before `past` is a line feed. Only the last line of a text may have none. */
function endsLine(document: SourceDocument, past: number): boolean {
  const { bytes } = document.text;
  return document.store === undefined
    ? bytes[past - 1] === 10
    : past < document.store.length || textBytes(document, past - 1, past)[0] === 10;
}

export function frameAt(view: TableView, row: number): Frame {
  const t = view.frames;
  const flags = t.flags[row] ?? 0;
  const name = view.strings[t.functionName[row] ?? 0] ?? '';
  const file = view.strings[t.file[row] ?? 0] ?? '';
  const line = t.line[row] ?? 0;
  const document = t.document[row] ?? 0;
  const textLine = t.textLine[row] ?? 0;
  const from = t.argumentStart[row] ?? 0;
  const to = t.argumentEnd[row] ?? 0;
  const frame: Frame = {
    row,
    inlined: (flags & FrameFlag.inlined) !== 0,
    functionInferred: (flags & FrameFlag.functionInferred) !== 0,
    placed: (flags & FrameFlag.placed) !== 0,
    kind: frameKindOf(name, file),
    source: lineRange(view, document, textLine, textLine),
  };
  if (name !== '') frame.function = name;
  if (file !== '') frame.file = file;
  if (line !== 0) frame.line = line;
  if (flags & FrameFlag.hasEntryOffset) frame.entryOffset = t.entryOffset[row] ?? 0;
  if (flags & FrameFlag.hasPc) frame.pc = toAddress(t.pc[row] ?? 0n);
  if (flags & FrameFlag.hasSp) frame.sp = toAddress(t.sp[row] ?? 0n);
  if (flags & FrameFlag.hasFp) frame.fp = toAddress(t.fp[row] ?? 0n);
  if (to > from) frame.arguments = textOf(view, document, from, to);
  return frame;
}

/** The line that frame `row` was printed on. */
export function frameSource(view: Pick<TableView, 'frames' | 'documents'>, row: number): SourceRange {
  const { document, textLine } = view.frames;
  const line = textLine[row] ?? 0;
  return lineRange(view, document[row] ?? 0, line, line);
}

export function framesBetween(view: TableView, start: number, end: number): Frame[] {
  const frames: Frame[] = [];
  for (let row = start; row < end; row++) frames.push(frameAt(view, row));
  return frames;
}

const plainStatuses = new Set(['idle', 'runnable', 'running', 'syscall', 'dead', 'copystack', 'preempted', 'leaked', '???']);

/** Where goroutine `row` was printed, from its header to its last line: no byte of the text is looked at. */
export function goroutineSource(view: TableView, row: number): SourceRange {
  const { document, headerLine, endLine } = view.goroutines;
  const first = headerLine[row] ?? 0;
  return lineRange(view, document[row] ?? 0, first, Math.max(first, (endLine[row] ?? 0) - 1));
}

export function goroutineAt(view: TableView, row: number): Goroutine {
  const t = view.goroutines;
  const createdBy = t.createdBy[row] ?? -1;
  const goroutine: Goroutine = {
    ...goroutineWithoutFrames(view, row),
    frames: framesBetween(view, t.frameStart[row] ?? 0, t.frameEnd[row] ?? 0),
  };
  if (createdBy >= 0) goroutine.createdBy = frameAt(view, createdBy);
  return goroutine;
}

/** What the header of goroutine `row` says. */
export function goroutineWithoutFrames(view: TableView, row: number): Omit<Goroutine, 'frames' | 'createdBy'> {
  const t = view.goroutines;
  const flags = t.flags[row] ?? 0;
  const printed = view.strings[t.status[row] ?? 0] ?? '';
  const labels = view.strings[t.labels[row] ?? 0] ?? '';
  const goroutine: Omit<Goroutine, 'frames' | 'createdBy'> = {
    row,
    id: (t.id[row] ?? 0n).toString(),
    status: plainStatuses.has(printed) ? printed : 'waiting',
    locked: (flags & GoroutineFlag.lockedToThread) !== 0,
    source: goroutineSource(view, row),
  };
  if (!plainStatuses.has(printed)) goroutine.waitReason = printed;
  const minutes = t.waitMinutes[row] ?? 0;
  if (minutes > 0) goroutine.minutes = minutes;
  if (flags & GoroutineFlag.hasGp) goroutine.gp = toAddress(t.gp[row] ?? 0n);
  const m = t.m[row] ?? -1;
  if (m >= 0) goroutine.m = m;
  const createdIn = t.createdIn[row] ?? 0n;
  if (createdIn !== 0n) goroutine.createdIn = createdIn.toString();
  if (flags & GoroutineFlag.elided) goroutine.elided = { count: t.elidedCount[row] ?? 0, after: t.elidedAfter[row] ?? 0 };
  if (labels !== '') goroutine.labels = parseLabels(labels);
  return goroutine;
}

/** `"k": "v", …` (1.26) or `k: v, k2: "v 2"` (1.27): both dialects of runtime/traceback.go. */
export function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  const pair = /\s*("(?:[^"\\]|\\.)*"|[^:,]+):\s*("(?:[^"\\]|\\.)*"|[^,]*)\s*(?:,|$)/g;
  for (const match of text.matchAll(pair)) {
    const key = unquote(match[1] ?? '');
    if (key !== '') labels[key] = unquote(match[2] ?? '');
  }
  return labels;
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

function unquote(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('"')) return trimmed;
  return trimmed.slice(1, -1).replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/gi, (_all, x, u, long, one) => {
    const code: unknown = x ?? u ?? long;
    if (typeof code === 'string') {
      const point = parseInt(code, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
    }
    return typeof one === 'string' ? (escapes[one] ?? one) : '';
  });
}

/** Row of the goroutine that `owner` numbers, in decimal; -1 for a thread's name and for a number that no goroutine has. */
export function goroutineRow({ id }: Pick<GoroutineTable, 'id'>, owner: string): number {
  return /^\d{1,20}$/.test(owner) ? id.indexOf(BigInt.asUintN(64, BigInt(owner))) : -1;
}
