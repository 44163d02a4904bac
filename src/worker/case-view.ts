/**
 * The analysed case as the page gets it. The worker keeps the case for pictures, reports and the bytes of large
 * documents, so every large array is copied once, and the copies are transferred: the page receives them without a
 * second copy and without a pause.
 */
import { sessionOf } from '../core/index.ts';
import { documentLength } from '../core/model/bytes.ts';
import type { AnalysedCase, AnalysedSnapshot } from '../core/model/case.ts';
import type { SourceDocument } from '../core/model/document.ts';
import { plainListing } from '../core/model/listing-of-run.ts';
import { goroutineGroups } from './goroutine-groups.ts';
import type { Extent, SentCase, SentDocument, SnapshotView } from './protocol.ts';

export interface Transferable {
  view: SentCase;
  /** Buffers that only the view refers to. */
  transfer: ArrayBuffer[];
}

/** Bytes of a text without layers that the page gets as a whole; of larger ones it asks for what it shows. */
export const sentWhole = 16 * 2 ** 20;

/** Copies arrays; the same array given twice gives the same copy (text that is its document itself). */
class Copier {
  readonly transfer: ArrayBuffer[] = [];
  readonly #copies = new Map<object, object>();

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

  /** Buffers that were made for the view. */
  give(table: object): void {
    for (const column of Object.values(table)) {
      if (ArrayBuffer.isView(column) && column.buffer instanceof ArrayBuffer) this.transfer.push(column.buffer);
    }
  }
}

function documentView(document: SourceDocument, index: number, analysed: AnalysedCase, copier: Copier): SentDocument {
  const { id, name, byteLength, layers, context, shortfall, text } = document;
  const length = documentLength(document);
  const stored = document.store !== undefined || (text.bytes === document.bytes && length > sentWhole);
  const sent = (bytes: Uint8Array) => (stored ? new Uint8Array(0) : copier.array(bytes));
  return {
    id,
    name,
    byteLength,
    kind: analysed.documentKinds[index] ?? 'unknown',
    layers,
    ...(context !== undefined && { context }),
    ...(shortfall !== undefined && { shortfall }),
    bytes: sent(document.bytes),
    ...(stored && { stored: length }),
    lineStarts: copier.array(document.lineStarts),
    lineClass: copier.array(analysed.lineClasses?.[index] ?? new Uint8Array(Math.max(0, document.lineStarts.length - 1))),
    text: {
      bytes: sent(text.bytes),
      lineStarts: copier.array(text.lineStarts),
      origin: copier.columns(text.origin),
    },
  };
}

function snapshotView(chosen: AnalysedSnapshot, analysed: AnalysedCase, copier: Copier): SnapshotView {
  const { snapshot, findings, checked, unchecked } = chosen;
  const { strings, frames, goroutines } = snapshot;
  const groups = goroutineGroups(snapshot, { strings, frames, goroutines, documents: analysed.documents });
  copier.give(groups);
  return {
    snapshot: {
      ...snapshot,
      frames: copier.columns(frames),
      goroutines: copier.columns(goroutines),
      memory: copier.columns(snapshot.memory),
      listings: snapshot.listings.map(plainListing),
    },
    findings,
    checked,
    ...(unchecked !== undefined && { unchecked }),
    ...(chosen.story !== undefined && { story: chosen.story }),
    groups,
    session: sessionOf(analysed, chosen),
  };
}

/** `partial`: what was read, where that is not all. */
export function toCaseView(analysed: AnalysedCase, partial?: Extent): Transferable {
  const copier = new Copier();
  const view: SentCase = {
    documents: analysed.documents.map((document, index) => documentView(document, index, analysed, copier)),
    snapshots: analysed.snapshots.map((snapshot) => snapshotView(snapshot, analysed, copier)),
    recognised: analysed.recognised,
    ...(analysed.memoryWithoutBase !== undefined && { memoryWithoutBase: analysed.memoryWithoutBase }),
    ...(analysed.knowledge !== undefined && { knowledge: analysed.knowledge }),
    ...(partial !== undefined && { partial }),
  };
  return { view, transfer: copier.transfer };
}
