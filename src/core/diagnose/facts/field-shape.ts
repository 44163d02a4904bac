/** What a field of a dumped object can be: by the words behind it, and by the types that a debugger printed. */
import type { ObjectDump } from '../../model/memory.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { code } from './wording.ts';

/** Longer than what one object of a dump refers to. */
const longest = 1n << 32n;
/** Types named at most. */
const mostTypes = 3;

/** Words behind the pointer: a length and a capacity make it a slice's, a length alone a string's. */
function headerText(object: ObjectDump, offset: bigint, wordSize: number): string | undefined {
  // Addresses of 32 bits and lengths look alike.
  if (wordSize === 4) return undefined;
  const wordAfter = (words: number): bigint | undefined =>
    object.words.find((word) => BigInt(word.offset) === offset + BigInt(words * wordSize))?.value;
  const [length, capacity] = [wordAfter(1), wordAfter(2)];
  if (length === undefined || length === 0n || length >= longest) return undefined;
  if (capacity !== undefined && capacity >= length && capacity < longest)
    return `The words behind it, ${length.toString()} and ${capacity.toString()}, are a length and a capacity: the field is the start of a slice.`;
  return `The word behind it, ${length.toString()}, is a length: the field is the start of a string, or of a slice whose capacity is not shown.`;
}

/** Types of the case that have a pointer at this offset and fit into the object. */
function typesText({ layouts = [] }: Snapshot, object: ObjectDump, offset: bigint): string | undefined {
  const size = object.span?.elementSize;
  const fitting = layouts.flatMap((layout) => {
    if (layout.size !== undefined && size !== undefined && layout.size > size) return [];
    const field = layout.fields.find((one) => one.offset !== undefined && BigInt(one.offset) === offset);
    return field?.type.includes('*') === true ? [`${code(layout.type)} (field ${code(field.name)})`] : [];
  });
  if (fitting.length === 0) return undefined;
  return `Of the types in the case, ${fitting.slice(0, mostTypes).join(' or ')} has a pointer at this offset.`;
}

/** Sentences about the field at `offset` of the object; inferred. */
export function fieldShape(snapshot: Snapshot, object: ObjectDump, offset: bigint): string[] {
  return [typesText(snapshot, object, offset), headerText(object, offset, snapshot.memory.wordSize)].filter(
    (text) => text !== undefined,
  );
}
