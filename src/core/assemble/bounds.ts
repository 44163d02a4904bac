/** Stacks and spans that the facts bound, and whose stacks those are. */
import type { Span, Stack } from '../model/memory.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { FactIndex } from './fact-index.ts';
import { spanOfStruct } from './printed-spans.ts';

/** A dump that was pasted twice prints the bounds of a stack twice. */
export function stacksOf(facts: FactIndex): Stack[] {
  const byBounds = new Map<string, Stack>();
  for (const { stack } of facts.of('stack-bounds')) {
    const key = `${stack.kind}:${stack.owner}:${String(stack.start)}:${String(stack.end)}`;
    if (!byBounds.has(key)) byBounds.set(key, stack);
  }
  return [...byBounds.values()];
}

export function spansOf(facts: FactIndex): Span[] {
  const spans = facts.of('span').map((fact) => fact.span);
  // In printed order: of one span that several tell of, the first counts.
  for (const fact of facts.all) {
    if (fact.kind === 'complaint' && fact.complaint.kind === 'bad-heap-pointer') {
      if (fact.complaint.span !== undefined) spans.push(fact.complaint.span);
      if (fact.complaint.object?.span !== undefined) spans.push(fact.complaint.object.span);
    } else if (fact.kind === 'object' && fact.object.span !== undefined) spans.push(fact.object.span);
    else if (fact.kind === 'struct') addPrinted(spans, spanOfStruct(fact.struct));
  }
  const seen = new Set<string>();
  return spans.filter((span) => {
    const key = `${String(span.base)}:${String(span.limit)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The complaint about the same span came first: what it says stays, what it does not say is added. */
function addPrinted(spans: Span[], printed: Span | undefined): void {
  if (printed === undefined) return;
  const same = spans.findIndex(({ base }) => base === printed.base);
  const told = spans[same];
  if (told === undefined) spans.push(printed);
  else spans[same] = { ...printed, ...told };
}

/** Printed bounds name no owner: the goroutine whose frames lie inside owns them. */
export function ownStacks(snapshot: Snapshot): void {
  const { goroutines, frames } = snapshot;
  const bounds = snapshot.stacks.filter((stack) => stack.owner === '');
  for (const complaint of snapshot.complaints) {
    const stack = complaint.kind === 'unexpected-return-pc' || complaint.kind === 'stack-limit' ? complaint.stack : undefined;
    if (stack === undefined || snapshot.stacks.some((known) => known.start === stack.lo)) continue;
    const owned = {
      kind: 'goroutine' as const,
      owner: '',
      start: stack.lo,
      end: stack.hi,
      known: 'printed' as const,
      source: complaint.source,
    };
    snapshot.stacks.push(owned);
    bounds.push(owned);
  }
  if (bounds.length === 0) return;
  for (let row = 0; row < goroutines.length; row++) {
    const sp = frames.sp[goroutines.frameStart[row] ?? 0] ?? 0n;
    const stack = sp === 0n ? undefined : bounds.find((one) => one.owner === '' && sp >= one.start && sp < one.end);
    if (stack !== undefined && (goroutines.frameEnd[row] ?? 0) > (goroutines.frameStart[row] ?? 0))
      stack.owner = (goroutines.id[row] ?? 0n).toString();
  }
}
