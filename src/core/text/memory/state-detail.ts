/**
 * What a line of the allocator, sweeper or scheduler means: its form (the text with its numbers taken out) and its numbers by the
 * names that stand before them, as typed values. Forms of Go 1.9–1.27; undefined for a line that no rule asks for.
 */
import { toAddress } from '../../model/address.ts';
import type { StateDetail } from '../../model/complaint.ts';

/** The allocator and the sweeper, when a span's record contradicts itself (runtime/mgcsweep.go, mcache.go, mheap.go, lfstack.go). */
const spanRecord =
  /^(?:bad span s\.state|nelems=|s\.allocCount|mspan\.(?:sweep|ensureSwept)|mheap\.freeSpanLocked|failed mSpanList|lfstack\.push|taggedPointerPack|bad lfnode|p # flushGen|bad flushGen|P has cached|span has no free|marking free object)/;
const offSignalStack = /^signal # received but handler not on signal stack/;
/** `morestack on g0, stack [lo hi], sp=…, called from` since Go 1.22. */
const systemStack = /^morestack on g0, stack \[# #\],? sp=#/;
const splitOverflow = /^split stack overflow: # < #/;
const pointerStore = /^write of (?:unpinned )?Go pointer/;
const place = /called from$|^newstack at /;

type Numbers = Readonly<Record<string, bigint>>;

function countsOf(numbers: Numbers): { elements?: bigint; marked?: bigint; allocated?: bigint } {
  // `nelems=N nalloc=A previous allocCount=P nfreed=F`
  const { nelems, nalloc } = numbers;
  const allocated = numbers['allocCount'] ?? numbers['previous'];
  return {
    ...(nelems !== undefined && { elements: nelems }),
    ...(nalloc !== undefined && { marked: nalloc }),
    ...(allocated !== undefined && { allocated }),
  };
}

/** `form` as of `formOf`, `numbers` as of the same line. */
export function stateDetailOf(form: string, numbers: Numbers): StateDetail | undefined {
  if (spanRecord.test(form))
    return form.startsWith('nelems=') ? { kind: 'span-record', counts: countsOf(numbers) } : { kind: 'span-record' };
  const { n0, n1, sp } = numbers;
  if (offSignalStack.test(form))
    return n0 === undefined ? { kind: 'off-signal-stack' } : { kind: 'off-signal-stack', signal: n0 };
  if (systemStack.test(form) && n0 !== undefined && n1 !== undefined && sp !== undefined)
    return { kind: 'system-stack-bounds', lo: toAddress(n0), hi: toAddress(n1), sp: toAddress(sp) };
  // `split stack overflow: SP < LO`: the colon makes the first word of the pair a named number.
  const { overflow } = numbers;
  if (splitOverflow.test(form) && overflow !== undefined && n0 !== undefined)
    return { kind: 'split-overflow', sp: toAddress(overflow), lo: toAddress(n0) };
  if (pointerStore.test(form)) return { kind: 'pointer-store' };
  const bytes = form.includes('-byte block') ? Object.values(numbers)[0] : undefined;
  return bytes === undefined ? undefined : { kind: 'refused-block', bytes };
}

/** A line that ends in `called from` or begins with `newstack at` is followed by frames. */
export function framesFollow(form: string): boolean {
  return place.test(form);
}
