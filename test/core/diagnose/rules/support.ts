/** Shorthands for tests of plain rules: panics and fatal errors with the frames that the runtime prints. */
import type { Conclusion, Rule } from '../../../../src/core/diagnose/rule.ts';
import type { CrashEvent } from '../../../../src/core/model/event.ts';
import { makeSnapshot, type BuiltSnapshot } from '../../../support/snapshot.ts';
import type { FrameSpec, SnapshotSpec } from '../../../support/snapshot-spec.ts';

export type EventSpec = Omit<CrashEvent, 'source'>;

export const panicFrame: FrameSpec = { function: 'panic', file: '/usr/local/go/src/runtime/panic.go', line: 884 };

export function user(name: string, line = 10, args?: string): FrameSpec {
  return { function: name, file: '/src/app/main.go', line, ...(args === undefined ? {} : { arguments: args }) };
}

export function library(name: string, args?: string): FrameSpec {
  const path = name.slice(0, name.indexOf('.', name.lastIndexOf('/') + 1));
  return { function: name, file: `/usr/local/go/src/${path}/x.go`, line: 1, ...(args === undefined ? {} : { arguments: args }) };
}

/** A crash with these events; the last one names the death. */
export function crashed(events: EventSpec[], frames: FrameSpec[], more: SnapshotSpec = {}): BuiltSnapshot {
  const last = events[events.length - 1];
  const kind = last?.kind === 'panic' ? 'panic' : last?.kind === 'signal' ? 'signal' : 'fatal-error';
  return makeSnapshot({ events, frames, ...more, crash: { kind, event: events.length - 1, ...more.crash } });
}

export function panicked(text: string, category: NonNullable<CrashEvent['category']>, ...frames: FrameSpec[]): BuiltSnapshot {
  return crashed([{ kind: 'panic', text, category }], frames.length > 0 ? frames : [user('main.work')]);
}

export function fatal(text: string, category: NonNullable<CrashEvent['category']>, ...frames: FrameSpec[]): BuiltSnapshot {
  return crashed([{ kind: 'fatal-error', text, category }], frames.length > 0 ? frames : [user('main.work')]);
}

export function only(rule: Rule, built: BuiltSnapshot): Conclusion {
  const conclusions = rule.examine(built.context);
  const [first] = conclusions;
  if (first === undefined || conclusions.length > 1) throw new Error(`${rule.id}: ${String(conclusions.length)} conclusions`);
  return first;
}

export function statements(conclusion: Conclusion): string {
  return conclusion.evidence.map((evidence) => evidence.statement).join('\n');
}

/** The text under the first piece of evidence: what a click on it shows. */
export function quoted(built: BuiltSnapshot, conclusion: Conclusion, index = 0): string {
  const source = conclusion.evidence[index]?.source;
  const bytes = built.documents[0]?.bytes;
  return source === undefined || bytes === undefined ? '' : new TextDecoder().decode(bytes.subarray(source.start, source.end));
}
