/** The case in two lines: what died of what, and which process it was. */
import type { Snapshot } from '../../core/model/snapshot.ts';
import type { CaseView } from '../../worker/protocol.ts';

const crashWords: Record<string, string> = {
  panic: 'panic',
  'fatal-error': 'fatal error',
  throw: 'fatal error',
  signal: 'signal',
  exception: 'exception',
  race: 'data race',
  timeout: 'timeout',
  dump: 'goroutine dump',
};

/** Characters of a printed reason that fit the header. */
const reasonLimit = 80;

function reason(snapshot: Snapshot): string {
  const { crash, events } = snapshot;
  if (crash === undefined) return '';
  if (crash.signal !== undefined && crash.signal !== '') return crash.signal;
  const text = events[crash.event]?.text.split('\n')[0] ?? '';
  const word = crashWords[crash.kind] ?? crash.kind;
  if (text === '') return word;
  return text.length > reasonLimit ? `${word}: ${text.slice(0, reasonLimit - 1)}…` : `${word}: ${text}`;
}

export function caseTitle(view: CaseView, snapshot: Snapshot | undefined): string {
  const documents = view.documents.map((document) => document.name);
  const name =
    snapshot?.process.module ?? (documents.length > 1 ? `${documents[0] ?? ''} and ${documents.length - 1} more` : documents[0]);
  const died = snapshot === undefined ? '' : reason(snapshot);
  return [name ?? '', died].filter((part) => part !== '').join(': ');
}

export function processLine(snapshot: Snapshot, goroutine: string): string {
  const { goVersion, goVersionRange, os, arch, pid } = snapshot.process;
  const [from, to] = goVersionRange ?? [null, null];
  const range =
    from !== null && to !== null
      ? from === to
        ? `Go ${from}`
        : `Go ${from} to ${to}`
      : from !== null
        ? `Go ${from} or later`
        : to !== null
          ? `Go up to ${to}`
          : '';
  const platform = [os, arch].filter((part) => part !== undefined).join('/');
  const isNumber = /^\d+$/.test(goroutine);
  return [
    goVersion === undefined ? range : `Go ${goVersion}`,
    platform,
    pid === undefined ? '' : `process ${pid}`,
    goroutine === '' ? '' : isNumber ? `goroutine ${goroutine}` : goroutine,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
