/** Printed structs as rows: each value with what it is, and what shows that the struct was never cleared. */
import { offsetBy, type Address } from '../model/address.ts';
import type { FieldRow, StructView } from '../model/session.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { TypedField, TypedStruct } from '../model/struct.ts';
import { fieldMeaning, fieldOffsets, staleSigns } from '../words/index.ts';

/** Structs and fields that are shown; more are counted. */
const mostStructs = 200;
const mostRows = 256;
const nearStack = 1n << 16n;

/** Values that a complaint or a stop is about: they are not merely odd in this struct. */
function badValues(snapshot: Snapshot): ReadonlySet<Address> {
  const bad = new Set<Address>();
  for (const complaint of snapshot.complaints) if (complaint.kind === 'bad-heap-pointer') bad.add(complaint.pointer);
  return bad;
}

/** What a value is in this struct, where nothing else says: an address close to the struct lies on the same stack or object. */
function meaningIn(snapshot: Snapshot, struct: TypedStruct, field: TypedField): FieldRow['meaning'] {
  const meaning = fieldMeaning(snapshot, field);
  if (meaning?.kind !== 'unknown' || field.value === undefined || struct.address === undefined) return meaning;
  const away = field.value - struct.address;
  if (away > nearStack || away < -nearStack) return meaning;
  const side = away < 0n ? `${(-away).toString()} bytes below` : `${away.toString()} bytes above`;
  return { kind: 'mapped', text: away === 0n ? 'the struct itself' : `${side} this struct`, target: field.value, inferred: true };
}

function viewOf(snapshot: Snapshot, struct: TypedStruct, bad: ReadonlySet<Address>): StructView {
  const signs = staleSigns(snapshot, struct);
  const everywhere = signs.find((one) => one.kind === 'same-word-everywhere');
  const offsets = fieldOffsets(snapshot, struct);
  const rows = struct.fields.slice(0, mostRows).map((field, index): FieldRow => {
    const place = offsets[index];
    const meaning = meaningIn(snapshot, struct, field);
    const own = signs.find((one) => one.field === field.name && one !== everywhere);
    const sign = own ?? (everywhere?.value === field.value ? everywhere : undefined);
    return {
      field,
      placeInferred: place?.inferred === true,
      bad: field.value !== undefined && bad.has(field.value),
      ...(place !== undefined && struct.address !== undefined && { address: offsetBy(struct.address, place.offset) }),
      ...(meaning !== undefined && { meaning }),
      ...(sign !== undefined && { sign: sign.text }),
    };
  });
  return { struct, rows, more: struct.fields.length - rows.length, ...(everywhere !== undefined && { sign: everywhere.text }) };
}

/** A print of one number is no struct: it stands among the registers and words. */
const isScalar = (struct: TypedStruct) => struct.fields.length === 1 && struct.fields[0]?.name === '';

export function structViews(snapshot: Snapshot): StructView[] {
  const structs = (snapshot.structs ?? []).filter((struct) => struct.fields.length > 0 && !isScalar(struct));
  if (structs.length === 0) return [];
  const bad = badValues(snapshot);
  return structs.slice(0, mostStructs).map((struct) => viewOf(snapshot, struct, bad));
}
