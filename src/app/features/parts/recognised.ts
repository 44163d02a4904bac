/** What was recognised in the documents, as rows of the left zone: a kind, a count, and where it stands. */
import { lineOfOffset } from '../../../core/model/positions.ts';
import type { Snapshot } from '../../../core/model/snapshot.ts';
import type { SourceRange } from '../../../core/model/source.ts';
import { goroutineAt, type TableView } from '../../../core/model/tables.ts';
import type { DocumentView } from '../../../worker/protocol.ts';

export interface RecognisedPart {
  kind: 'crash' | 'backtrace' | 'words' | 'registers' | 'mappings' | 'code' | 'runtime' | 'race' | 'other';
  title: string;
  /** The title is a command or a form's name: set in mono. */
  code: boolean;
  /** '100 words'. */
  amount: string;
  /** Goes to the Text view. */
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
  const { goroutines, events } = snapshot;
  if (goroutines.length === 0 && events.length === 0) return undefined;
  const blocks = goroutines.length === 0 ? [] : [goroutineAt(view, 0).source, goroutineAt(view, goroutines.length - 1).source];
  const source = span([...blocks, ...events.slice(0, 1).map((event) => event.source)]);
  const amount = goroutines.length > 0 ? count(goroutines.length, 'goroutine') : count(events.length, 'message');
  return { kind: 'crash', title: 'Go crash text', code: false, amount, ...(source !== undefined && { source }) };
}

export function recognisedParts(view: TableView, snapshot: Snapshot): RecognisedPart[] {
  const parts: RecognisedPart[] = [];
  const add = (
    kind: RecognisedPart['kind'],
    title: string,
    amount: string,
    sources: (SourceRange | undefined)[],
    code = false,
  ) => {
    const source = span(sources);
    parts.push({ kind, title, code, amount, ...(source !== undefined && { source }) });
  };
  const crash = crashPart(view, snapshot);
  if (crash !== undefined) parts.push(crash);
  for (const thread of snapshot.threads) {
    const title = thread.kind === 'debugger' ? `Backtrace, ${thread.name}` : thread.name;
    add('backtrace', title, count(thread.frames.length, 'frame'), [thread.source]);
  }
  const words = snapshot.memory.addresses.length;
  if (words > 0) add('words', 'Memory words', count(words, 'word'), [wordSpan(snapshot)]);
  const values = snapshot.registers.flatMap((set) => set.values);
  if (values.length > 0)
    add(
      'registers',
      'Registers',
      count(values.length, 'value'),
      values.map((value) => value.source),
    );
  const { mappings, listings, complaints, spans, objects, races, searches } = snapshot;
  if (mappings.length > 0)
    add(
      'mappings',
      'Mappings',
      count(mappings.length, 'range'),
      mappings.map((mapping) => mapping.source),
    );
  for (const listing of listings) {
    const name = listing.function ?? (listing.origin === 'assembly' ? 'Go assembly' : 'instructions');
    add(
      'code',
      listing.origin === 'assembly' ? name : `disassemble ${name}`,
      count(listing.instructions.length, 'instruction'),
      [listing.source],
      true,
    );
  }
  const reports = [...complaints, ...spans, ...objects];
  if (reports.length > 0)
    add(
      'runtime',
      'Runtime and span messages',
      count(reports.length, 'message'),
      reports.map((report) => report.source),
    );
  if (races.length > 0)
    add(
      'race',
      'Race reports',
      count(races.length, 'race'),
      races.map((race) => race.source),
    );
  if (searches.length > 0)
    add(
      'other',
      'Memory searches',
      count(searches.length, 'search', 'searches'),
      searches.map((search) => search.source),
    );
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
