/** Values inside typed reasons, as the text readers filled them in. */
import type { CrashEvent } from '../../model/event.ts';
import type { ReasonDetail } from '../../model/reason.ts';

type DetailOf<K extends ReasonDetail['kind']> = Extract<ReasonDetail, { kind: K }>;

/** The detail of an event where it is of this kind. */
export function detailOf<K extends ReasonDetail['kind']>(event: CrashEvent | undefined, kind: K): DetailOf<K> | undefined {
  const detail = event?.detail;
  const isKind = (one: ReasonDetail): one is DetailOf<K> => one.kind === kind;
  return detail !== undefined && isKind(detail) ? detail : undefined;
}

/** A value that the runtime panicked with by itself (runtime.Error), also where its text is of no known class. */
export function isRuntimeError(event: CrashEvent): boolean {
  return detailOf(event, 'runtime-error') !== undefined;
}
