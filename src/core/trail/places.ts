/** What an address is, for a sentence: a field, a slot of the write-barrier buffer, a stack, a span. */
import { formatAddress, toAddress, type Address } from '../model/address.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { TypedField, TypedStruct } from '../model/struct.ts';
import { architectureOf } from '../arch/index.ts';
import { classifyWord, regionsOf } from '../words/index.ts';
import { registerValuesNamed } from '../model/register-sets.ts';
import { bufferSlot } from './write-barrier.ts';

/** Above a stack pointer this far, an address is taken for the same stack. */
const stackReach = 1n << 16n;

export interface FieldAt {
  struct: TypedStruct;
  field: TypedField;
}

const fieldsKept = new WeakMap<Snapshot, ReadonlyMap<bigint, FieldAt>>();

/** Printed fields by their addresses, the first of each. */
function fieldsOf(snapshot: Snapshot): ReadonlyMap<bigint, FieldAt> {
  const known = fieldsKept.get(snapshot);
  if (known !== undefined) return known;
  const fields = new Map<bigint, FieldAt>();
  for (const struct of snapshot.structs ?? []) {
    if (struct.address === undefined) continue;
    for (const field of struct.fields) {
      if (field.offset === undefined) continue;
      const at = struct.address + BigInt(field.offset);
      if (!fields.has(at)) fields.set(at, { struct, field });
    }
  }
  fieldsKept.set(snapshot, fields);
  return fields;
}

/** The printed field that lies at `address`. */
function fieldAt(snapshot: Snapshot, address: bigint): FieldAt | undefined {
  return fieldsOf(snapshot).get(address);
}

/** Address of a printed field, where its offset is known. */
export function addressOf({ struct, field }: FieldAt): Address | undefined {
  return struct.address === undefined || field.offset === undefined
    ? undefined
    : toAddress(struct.address + BigInt(field.offset));
}

interface StackPointers {
  /** Ascending, each once. */
  values: readonly Address[];
  /** Which of them was printed first, second and so on. */
  printed: readonly number[];
}

const pointersKept = new WeakMap<Snapshot, StackPointers>();

function stackPointers(snapshot: Snapshot): StackPointers {
  const known = pointersKept.get(snapshot);
  if (known !== undefined) return known;
  const name = architectureOf(snapshot.process.arch)?.stackPointer;
  const distinct = name === undefined ? [] : [...new Set(registerValuesNamed(snapshot.registers, name))];
  const printed = Array.from(distinct.keys()).sort((a, b) => {
    const [one, two] = [distinct[a] ?? 0n, distinct[b] ?? 0n];
    return one < two ? -1 : one > two ? 1 : 0;
  });
  const pointers = { values: printed.flatMap((index) => distinct[index] ?? []), printed };
  pointersKept.set(snapshot, pointers);
  return pointers;
}

/** The first printed stack pointer, of any step, that lies close below `address`. */
function stackPointerBelow(snapshot: Snapshot, address: bigint): bigint | undefined {
  const { values, printed } = stackPointers(snapshot);
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0n) <= address) low = middle + 1;
    else high = middle;
  }
  let best: number | undefined;
  for (let at = low - 1; at >= 0 && address - (values[at] ?? 0n) < stackReach; at--)
    if (best === undefined || (printed[at] ?? 0) < (printed[best] ?? 0)) best = at;
  return best === undefined ? undefined : values[best];
}

/** ', slot 341 of p.wbBuf (old contents; Go 1.20)' and the like; '' when nothing more is known of the address. */
export function placeWords(snapshot: Snapshot, address: bigint): string {
  const buffer = bufferSlot(snapshot, address);
  if (buffer !== undefined && (buffer.slot === undefined || buffer.version === undefined)) return 'in p.wbBuf';
  if (buffer?.slot !== undefined && buffer.version !== undefined) {
    const half = buffer.old === undefined ? '' : buffer.old ? 'the old contents of a pair; ' : 'the new value of a pair; ';
    return `slot ${buffer.slot.toString()} of p.wbBuf (${half}Go ${buffer.version})`;
  }
  const field = fieldAt(snapshot, address);
  if (field !== undefined) return `the field ${field.field.name} of ${field.struct.expression}`;
  if (regionsOf(snapshot).spanAt(address) !== undefined) return classifyWord(snapshot, address).text;
  const complaint = snapshot.complaints.find(
    (one) =>
      one.kind === 'bad-heap-pointer' && one.span?.limit !== undefined && address >= one.span.base && address < one.span.limit,
  );
  if (complaint !== undefined) return 'the span that the pointer leads to';
  const pointer = stackPointerBelow(snapshot, address);
  if (pointer !== undefined)
    return `a stack, ${formatAddress(address - pointer)} above its stack pointer ${formatAddress(pointer)}`;
  const meaning = classifyWord(snapshot, address);
  return ['unknown', 'unmapped', 'small-integer', 'float'].includes(meaning.kind) ? '' : meaning.text;
}
