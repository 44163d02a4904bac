/** Small conversions from the model to the report. Facts that are absent give absent keys. */
import { formatAddress, formatHalves, type Hex } from '../model/address.ts';
import type { AnalysedCase, AnalysedSnapshot } from '../model/case.ts';
import type { SourceDocument } from '../model/document.ts';
import { frameKindOf } from '../model/function-name.ts';
import { FrameFlag, type Frame, type FrameKind } from '../model/goroutine.ts';
import { highHalf, halvesOf, lowHalf } from '../model/halves.ts';
import type { SourceRange } from '../model/source.ts';
import type { TableView } from '../model/tables.ts';
import { TextWindow } from '../model/text-window.ts';
import type * as contract from './contract.ts';
import { lineNumber } from './lines.ts';

/** What every part of the report is made from. */
export interface ReportContext {
  analysed: AnalysedCase;
  chosen: AnalysedSnapshot;
  documents: readonly SourceDocument[];
  tables: TableView;
  /** Frame row → the slot in which that frame saved its caller's frame pointer. */
  slots: ReadonlyMap<number, Hex>;
  /** Arguments of frames are read through it. */
  window: TextWindow;
  /** Kinds of frames, by their function and file in the string table. */
  kinds: Map<number, FrameKind>;
  summary: boolean;
}

export function contextOf(analysed: AnalysedCase, chosen: AnalysedSnapshot, summary: boolean): ReportContext {
  const { snapshot } = chosen;
  const slots = new Map<number, Hex>();
  for (const chain of snapshot.chains) {
    for (const link of chain.links) if (link.frameRow !== undefined) slots.set(link.frameRow, formatAddress(link.slot));
  }
  const { strings, frames, goroutines } = snapshot;
  const { documents } = analysed;
  const tables = { strings, frames, goroutines, documents };
  return { analysed, chosen, documents, tables, slots, window: new TextWindow(documents), kinds: new Map(), summary };
}

/** `{ line }`, or nothing when the source is unknown. */
export function lineOf(context: ReportContext, source: SourceRange | undefined): { line?: number } {
  const line = lineNumber(context.documents, source);
  return line === undefined ? {} : { line };
}

/** Sentences of the model mark code with backticks; one-line fields of the report carry none. */
export function withoutBackticks(text: string): string {
  return text.replace(/`/g, '');
}

export function reportFrame(context: ReportContext, frame: Frame): contract.Frame {
  const result: contract.Frame = {};
  if (frame.function !== undefined) result.function = frame.function;
  if (frame.file !== undefined) result.file = frame.file;
  if (frame.line !== undefined) result.line = frame.line;
  // The runtime prints `?:0` for an address past the end of a function's line table: kept as printed.
  else if (frame.file === '?') result.line = 0;
  if (frame.pc !== undefined) result.pc = formatAddress(frame.pc);
  if (frame.sp !== undefined) result.sp = formatAddress(frame.sp);
  if (frame.fp !== undefined) result.fp = formatAddress(frame.fp);
  if (frame.inlined) result.inlined = true;
  if (frame.arguments !== undefined) result.arguments = frame.arguments;
  result.kind = frame.kind;
  const slot = context.slots.get(frame.row);
  if (slot !== undefined) result.framePointerSlot = slot;
  return result;
}

/** More strings than a case interns. */
const mostStrings = 2 ** 26;

function kindOf({ kinds, tables: { strings } }: ReportContext, name: number, file: number): FrameKind {
  const key = name * mostStrings + file;
  let kind = kinds.get(key);
  if (kind === undefined) kinds.set(key, (kind = frameKindOf(strings[name] ?? '', strings[file] ?? '')));
  return kind;
}

/** `reportFrame` of row `row` of the frame table, straight from its columns: reports of long sessions have a million. */
export function reportRow(context: ReportContext, row: number): contract.Frame {
  const { frames, strings } = context.tables;
  const flags = frames.flags[row] ?? 0;
  const name = frames.functionName[row] ?? 0;
  const file = frames.file[row] ?? 0;
  const line = frames.line[row] ?? 0;
  const from = frames.argumentStart[row] ?? 0;
  const to = frames.argumentEnd[row] ?? 0;
  const result: contract.Frame = {};
  if (name !== 0) result.function = strings[name] ?? '';
  if (file !== 0) result.file = strings[file] ?? '';
  if (line !== 0) result.line = line;
  // As in `reportFrame`.
  else if (result.file === '?') result.line = 0;
  if (flags & FrameFlag.hasPc) result.pc = hexAt(frames.pc, row);
  if (flags & FrameFlag.hasSp) result.sp = hexAt(frames.sp, row);
  if (flags & FrameFlag.hasFp) result.fp = hexAt(frames.fp, row);
  if (flags & FrameFlag.inlined) result.inlined = true;
  if (to > from) result.arguments = context.window.text(frames.document[row] ?? 0, from, to);
  result.kind = kindOf(context, name, file);
  const slot = context.slots.get(row);
  if (slot !== undefined) result.framePointerSlot = slot;
  return result;
}

const viewed = new WeakMap<BigUint64Array, Uint32Array>();

function hexAt(column: BigUint64Array, row: number): Hex {
  let halves = viewed.get(column);
  if (halves === undefined) viewed.set(column, (halves = halvesOf(column)));
  return formatHalves(halves[2 * row + highHalf] ?? 0, halves[2 * row + lowHalf] ?? 0);
}

/** Rows [start, end) of the frame table. */
export function reportRows(context: ReportContext, start: number, end: number): contract.Frame[] {
  const frames: contract.Frame[] = [];
  for (let row = start; row < end; row++) frames.push(reportRow(context, row));
  return frames;
}
