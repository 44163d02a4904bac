/** The crash of the report, and the sentence that stands above everything. */
import { formatAddress } from '../model/address.ts';
import type { AnalysedSnapshot } from '../model/case.ts';
import { frameAt } from '../model/tables.ts';
import type * as contract from './contract.ts';
import { withoutBackticks, type ReportContext } from './facts.ts';
import { fingerprintOf } from './fingerprint.ts';

/** One sentence, code between backticks: the best finding's headline, or what the process said. */
export function headlineOf({ snapshot, findings }: AnalysedSnapshot): string {
  const best = findings[0];
  if (best !== undefined) return best.headline;
  const event = snapshot.crash === undefined ? undefined : snapshot.events[snapshot.crash.event];
  if (event !== undefined && event.text !== '') return event.text;
  return 'Nothing inconsistent in what was pasted';
}

export function reportCrash(context: ReportContext): contract.Report['crash'] {
  const { snapshot } = context.chosen;
  const { crash } = snapshot;
  if (crash === undefined) return undefined;
  const result: NonNullable<contract.Report['crash']> = {
    kind: crash.kind,
    headline: withoutBackticks(headlineOf(context.chosen)),
  };
  if (crash.signal !== undefined) result.signal = crash.signal;
  if (crash.code !== undefined) result.code = crash.code;
  if (crash.faultAddress !== undefined) result.faultAddress = formatAddress(crash.faultAddress);
  if (crash.pc !== undefined) result.pc = formatAddress(crash.pc);
  if (crash.goroutineId !== '') result.goroutine = crash.goroutineId;
  if (crash.victim !== undefined) result.victim = (snapshot.goroutines.id[crash.victim] ?? 0n).toString();
  if (crash.firstUserFrame !== undefined) {
    const frame = frameAt(context.tables, crash.firstUserFrame);
    if (frame.function !== undefined) {
      result.firstUserFrame = {
        function: frame.function,
        ...(frame.file !== undefined && { file: frame.file }),
        ...(frame.line !== undefined && { line: frame.line }),
      };
    }
  }
  if (crash.repeats !== undefined) result.repeats = crash.repeats;
  const fingerprint = fingerprintOf(snapshot);
  if (fingerprint !== undefined) result.fingerprint = fingerprint;
  return result;
}
