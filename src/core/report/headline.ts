/** The sentence that stands above everything, code between backticks. */
import type { AnalysedSnapshot } from '../model/case.ts';
import { isUserFunction } from '../model/function-name.ts';
import { code } from '../model/quote.ts';
import type { Snapshot } from '../model/snapshot.ts';

export const nothingInconsistent = 'Nothing inconsistent in what was pasted';

function userFunctionOf(snapshot: Snapshot): string | undefined {
  const row = snapshot.crash?.firstUserFrame;
  if (row === undefined) return undefined;
  const name = snapshot.strings[snapshot.frames.functionName[row] ?? 0];
  return isUserFunction(name, snapshot.strings[snapshot.frames.file[row] ?? 0]) ? name : undefined;
}

function reasonOf(snapshot: Snapshot): string | undefined {
  const event = snapshot.crash === undefined ? undefined : snapshot.events[snapshot.crash.event];
  const text = event?.text ?? snapshot.crash?.signal;
  return text === undefined || text.trim() === '' ? undefined : code(text);
}

/** The best finding's headline; else what the process said when it died; else that nothing is inconsistent. */
export function headlineOf(analysed: Pick<AnalysedSnapshot, 'snapshot' | 'findings'>): string {
  const best = analysed.findings[0];
  if (best !== undefined) return best.headline;
  const reason = reasonOf(analysed.snapshot);
  if (reason === undefined) return nothingInconsistent;
  const user = userFunctionOf(analysed.snapshot);
  const where = user === undefined ? '' : ` under ${code(user)}`;
  return `The process died${where} with ${reason}; nothing else in the paste is inconsistent`;
}
