/** What the case says about the machine: the kernel's release and complaints, from any of its documents. */
import type { CrashEvent } from '../../model/event.ts';
import type { KernelComplaint } from '../../model/reason.ts';
import type { SystemFact } from '../../model/system.ts';
import type { RuleContext } from '../rule.ts';
import { detailOf } from './reasons.ts';
import { troubleOf, type Trouble } from './trouble.ts';

export interface Kernel {
  release: string;
  /** [5, 3, 7]; the patch is 0 where it is not printed. */
  version: readonly [number, number, number];
  fact: SystemFact;
}

export function systemFacts(context: RuleContext): SystemFact[] {
  return context.all.flatMap((snapshot) => snapshot.system ?? []);
}

/** The first release that the case names; undefined when it names several different ones. */
export function kernelOf(context: RuleContext): Kernel | undefined {
  let found: Kernel | undefined;
  for (const fact of systemFacts(context)) {
    if (fact.kind !== 'kernel') continue;
    if (found !== undefined && found.release !== fact.release) return undefined;
    const match = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(fact.release);
    if (match === null) continue;
    found = { release: fact.release, version: [Number(match[1]), Number(match[2]), Number(match[3] ?? '0')], fact };
  }
  return found;
}

/** -1, 0 or 1. */
export function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

export interface KernelNote {
  event: CrashEvent;
  complaint: KernelComplaint;
}

export function kernelNotes(context: RuleContext): KernelNote[] {
  return context.all.flatMap((snapshot) =>
    snapshot.events.flatMap((event) => {
      const complaint = detailOf(event, 'kernel')?.complaint;
      return complaint === undefined ? [] : [{ event, complaint }];
    }),
  );
}

/** Memory trouble that has no cause of its own in the dump: what a fault of the machine or the kernel looks like. */
export function unexplainedTrouble(context: RuleContext): Trouble | undefined {
  const trouble = troubleOf(context);
  return trouble === undefined || trouble.explained || trouble.kind === 'panic' || trouble.kind === 'other' ? undefined : trouble;
}
