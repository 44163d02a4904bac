/**
 * The analysed case as the page gets it. The worker keeps the case for pictures and reports, so every large array is
 * copied once, and the copies are transferred: the page receives them without a second copy and without a pause.
 */
import { sessionOf } from '../core/index.ts';
import type { AnalysedCase } from '../core/model/case.ts';
import type { SourceDocument } from '../core/model/document.ts';
import type { Snapshot } from '../core/model/snapshot.ts';
import type { CaseView, DocumentView, GivenBytes, InputPart } from './protocol.ts';

export interface Transferable {
  view: CaseView;
  /** Documents whose bytes were left out of the view. */
  given: GivenBytes[];
  /** Buffers that only the view refers to. */
  transfer: ArrayBuffer[];
}

/** Copies arrays; the same array given twice gives the same copy (text that is its document itself). */
class Copier {
  readonly transfer: ArrayBuffer[] = [];
  readonly #copies = new Map<object, object>();

  /** `source` is not copied: an empty array stands for it. */
  leaveOut(source: Uint8Array): void {
    this.#copies.set(source, new Uint8Array(0));
  }

  array<T extends { slice(): { buffer: ArrayBufferLike } }>(source: T): T {
    const known = this.#copies.get(source);
    // The map holds for each array a copy made by its own `slice`, which has the type of the array.
    if (known !== undefined) return known as T;
    const copy = source.slice();
    if (copy.buffer instanceof ArrayBuffer) this.transfer.push(copy.buffer);
    this.#copies.set(source, copy);
    return copy as unknown as T;
  }

  /** A shallow copy of `table` whose typed arrays are copied. */
  columns<T extends object>(table: T): T {
    const copied = Object.entries(table).map(([name, column]: [string, unknown]): [string, unknown] => [
      name,
      ArrayBuffer.isView(column) && 'slice' in column ? this.array(column as Uint8Array) : column,
    ]);
    return { ...table, ...Object.fromEntries(copied) };
  }
}

function documentView(document: SourceDocument, index: number, analysed: AnalysedCase, copier: Copier): DocumentView {
  const { id, name, byteLength, layers, context, shortfall, text } = document;
  return {
    id,
    name,
    byteLength,
    kind: analysed.documentKinds[index] ?? 'unknown',
    layers,
    ...(context !== undefined && { context }),
    ...(shortfall !== undefined && { shortfall }),
    bytes: copier.array(document.bytes),
    lineStarts: copier.array(document.lineStarts),
    lineClass: copier.array(analysed.lineClasses?.[index] ?? new Uint8Array(Math.max(0, document.lineStarts.length - 1))),
    text: {
      bytes: copier.array(text.bytes),
      lineStarts: copier.array(text.lineStarts),
      origin: copier.columns(text.origin),
    },
  };
}

function snapshotView(snapshot: Snapshot, copier: Copier): Snapshot {
  return {
    ...snapshot,
    frames: copier.columns(snapshot.frames),
    goroutines: copier.columns(snapshot.goroutines),
    memory: copier.columns(snapshot.memory),
  };
}

/** The view of a case that was read from `parts`. */
export function toCaseView(analysed: AnalysedCase, parts: readonly InputPart[]): Transferable {
  const copier = new Copier();
  const given = analysed.documents.flatMap(({ bytes, text }, document): GivenBytes[] => {
    const part = parts.findIndex((candidate) => candidate.bytes === bytes);
    return part < 0 ? [] : [{ document, part, isText: text.bytes === bytes }];
  });
  for (const { part } of given) {
    const bytes = parts[part]?.bytes;
    if (bytes !== undefined) copier.leaveOut(bytes);
  }
  const view: CaseView = {
    documents: analysed.documents.map((document, index) => documentView(document, index, analysed, copier)),
    snapshots: analysed.snapshots.map((chosen) => ({
      snapshot: snapshotView(chosen.snapshot, copier),
      findings: chosen.findings,
      checked: chosen.checked,
      session: sessionOf(analysed, chosen),
    })),
    recognised: analysed.recognised,
  };
  return { view, given, transfer: copier.transfer };
}
