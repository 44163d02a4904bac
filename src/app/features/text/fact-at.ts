/** From a place in the text to what was made of it: the word, frame, register or finding that stands there. */
import { textLength } from '../../../core/model/bytes.ts';
import { toAddress } from '../../../core/model/address.ts';
import type { SourceRange } from '../../../core/model/source.ts';
import { frameAt, type TableView } from '../../../core/model/tables.ts';
import { originRange } from '../../../core/model/origin.ts';
import type { Snapshot } from '../../../core/model/snapshot.ts';
import type { SnapshotView } from '../../../worker/protocol.ts';
import type { Selection } from '../../stores/selection-store.ts';

/** A place: the clicked byte, and the line around it. */
export interface Place {
  document: number;
  at: number;
  lineStart: number;
  lineEnd: number;
}

function holds(source: SourceRange, place: Place): boolean {
  return source.document === place.document && source.start <= place.at && place.at < source.end;
}

function touches(source: SourceRange, place: Place): boolean {
  return source.document === place.document && source.start < place.lineEnd && source.end > place.lineStart;
}

/** The item that holds the clicked byte, else the first on its line. */
function nearest<T>(items: readonly T[], sourceOf: (item: T) => SourceRange | undefined, place: Place): T | undefined {
  let onLine: T | undefined;
  for (const item of items) {
    const source = sourceOf(item);
    if (source === undefined) continue;
    if (holds(source, place)) return item;
    if (onLine === undefined && touches(source, place)) onLine = item;
  }
  return onLine;
}

function ownerOfAddress(snapshot: Snapshot, address: bigint): string | undefined {
  return snapshot.stacks.find((stack) => address >= stack.start && address < stack.end)?.owner;
}

function wordAt(snapshot: Snapshot, place: Place): Partial<Selection> | undefined {
  const { memory } = snapshot;
  let found = -1;
  for (let index = 0; index < memory.addresses.length; index++) {
    const source = {
      document: memory.sourceDocument[index] ?? 0,
      start: memory.sourceStart[index] ?? 0,
      end: memory.sourceEnd[index] ?? 0,
    };
    if (holds(source, place)) {
      found = index;
      break;
    }
    if (found < 0 && touches(source, place)) found = index;
  }
  const raw = memory.addresses[found];
  if (raw === undefined) return undefined;
  const address = toAddress(raw);
  const goroutine = ownerOfAddress(snapshot, address);
  const source = { document: place.document, start: memory.sourceStart[found] ?? 0, end: memory.sourceEnd[found] ?? 0 };
  return { address, source, ...(goroutine !== undefined && { goroutine }) };
}

function ownerOfFrame(snapshot: Snapshot, row: number): string | undefined {
  const { goroutines, threads } = snapshot;
  for (let index = 0; index < goroutines.length; index++) {
    const inside = row >= (goroutines.frameStart[index] ?? 0) && row < (goroutines.frameEnd[index] ?? 0);
    if (inside || goroutines.createdBy[index] === row) return (goroutines.id[index] ?? 0n).toString();
  }
  return threads.find((thread) => thread.frames.some((frame) => frame.row === row))?.name;
}

/** A printed frame has two lines: the function's, then its place. */
const linesPerFrame = 2;

/** Last frame whose text begins at or before the end of the line; frames stand in printed order. */
function frameBefore(view: TableView, place: Place): number {
  const { frames } = view;
  const startOf = (row: number): number => {
    const document = frames.document[row] ?? 0;
    if (document !== place.document) return document < place.document ? -1 : Infinity;
    const text = view.documents[document]?.text;
    const start = text?.lineStarts[frames.textLine[row] ?? 0] ?? 0;
    return text === undefined ? Infinity : originRange(text.origin, document, start, start + 1).start;
  };
  let low = -1;
  let high = frames.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startOf(middle) < place.lineEnd) low = middle;
    else high = middle - 1;
  }
  return low >= 0 && frames.document[low] === place.document ? low : -1;
}

function frameSelection(view: TableView, snapshot: Snapshot, place: Place): Partial<Selection> | undefined {
  const row = frameBefore(view, place);
  if (row < 0) return undefined;
  const holder = view.documents[place.document];
  if (holder === undefined) return undefined;
  const { text } = holder;
  const line = view.frames.textLine[row] ?? 0;
  const start = text.lineStarts[line] ?? 0;
  const end = text.lineStarts[line + linesPerFrame] ?? textLength(holder);
  const { source, sp } = frameAt(view, row);
  if (!touches(originRange(text.origin, place.document, start, end), place)) return undefined;
  const goroutine = ownerOfFrame(snapshot, row);
  return { frameRow: row, source, address: sp, ...(goroutine !== undefined && { goroutine }) };
}

function goroutineSelection(view: TableView, place: Place): Partial<Selection> | undefined {
  const { goroutines } = view;
  const text = view.documents[place.document]?.text;
  if (text === undefined) return undefined;
  for (let row = 0; row < goroutines.length; row++) {
    if (goroutines.document[row] !== place.document) continue;
    const line = goroutines.headerLine[row] ?? 0;
    const source = originRange(text.origin, place.document, text.lineStarts[line] ?? 0, (text.lineStarts[line + 1] ?? 1) - 1);
    if (touches(source, place)) return { goroutine: (goroutines.id[row] ?? 0n).toString(), source };
  }
  return undefined;
}

/** Undefined when nothing of the snapshot was read from the line. */
export function factAt(view: TableView, { snapshot, findings }: SnapshotView, place: Place): Partial<Selection> | undefined {
  const word = wordAt(snapshot, place);
  if (word !== undefined) return word;
  const frame = goroutineSelection(view, place) ?? frameSelection(view, snapshot, place);
  if (frame !== undefined) return frame;
  const registers = snapshot.registers.flatMap((set) => set.values);
  const register = nearest(registers, (value) => value.source, place);
  if (register !== undefined) {
    const goroutine = ownerOfAddress(snapshot, register.value);
    return { source: register.source, address: register.value, ...(goroutine !== undefined && { goroutine }) };
  }
  for (const finding of findings) {
    const source = nearest(finding.evidence, (evidence) => evidence.source, place)?.source;
    if (source === undefined) continue;
    return { finding: finding.id, source, ...finding.focus };
  }
  return undefined;
}
