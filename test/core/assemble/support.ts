/** Short texts through the whole core, looked at as snapshots. */
import { analyse } from '../../../src/core/index.ts';
import type { Snapshot } from '../../../src/core/model/snapshot.ts';
import { frameAt } from '../../../src/core/model/tables.ts';

export async function snapshotsOf(...texts: string[]): Promise<Snapshot[]> {
  const encoder = new TextEncoder();
  const parts = texts.map((text, index) => ({ name: `${index.toString()}.txt`, bytes: encoder.encode(text) }));
  return (await analyse(parts)).snapshots.map(({ snapshot }) => snapshot);
}

export async function snapshotOf(...texts: string[]): Promise<Snapshot> {
  const [first] = await snapshotsOf(...texts);
  if (first === undefined) throw new Error('no snapshot');
  return first;
}

export function functionAt(snapshot: Snapshot, row: number | undefined): string | undefined {
  return row === undefined ? undefined : frameAt({ ...snapshot, documents: [] }, row).function;
}

export function idAt(snapshot: Snapshot, row: number | undefined): string | undefined {
  return row === undefined ? undefined : snapshot.goroutines.id[row]?.toString();
}

/** A goroutine block of user frames without places: `goroutineText(7, 'running', 'main.f', 'main.main')`. */
export function goroutineText(id: number, status: string, ...functions: string[]): string {
  const frames = functions.map((name, index) => `${name}()\n\t/src/app/main.go:${(10 + index).toString()} +0x1d`);
  return [`goroutine ${id.toString()} [${status}]:`, ...frames, ''].join('\n');
}

export function panicText(reason: string, id: number, ...functions: string[]): string {
  return `panic: ${reason}\n\n${goroutineText(id, 'running', ...functions)}`;
}
