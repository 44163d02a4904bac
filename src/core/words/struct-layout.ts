/** Where the fields of a printed struct lie. */
import { toAddress, type Address } from '../model/address.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { TypedField, TypedStruct } from '../model/struct.ts';

/** Integers from here on need more than four bytes. */
const fourBytes = 1n << 32n;

/** A pointer, or an integer that needs more than four bytes. Hexadecimal means a pointer only where other fields are decimal. */
function isWord(field: TypedField, mixed: boolean): boolean {
  if (field.value === undefined || /[.[]/.test(field.name)) return false;
  if (field.value >= fourBytes) return true;
  return field.decimal !== true && (mixed || field.symbol !== undefined);
}

/** Offsets of the leading fields: printed ones, else 8 bytes each as long as every field before is a whole word. */
export function fieldOffsets(snapshot: Snapshot, struct: TypedStruct): { offset: number; inferred: boolean }[] {
  const offsets: { offset: number; inferred: boolean }[] = [];
  const mixed = struct.fields.some((field) => field.decimal === true);
  for (const [index, field] of struct.fields.entries()) {
    const before = struct.fields[index - 1];
    const last = offsets.at(-1);
    if (field.offset !== undefined) offsets.push({ offset: field.offset, inferred: false });
    else if (snapshot.memory.wordSize !== 8) break;
    else if (before === undefined) offsets.push({ offset: 0, inferred: true });
    else if (last === undefined || !isWord(before, mixed)) break;
    else offsets.push({ offset: last.offset + 8, inferred: true });
  }
  return offsets;
}

/** Where the fields of a struct lie, for those whose places are known. */
export function placedFields(
  snapshot: Snapshot,
  struct: TypedStruct,
): { field: TypedField; address: Address; inferred: boolean }[] {
  const { address } = struct;
  if (address === undefined) return [];
  return fieldOffsets(snapshot, struct).flatMap(({ offset, inferred }, index) => {
    const field = struct.fields[index];
    return field === undefined ? [] : [{ field, address: toAddress(address + BigInt(offset)), inferred }];
  });
}
