/** What an address is, for a sentence: a field, a slot of the write-barrier buffer, a stack, a span. */
import { formatAddress, toAddress, type Address } from '../model/address.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { TypedField, TypedStruct } from '../model/struct.ts';
import { architectureOf } from '../arch/index.ts';
import { classifyWord, regionsOf } from '../words/index.ts';
import { bufferSlot } from './write-barrier.ts';

/** Above a stack pointer this far, an address is taken for the same stack. */
const stackReach = 1n << 16n;

export interface FieldAt {
  struct: TypedStruct;
  field: TypedField;
}

/** The printed field that lies at `address`. */
export function fieldAt(snapshot: Snapshot, address: bigint): FieldAt | undefined {
  for (const struct of snapshot.structs ?? []) {
    if (struct.address === undefined) continue;
    for (const field of struct.fields)
      if (field.offset !== undefined && struct.address + BigInt(field.offset) === address) return { struct, field };
  }
  return undefined;
}

/** Address of a printed field, where its offset is known. */
export function addressOf({ struct, field }: FieldAt): Address | undefined {
  return struct.address === undefined || field.offset === undefined
    ? undefined
    : toAddress(struct.address + BigInt(field.offset));
}

/** A stack pointer shown at any step, that lies close below `address`. */
function stackPointerBelow(snapshot: Snapshot, address: bigint): bigint | undefined {
  const name = architectureOf(snapshot.process.arch)?.stackPointer;
  for (const set of snapshot.registers)
    for (const register of set.values)
      if (register.name === name && register.value <= address && address - register.value < stackReach) return register.value;
  return undefined;
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
