/** What is said about a selected address. */
import { contains, formatWord, type Address } from '../../../core/model/address.ts';
import { wordIndex, wordSource } from '../../../core/model/memory-lookup.ts';
import type { StackBand, StackPicture, StackRow } from '../../../core/model/picture.ts';
import type { StructView } from '../../../core/model/session.ts';
import type { Snapshot } from '../../../core/model/snapshot.ts';
import type { SourceRange } from '../../../core/model/source.ts';

/** Structs told of for one address. */
const mostFields = 4;

export interface SlotFacts {
  address: Address;
  row?: StackRow;
  band?: StackBand;
  value?: bigint;
  source?: SourceRange;
}

/** The row of the picture, else the known word at the address. */
export function slotAt(snapshot: Snapshot, picture: StackPicture | undefined, address: Address): SlotFacts {
  const facts: SlotFacts = { address };
  for (const band of picture?.bands ?? []) {
    const row = band.rows.find((one) => one.address === address);
    if (row === undefined) continue;
    facts.row = row;
    facts.band = band;
    if (row.value !== undefined) facts.value = row.value;
    if (row.source !== undefined) facts.source = row.source;
    return facts;
  }
  const index = wordIndex(snapshot.memory, address);
  if (index < 0) return facts;
  facts.value = snapshot.memory.values[index] ?? 0n;
  facts.source = wordSource(snapshot.memory, index);
  return facts;
}

/** Which mapping of the paste holds the value; undefined when the paste has no mappings. */
export function mappingText(snapshot: Snapshot, value: bigint): string | undefined {
  const { mappings } = snapshot;
  if (mappings.length === 0) return undefined;
  const mapping = mappings.find((one) => contains(one, value));
  if (mapping === undefined) return `none of ${mappings.length.toString()} ranges`;
  return [mapping.permissions, mapping.file ?? 'anonymous'].filter((part) => part !== undefined).join(' ');
}

/** Which span that the runtime printed holds the address. */
export function spanText(snapshot: Snapshot, address: bigint): string | undefined {
  const span = snapshot.spans.find((one) => one.limit !== undefined && address >= one.base && address < one.limit);
  if (span === undefined) return undefined;
  const size = span.elementSize === undefined ? '' : `, elements of ${span.elementSize.toString()} bytes`;
  return `0x${span.base.toString(16)}, ${span.state ?? 'state not printed'}${size}`;
}

export function alignmentText(value: bigint, wordSize: 4 | 8): string {
  const past = value % BigInt(wordSize);
  return past === 0n ? `a multiple of ${wordSize.toString()}` : `${past.toString()} past a multiple of ${wordSize.toString()}`;
}

/** Sixteen digits; eight for 32-bit words. */
export function fullValue(value: bigint, wordSize: 4 | 8): string {
  return wordSize === 8 ? formatWord(value) : `0x${value.toString(16).padStart(8, '0')}`;
}

export interface FieldThere {
  struct: string;
  name: string;
  source: SourceRange;
}

/** Fields of printed structs that lie at `address`, each struct once. */
export function fieldsAt(structs: readonly StructView[], address: Address): FieldThere[] {
  const found = new Map<string, FieldThere>();
  for (const { struct, rows } of structs) {
    const row = rows.find((one) => one.address === address);
    const name = struct.expression === '' ? struct.type : struct.expression;
    if (row !== undefined && !found.has(name)) found.set(name, { struct: name, name: row.field.name, source: row.field.source });
  }
  return [...found.values()].slice(0, mostFields);
}
