/** Spans that a debugger printed as structs: `p/x *…spans[5]`, `print %x *…spans[5]` (runtime/mheap.go mspan). */
import { offsetBy } from '../model/address.ts';
import type { Span, SpanState } from '../model/memory.ts';
import type { TypedStruct } from '../model/struct.ts';

/** runtime/malloc.go _PageSize. */
const pageBytes = 8192n;
/** runtime/mheap.go mSpanState. */
const states: readonly SpanState[] = ['dead', 'in-use', 'manual'];

/** The span that `struct` is, by the fields that only an mspan has together. */
export function spanOfStruct({ fields, source }: TypedStruct): Span | undefined {
  const value = (...names: string[]) => fields.find((field) => names.includes(field.name))?.value;
  const base = value('startAddr');
  const pages = value('npages');
  const size = value('elemsize');
  if (base === undefined || pages === undefined || size === undefined || base === 0n) return undefined;
  const state = value('state.s.value', 'state.s', 'state');
  const known = state === undefined ? undefined : states[Number(state)];
  const freeIndex = value('freeindex');
  const spanClass = value('spanclass');
  return {
    base,
    limit: offsetBy(base, pages * pageBytes),
    elementSize: Number(size),
    ...(known !== undefined && { state: known }),
    ...(freeIndex !== undefined && { freeIndex: Number(freeIndex) }),
    ...(spanClass !== undefined && { spanClass: Number(spanClass) }),
    source,
  };
}
