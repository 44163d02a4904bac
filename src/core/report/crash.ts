/** The crash of the report. */
import { formatAddress } from '../model/address.ts';
import { frameAt } from '../model/tables.ts';
import type * as contract from './contract.ts';
import { withoutBackticks, type ReportContext } from './facts.ts';
import { fingerprintOf } from './fingerprint.ts';
import { headlineOf } from './headline.ts';

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
