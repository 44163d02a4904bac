/** The boxes under bad slots: expected against found, in the shortest true words. */
import { formatAddress, toAddress } from '../model/address.ts';
import type { ChainLink } from '../model/chain.ts';
import type { Finding } from '../model/finding.ts';
import { shortFunctionName } from '../model/function-name.ts';
import type { StackCallout } from '../model/picture.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { classifyWord } from '../words/index.ts';
import type { OwnedStack } from './owner.ts';

function findingFor(findings: readonly Finding[], value: bigint): Finding | undefined {
  return findings.find((finding) => finding.bogus.some((bogus) => bogus.value === value));
}

function withFinding(callout: StackCallout, findings: readonly Finding[], value: bigint): StackCallout {
  const finding = findingFor(findings, value);
  if (finding === undefined) return callout;
  callout.finding = finding.id;
  const { culprit } = finding;
  if (culprit !== undefined)
    callout.found += culprit.inferred
      ? `; \`${shortFunctionName(culprit.function)}\` may have left it`
      : `, and \`${shortFunctionName(culprit.function)}\` left it`;
  return callout;
}

/** Title of the box at the first word of a run of foreign bytes; that word itself may lie where it belongs. */
export const overwriteTitle = 'Overwritten from here';

/** Where runs of foreign bytes start, as far as they start on this stack; `taken`: slots that have a box of their own. */
function overwrites(owned: OwnedStack, findings: readonly Finding[], taken: ReadonlySet<bigint>): StackCallout[] {
  return findings.flatMap((finding): StackCallout[] => {
    const run = finding.overwrite;
    if (run === undefined || taken.has(run.start)) return [];
    const inside = owned.frames.some((frame) => run.start >= frame.sp && run.start < frame.fp);
    if (!inside) return [];
    const bytes = (run.end - run.start).toString();
    const every = run.stride === 1 ? '' : `, one every ${run.stride.toString()} bytes`;
    const found = `${run.what}${every}: ${bytes} bytes, up to \`${formatAddress(run.end)}\``;
    return [{ address: run.start, title: overwriteTitle, found, finding: finding.id }];
  });
}

export function calloutsOf(
  snapshot: Snapshot,
  owned: OwnedStack,
  links: readonly ChainLink[],
  findings: readonly Finding[],
): StackCallout[] {
  const callouts: StackCallout[] = [];
  const bySlot = new Map(links.map((link) => [link.slot as bigint, link]));
  for (const link of links) {
    if (link.verdict !== 'bogus' || link.value === undefined) continue;
    const callout: StackCallout = {
      address: link.slot,
      title: 'Chain breaks here',
      found: `\`${formatAddress(link.value)}\`: ${link.reason ?? 'not a frame pointer'}`,
    };
    if (link.expected !== undefined) {
      const next = bySlot.get(link.expected)?.frame;
      callout.expected = `\`${formatAddress(link.expected)}\`${next === undefined ? '' : `, the frame of \`${shortFunctionName(next)}\``}`;
    }
    callouts.push(withFinding(callout, findings, link.value));
  }
  for (const complaint of snapshot.complaints) {
    if (complaint.kind === 'unexpected-return-pc') {
      const frame = owned.frames.find(
        (one) => complaint.frame === undefined || (one.sp === complaint.frame.sp && one.fp === complaint.frame.fp),
      );
      const slot = frame?.returnSlot;
      if (slot === undefined || callouts.some((known) => known.address === slot)) continue;
      const meaning = classifyWord(snapshot, complaint.value, owned.owner);
      callouts.push(
        withFinding(
          {
            address: slot,
            title: 'Return address replaced',
            expected: `a code address in the caller of \`${shortFunctionName(complaint.function)}\``,
            found: `\`${formatAddress(complaint.value)}\`: ${meaning.kind === 'unknown' ? 'no known code' : meaning.text}`,
          },
          findings,
          complaint.value,
        ),
      );
    } else if (complaint.kind === 'bad-frame-pointer-word') {
      const inside = owned.frames.some((frame) => complaint.at >= frame.sp && complaint.at < frame.fp);
      if (!inside) continue;
      callouts.push(
        withFinding(
          {
            address: toAddress(complaint.at),
            title: 'Not a pointer',
            expected: 'a pointer or nil',
            found: `\`${formatAddress(complaint.value)}\` in a slot that the stack map calls a pointer`,
          },
          findings,
          complaint.value,
        ),
      );
    }
  }
  callouts.push(...overwrites(owned, findings, new Set(callouts.map((callout) => callout.address as bigint))));
  return callouts;
}
