/** Printed structs that lie on a drawn stack, outside its frames: C locals beside the runtime's system stack. */
import { toAddress } from '../model/address.ts';
import type { StackBand, StackRow } from '../model/picture.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { TypedStruct } from '../model/struct.ts';
import { classifyWord, placedFields } from '../words/index.ts';

/** Structs this far from the frames are taken for the same stack (Linux maps thread stacks far wider). */
const reach = 1n << 16n;
const mostStructs = 8;

function bandOf(snapshot: Snapshot, owner: string, struct: TypedStruct): StackBand | undefined {
  const step = BigInt(snapshot.memory.wordSize);
  const rows = placedFields(snapshot, struct)
    .filter(({ address }) => address % step === 0n)
    .map(({ field, address }): StackRow => {
      const row: StackRow = {
        address,
        role: 'unknown',
        verdict: 'none',
        field: field.name,
        pointedBy: [],
        source: field.source,
      };
      if (field.value === undefined) return row;
      row.value = field.value;
      row.meaning = classifyWord(snapshot, field.value, owner);
      const complained = snapshot.complaints.some((one) => one.kind === 'bad-heap-pointer' && one.pointer === field.value);
      if (complained) row.verdict = 'bogus';
      return row;
    });
  const [first] = rows;
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const name = struct.type === '' ? struct.expression : `${struct.expression}, ${struct.type}`;
  return {
    frameRow: -1,
    function: name,
    struct: struct.expression,
    inlined: [],
    kind: 'cgo',
    user: false,
    start: first.address,
    end: toAddress(last.address + step),
    placed: 'printed',
    rows,
    gaps: [],
    source: struct.source,
  };
}

/** `bands` and those of the structs near them, ascending. A struct inside a frame is that frame's business. */
export function withStructs(snapshot: Snapshot, owner: string, bands: readonly StackBand[]): StackBand[] {
  const all = [...bands];
  const [first] = bands;
  const last = bands.at(-1);
  if (first === undefined || last === undefined) return all;
  let added = 0;
  for (const struct of snapshot.structs ?? []) {
    const { address } = struct;
    if (address === undefined || added >= mostStructs || address + reach < first.start || address > last.end + reach) continue;
    const band = bandOf(snapshot, owner, struct);
    if (band === undefined || all.some((one) => band.start < one.end && band.end > one.start)) continue;
    all.push(band);
    added++;
  }
  return added === 0 ? all : all.sort((a, b) => (a.start < b.start ? -1 : 1));
}
