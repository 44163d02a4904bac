/** What a document is, decided from the facts its readers found: never from its name. */
import { sniffBinary } from './input/index.ts';
import type { DocumentKind, SourceDocument } from './model/document.ts';
import type { TextFact, TextRecords } from './model/record.ts';

/** Facts that only accompany others: alone they do not make a document recognised. */
const companions = new Set<TextFact['kind']>(['version-hint', 'process', 'separator', 'symbol', 'system']);

export function isRecognised(records: TextRecords): boolean {
  return records.headers > 0 || records.facts.some((fact) => !companions.has(fact.kind));
}

/** The kind of `document`, given what the readers made of it. */
export function documentKindOf(document: SourceDocument, records: TextRecords): DocumentKind {
  // A store holds text: whatever looks binary is read as a whole.
  const binary = document.store === undefined ? sniffBinary(document.bytes) : undefined;
  if (binary !== undefined) return binary;
  const count = new Map<TextFact['kind'], number>();
  let debuggerForms = 0;
  let assemblyListings = 0;
  for (const fact of records.facts) {
    count.set(fact.kind, (count.get(fact.kind) ?? 0) + 1);
    if (fact.kind === 'registers' && fact.origin === 'debugger') debuggerForms++;
    if (fact.kind === 'listing' && fact.listing.origin === 'assembly') assemblyListings++;
  }
  const has = (...kinds: TextFact['kind'][]) => kinds.some((kind) => count.has(kind));
  if (debuggerForms > 0 || has('command', 'debugger-stack', 'value')) return 'debugger-session';
  if (has('race') && !has('goroutine', 'runtime-stack')) return 'race-report';
  if (has('goroutine', 'runtime-stack', 'event', 'signal', 'complaint', 'registers')) return 'go-dump';
  if (has('race')) return 'race-report';
  const listings = count.get('listing') ?? 0;
  if (listings > 0 && !has('words', 'mappings')) return assemblyListings === listings ? 'assembly' : 'disassembly';
  if (has('words', 'search', 'unreadable')) return 'memory-text';
  if (has('mappings')) return 'maps';
  if (has('span', 'object', 'stack-bounds')) return 'memory-text';
  return 'unknown';
}
