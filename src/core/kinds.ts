/** What a document is, decided from the facts its readers found: never from its name. */
import type { DocumentKind, SourceDocument } from './model/document.ts';
import type { TextFact, TextRecords } from './model/record.ts';

const elfMagic = [0x7f, 0x45, 0x4c, 0x46] as const;
/** Offset of e_type in an ELF header, and its value for core files (System V ABI, figure 4-3). */
const elfTypeAt = 16;
const elfCore = 4;

function elfKind(bytes: Uint8Array): DocumentKind | undefined {
  if (!elfMagic.every((byte, index) => bytes[index] === byte)) return undefined;
  const low = bytes[elfTypeAt] ?? 0;
  const high = bytes[elfTypeAt + 1] ?? 0;
  return low === elfCore || high === elfCore ? 'core' : 'executable';
}

/** Facts that only accompany others: alone they do not make a document recognised. */
const companions = new Set<TextFact['kind']>(['version-hint', 'process', 'separator', 'symbol']);

export function isRecognised(records: TextRecords): boolean {
  return records.headers > 0 || records.facts.some((fact) => !companions.has(fact.kind));
}

/** The kind of `document`, given what the readers made of it. */
export function documentKindOf(document: SourceDocument, records: TextRecords): DocumentKind {
  const elf = elfKind(document.bytes);
  if (elf !== undefined) return elf;
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
