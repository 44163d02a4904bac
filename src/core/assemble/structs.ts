/** Printed structs put together with printed layouts: where each field lies. */
import { plainTypeName, type TypedStruct, type TypeLayout } from '../model/struct.ts';

/** Sizes of C types on 64-bit Linux; Go's fixed types as gdb names them. */
const sizes: Record<string, number> = {
  char: 1,
  'signed char': 1,
  'unsigned char': 1,
  int8_t: 1,
  uint8_t: 1,
  bool: 1,
  _Bool: 1,
  int8: 1,
  uint8: 1,
  short: 2,
  'unsigned short': 2,
  int16_t: 2,
  uint16_t: 2,
  int16: 2,
  uint16: 2,
  'unsigned int': 4,
  unsigned: 4,
  int32_t: 4,
  uint32_t: 4,
  float: 4,
  int32: 4,
  uint32: 4,
  float32: 4,
  long: 8,
  'unsigned long': 8,
  'long long': 8,
  'unsigned long long': 8,
  int64_t: 8,
  uint64_t: 8,
  size_t: 8,
  ssize_t: 8,
  double: 8,
  uintptr_t: 8,
  intptr_t: 8,
  int64: 8,
  uint64: 8,
  uintptr: 8,
  float64: 8,
};

function sizeOf(type: string, go: boolean): number | undefined {
  const plain = type.replace(/\b(?:const|volatile) /g, '').trim();
  if (/\*$|\(\*\)/.test(plain)) return 8;
  // Go's int is a word, C's is four bytes; gdb names both `int`.
  if (plain === 'int' || plain === 'uint') return go ? 8 : 4;
  return sizes[plain];
}

/** Offsets by natural alignment, as far as every type before is known: `ptype` without `/o` prints none. */
function layOut(layout: TypeLayout): void {
  let at = 0;
  for (const field of layout.fields) {
    if (field.offset !== undefined) return;
    const size = sizeOf(field.type, layout.type.includes('.'));
    if (size === undefined) return;
    at = Math.ceil(at / size) * size;
    field.offset = at;
    field.size = size;
    at += size;
  }
}

/** Gives the top-level fields of each struct their offsets, where a layout of its type or of exactly its fields was printed. */
export function placeFields(structs: readonly TypedStruct[], layouts: readonly TypeLayout[]): void {
  layouts.forEach(layOut);
  for (const struct of structs) {
    if (struct.address === undefined) continue;
    const names = new Set(struct.fields.map((field) => field.name.replace(/[.[].*$/, '')));
    const layout =
      (struct.type === '' ? undefined : layouts.find((one) => plainTypeName(one.type) === plainTypeName(struct.type))) ??
      layouts.find((one) => one.fields.length === names.size && one.fields.every((field) => names.has(field.name)));
    if (layout === undefined) continue;
    if (struct.type === '') struct.type = layout.type;
    for (const field of struct.fields) {
      const place = layout.fields.find((one) => one.name === field.name);
      if (place?.offset !== undefined) field.offset = place.offset;
    }
  }
}
