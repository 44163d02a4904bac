/**
 * Signs that a printed struct was never cleared: its fields still hold words of whatever used the memory before. Integers that are
 * addresses, text whose bytes spell an address, one word in every field, a Go heap pointer in C memory.
 */
import { formatAddress, toAddress, type Address } from '../model/address.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { SourceRange } from '../model/source.ts';
import type { TypedField, TypedStruct } from '../model/struct.ts';
import { classifyWord } from './classify.ts';
import { regionsOf } from './regions.ts';
import type { WordKind, WordMeaning } from '../model/word.ts';

export interface StaleSign {
  kind: 'integer-is-address' | 'text-is-address' | 'same-word-everywhere';
  field: string;
  /** The address in question. */
  value: Address;
  /** A sentence without code marks: what it holds and what that is. */
  text: string;
  source: SourceRange;
}

const placed = new Set<WordKind>([
  'text',
  'own-stack',
  'other-stack',
  'system-stack',
  'heap',
  'span-not-in-use',
  'data',
  'mapped',
  'mapped-file',
]);
/** Smaller integers are counts, sizes and flags. */
const smallestAddress = 1n << 32n;
const largestAddress = 1n << 47n;
/** How far past the known code an address still counts as code of the same program, and past a struct as its stack. */
const nearCode = 1n << 20n;
const nearStruct = 1n << 16n;
/** Fields that hold one word before that is said. */
const manyFields = 3;

/** What the value of a field is; undefined for fields without one. */
export function fieldMeaning(snapshot: Snapshot, field: TypedField): WordMeaning | undefined {
  return field.value === undefined ? undefined : classifyWord(snapshot, field.value);
}

/** What address `value` would be, seen from the struct that holds it; undefined when nothing speaks for an address. */
function addressMeaning(snapshot: Snapshot, struct: TypedStruct, value: bigint): string | undefined {
  if (value < smallestAddress || value >= largestAddress) return undefined;
  const meaning = classifyWord(snapshot, value);
  if (placed.has(meaning.kind))
    return meaning.kind === 'text' && meaning.symbol !== undefined ? `code (${meaning.text})` : meaning.text;
  if (regionsOf(snapshot).symbols.isAmongCode(value, nearCode)) return 'an address in the program’s code';
  if (struct.address !== undefined && value >= struct.address - nearStruct && value <= struct.address + nearStruct)
    return 'an address on the stack that the struct is on';
  const neighbours = [struct.address, ...struct.fields.map((field) => (field.decimal === true ? undefined : field.value))];
  return neighbours.some((other) => other !== undefined && other !== value && other >> 32n === value >> 32n)
    ? 'an address of the same region as its pointers'
    : undefined;
}

function spelled(bytes: Uint8Array | undefined): bigint | undefined {
  if (bytes === undefined || bytes.length < 5 || bytes.length > 8) return undefined;
  // Printable text is text.
  if (bytes.every((byte) => byte >= 0x20 && byte < 0x7f)) return undefined;
  let value = 0n;
  for (let at = bytes.length - 1; at >= 0; at--) value = (value << 8n) | BigInt(bytes[at] ?? 0);
  return value;
}

function repeatedWord(snapshot: Snapshot, struct: TypedStruct): { value: Address; fields: TypedField[] } | undefined {
  const byValue = new Map<Address, TypedField[]>();
  for (const field of struct.fields) {
    if (field.value === undefined || field.value < smallestAddress || field.value >= largestAddress) continue;
    const list = byValue.get(field.value);
    if (list === undefined) byValue.set(field.value, [field]);
    else list.push(field);
  }
  for (const [value, fields] of byValue)
    if (fields.length >= manyFields && areStrangers(snapshot, value, fields)) return { value, fields };
  return undefined;
}

/** Where the first arenas lie on 64-bit systems up to Go 1.25 (runtime/malloc.go mallocinit); no C allocator takes memory there. */
const firstArenas = 0xc0n;

/** One word in fields that have nothing in common; two kinds of pointers may agree (begin and end), but not on the Go heap. */
function areStrangers(snapshot: Snapshot, value: Address, fields: readonly TypedField[]): boolean {
  const kinds = new Set(fields.map(kindOf));
  if (kinds.size < 2) return false;
  if (kinds.has('integer')) return true;
  return value >> 32n === firstArenas || placedInGo.has(classifyWord(snapshot, value).kind);
}

const placedInGo = new Set<WordKind>(['heap', 'own-stack', 'other-stack', 'span-not-in-use']);

/** What a field is to the debugger, as far as its printed value tells: an integer, a pointer to text, another pointer. */
function kindOf(field: TypedField): 'integer' | 'text' | 'pointer' {
  if (field.decimal === true) return 'integer';
  return field.bytes === undefined ? 'pointer' : 'text';
}

/** Signs in printed order; empty for a struct that looks as its fields say. */
export function staleSigns(snapshot: Snapshot, struct: TypedStruct): StaleSign[] {
  const signs: StaleSign[] = [];
  const repeated = repeatedWord(snapshot, struct);
  if (repeated !== undefined) {
    const [first] = repeated.fields;
    if (first !== undefined)
      signs.push({
        kind: 'same-word-everywhere',
        field: first.name,
        value: repeated.value,
        text: `${repeated.fields.length.toString()} fields of different kinds hold the same word ${formatAddress(repeated.value)}`,
        source: struct.source,
      });
  }
  for (const field of struct.fields) {
    if (field.decimal === true && field.value !== undefined && field.value !== repeated?.value) {
      const meaning = addressMeaning(snapshot, struct, field.value);
      if (meaning !== undefined)
        signs.push({
          kind: 'integer-is-address',
          field: field.name,
          value: field.value,
          text: `the integer ${field.name} is ${formatAddress(field.value)}, ${meaning}`,
          source: field.source,
        });
    }
    const value = spelled(field.bytes);
    const meaning = value === undefined ? undefined : addressMeaning(snapshot, struct, value);
    if (value !== undefined && meaning !== undefined && !signs.some((sign) => sign.value === value))
      signs.push({
        kind: 'text-is-address',
        field: field.name,
        value: toAddress(value),
        text: `the text behind ${field.name} spells ${formatAddress(value)}, ${meaning}`,
        source: field.source,
      });
  }
  return signs;
}
