/** Registers, mappings, spans, objects and conflicts as table rows. */
import type { Snapshot } from '../../../core/model/snapshot.ts';
import type { FactRow } from './fact-table.tsx';

function hex(value: bigint | undefined): string {
  return value === undefined ? '' : `0x${value.toString(16)}`;
}

function size(bytes: bigint): string {
  if (bytes >= 1n << 20n) return `${(bytes >> 20n).toLocaleString('en-US')} MiB`;
  if (bytes >= 1024n) return `${(bytes >> 10n).toLocaleString('en-US')} KiB`;
  return `${bytes.toLocaleString('en-US')} B`;
}

export function registerRows(snapshot: Snapshot): FactRow[] {
  return snapshot.registers.flatMap((set, index) =>
    set.values.map((register) => ({
      key: `${index}${register.name}`,
      cells: [register.name.toUpperCase(), hex(register.value), set.origin, set.frame === 0 ? '' : `frame ${set.frame}`],
      source: register.source,
    })),
  );
}

export function mappingRows(snapshot: Snapshot): FactRow[] {
  return snapshot.mappings.map((mapping, index) => ({
    key: `${index}`,
    cells: [
      hex(mapping.start),
      hex(mapping.end),
      size(mapping.end - mapping.start),
      mapping.permissions ?? '',
      mapping.file ?? '',
    ],
    source: mapping.source,
  }));
}

export function spanRows(snapshot: Snapshot): FactRow[] {
  return snapshot.spans.map((span, index) => ({
    key: `${index}`,
    cells: [
      hex(span.base),
      hex(span.limit),
      span.state ?? '',
      span.elementSize === undefined ? '' : `${span.elementSize} B`,
      span.spanClass === undefined ? '' : span.spanClass.toString(),
    ],
    source: span.source,
    bad: span.state === 'free' || span.state === 'dead',
  }));
}

export function objectRows(snapshot: Snapshot): FactRow[] {
  return snapshot.objects.map((object, index) => ({
    key: `${index}`,
    cells: [object.label, hex(object.base), `${object.words.length} words`],
    source: object.source,
  }));
}

export function conflictRows(snapshot: Snapshot): FactRow[] {
  return snapshot.memory.conflicts.flatMap((conflict) =>
    conflict.words.map((word, index) => ({
      key: `${hex(conflict.address)}${index}`,
      cells: [hex(conflict.address), hex(word.value), `step ${word.step}`],
      source: word.source,
      bad: true,
    })),
  );
}

export function unreadableRows(snapshot: Snapshot): FactRow[] {
  return snapshot.memory.unreadable.map((one, index) => ({ key: `${index}`, cells: [hex(one.address)], source: one.source }));
}
