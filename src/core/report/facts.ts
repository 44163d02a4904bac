/** Small conversions from the model to the report. Facts that are absent give absent keys. */
import { formatAddress, type Hex } from '../model/address.ts';
import type { AnalysedCase, AnalysedSnapshot } from '../model/case.ts';
import type { SourceDocument } from '../model/document.ts';
import type { Frame } from '../model/goroutine.ts';
import type { SourceRange } from '../model/source.ts';
import type { TableView } from '../model/tables.ts';
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
  return { analysed, chosen, documents, tables: { strings, frames, goroutines, documents }, slots, summary };
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
