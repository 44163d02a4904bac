/**
 * "Nothing wrong" is an answer: what the whole case allowed to look at, and what it did not. The rules say what each of them checked;
 * this adds what no single rule knows.
 */
import type { AnalysedSnapshot } from '../model/case.ts';
import { FrameFlag } from '../model/goroutine.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { goroutineRows } from './facts/goroutines.ts';
import { count } from './facts/wording.ts';

function reasonSentence({ crash, events }: Snapshot): string | undefined {
  if (crash !== undefined) return undefined;
  const died = events.some((event) => event.kind !== 'log' && event.kind !== 'stop' && event.kind !== 'watchpoint');
  return died ? undefined : 'Ordinary reasons: no panic, fatal error, signal or race report is in the text.';
}

function goroutineSentence(snapshot: Snapshot): string | undefined {
  const rows = goroutineRows(snapshot);
  if (rows.length === 0 || snapshot.crash !== undefined) return undefined;
  return `Goroutines: ${count(rows.length, 'goroutine')} read; the text gives no reason for a crash.`;
}

function hasPlaces({ frames }: Snapshot): boolean {
  const placed = FrameFlag.hasSp | FrameFlag.hasFp;
  return frames.flags.some((flags) => (flags & placed) === placed);
}

/** Sentences about what could not be checked, with what would allow it. */
function missing(snapshot: Snapshot): string[] {
  const sentences: string[] = [];
  if (snapshot.frames.length > 0 && !hasPlaces(snapshot))
    sentences.push('Places of frames; they are printed with `GOTRACEBACK=system`.');
  if (snapshot.memory.addresses.length === 0) sentences.push('The words of the stack; the case shows none (gdb: `x/64gx $sp`).');
  if (snapshot.mappings.length === 0)
    sentences.push('Whether addresses are mapped; the case lists no mappings (gdb: `info proc mappings`).');
  if (snapshot.registers.length === 0) sentences.push('The registers; the case shows none (gdb: `info registers`).');
  return sentences;
}

/** Adds the overview to a snapshot without findings; others speak for themselves. */
export function withOverview(analysed: AnalysedSnapshot): AnalysedSnapshot {
  const { snapshot, findings, checked } = analysed;
  if (findings.length > 0) return analysed;
  const looked = [reasonSentence(snapshot), goroutineSentence(snapshot)].filter((one) => one !== undefined);
  return { snapshot, findings, checked: [...looked, ...checked], unchecked: missing(snapshot) };
}
