/** What was recognised in the documents, as rows of the left zone: a kind, a count, and where it stands. */
import type { CodeListing } from '../../../core/model/code.ts';
import { bareFunctionName } from '../../../core/model/function-name.ts';
import { lineOfOffset } from '../../../core/model/positions.ts';
import type { Snapshot } from '../../../core/model/snapshot.ts';
import type { SourceRange } from '../../../core/model/source.ts';
import { goroutineSource, type TableView } from '../../../core/model/tables.ts';
import type { DocumentView } from '../../../worker/protocol.ts';

export interface RecognisedPart {
  kind: 'crash' | 'backtrace' | 'words' | 'registers' | 'mappings' | 'code' | 'runtime' | 'race' | 'other';
  title: string;
  /** The title is a command or a form's name: set in mono. */
  code: boolean;
  /** '100 words'. */
  amount: string;
  /** Goes to the Text view. */
  /** Said before the lines: the thread of a backtrace. */
  detail?: string;
  source?: SourceRange;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** The range from the first to the last of `sources`, in the document of the first. */
function span(sources: readonly (SourceRange | undefined)[]): SourceRange | undefined {
  let whole: SourceRange | undefined;
  for (const source of sources) {
    if (source === undefined || (source.start === 0 && source.end === 0)) continue;
    if (whole === undefined) whole = { ...source };
    else if (source.document === whole.document) {
      whole.start = Math.min(whole.start, source.start);
      whole.end = Math.max(whole.end, source.end);
    }
  }
  return whole;
}

function wordSpan({ memory }: Snapshot): SourceRange | undefined {
  const document = memory.sourceDocument[0];
  if (document === undefined) return undefined;
  let start = Infinity;
  let end = 0;
  for (let index = 0; index < memory.sourceStart.length; index++) {
    if (memory.sourceDocument[index] !== document) continue;
    start = Math.min(start, memory.sourceStart[index] ?? Infinity);
    end = Math.max(end, memory.sourceEnd[index] ?? 0);
  }
  return { document, start, end };
}

function crashPart(view: TableView, snapshot: Snapshot): RecognisedPart | undefined {
  const { goroutines, events, crash } = snapshot;
  const death = crash === undefined ? undefined : events[crash.event];
  if (goroutines.length === 0 && death === undefined) return undefined;
  const blocks = goroutines.length === 0 ? [] : [goroutineSource(view, 0), goroutineSource(view, goroutines.length - 1)];
  const source = span([...blocks, death?.source]);
  const amount = goroutines.length > 0 ? count(goroutines.length, 'goroutine') : count(events.length, 'message');
  return { kind: 'crash', title: 'Go crash text', code: false, amount, ...(source !== undefined && { source }) };
}

interface Sourced {
  source?: SourceRange;
}

function part(
  kind: RecognisedPart['kind'],
  title: string,
  amount: string,
  items: readonly Sourced[],
  more: { code?: boolean; detail?: string } = {},
): RecognisedPart {
  const source = span(items.map((item) => item.source));
  return { kind, title, amount, code: false, ...more, ...(source !== undefined && { source }) };
}

function listingPart(listing: CodeListing): RecognisedPart {
  const amount = count(listing.instructions.length, 'line');
  if (listing.function === undefined) {
    return part('code', listing.origin === 'assembly' ? 'Go assembly' : 'Instructions', amount, [listing]);
  }
  const name = bareFunctionName(listing.function);
  return part('code', listing.origin === 'assembly' ? `TEXT ${name}` : `disassemble ${name}`, amount, [listing], { code: true });
}

export function recognisedParts(view: TableView, snapshot: Snapshot): RecognisedPart[] {
  const { threads, memory, registers, mappings, listings, complaints, spans, objects, races, searches } = snapshot;
  const crash = crashPart(view, snapshot);
  const parts = crash === undefined ? [] : [crash];
  for (const thread of threads) {
    const amount = count(thread.frames.length, 'frame');
    if (thread.kind === 'debugger') parts.push(part('backtrace', 'Backtrace', amount, [thread], { detail: thread.name }));
    else parts.push(part('backtrace', thread.name, amount, [thread]));
  }
  const words = wordSpan(snapshot);
  if (words !== undefined) parts.push(part('words', 'Memory words', count(memory.addresses.length, 'word'), [{ source: words }]));
  const values = registers.flatMap((set) => set.values);
  if (values.length > 0) parts.push(part('registers', 'Registers', count(values.length, 'value'), values));
  if (mappings.length > 0) parts.push(part('mappings', 'Mappings', count(mappings.length, 'range'), mappings));
  parts.push(...listings.map(listingPart));
  const reports = [...complaints, ...spans, ...objects];
  if (reports.length > 0) parts.push(part('runtime', 'Runtime messages', reports.length.toLocaleString('en'), reports));
  if (races.length > 0) parts.push(part('race', 'Race reports', count(races.length, 'race'), races));
  if (searches.length > 0) parts.push(part('other', 'Memory searches', count(searches.length, 'search', 'searches'), searches));
  return parts;
}

/** 'line 155' or 'lines 154–240'; the document's name in front when the case has several. */
export function linesText(source: SourceRange, documents: readonly DocumentView[]): string {
  const document = documents[source.document];
  if (document === undefined) return '';
  const first = lineOfOffset(document.lineStarts, source.start) + 1;
  const last = lineOfOffset(document.lineStarts, Math.max(source.start, source.end - 1)) + 1;
  const lines =
    first === last ? `line ${first.toLocaleString('en')}` : `lines ${first.toLocaleString('en')}–${last.toLocaleString('en')}`;
  return documents.length > 1 ? `${document.name}, ${lines}` : lines;
}
