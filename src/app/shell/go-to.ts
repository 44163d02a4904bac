/** The search box: an address, a goroutine id, or a part of a function's name. Returns what to announce. */
import { formatAddress, parseAddress, toAddress } from '../../core/model/address.ts';
import { FrameFlag } from '../../core/model/goroutine.ts';
import type { Snapshot } from '../../core/model/snapshot.ts';
import { useCase } from '../stores/case-store.ts';
import { useSelection } from '../stores/selection-store.ts';
import { useView } from '../stores/view-store.ts';

/** First frame whose function contains `name`: in the selected goroutine, else in any. */
function findFrame(snapshot: Snapshot, name: string, owner: string): { goroutine: string; frameRow: number } | undefined {
  const { goroutines, frames, strings } = snapshot;
  const wanted = new Set<number>();
  for (const [index, text] of strings.entries()) if (text.toLowerCase().includes(name)) wanted.add(index);
  let found: { goroutine: string; frameRow: number } | undefined;
  for (let row = 0; row < goroutines.length; row++) {
    const goroutine = (goroutines.id[row] ?? 0n).toString();
    if (found !== undefined && goroutine !== owner) continue;
    for (let frame = goroutines.frameStart[row] ?? 0; frame < (goroutines.frameEnd[row] ?? 0); frame++) {
      if (!wanted.has(frames.functionName[frame] ?? 0)) continue;
      if (goroutine === owner) return { goroutine, frameRow: frame };
      found ??= { goroutine, frameRow: frame };
    }
  }
  return found;
}

function hasGoroutine(snapshot: Snapshot, id: string): boolean {
  const wanted = BigInt(id);
  return snapshot.goroutines.id.some((known) => known === wanted);
}

export function goTo(query: string): string {
  const text = query.trim();
  const { view, snapshot: index } = useCase.getState();
  const snapshot = view?.snapshots[index]?.snapshot;
  if (text === '' || snapshot === undefined) return 'Nothing to look for';
  const { follow, goroutine } = useSelection.getState();
  const id = /^(?:g:?|goroutine\s*)?(\d{1,19})$/i.exec(text)?.[1];
  if (id !== undefined && hasGoroutine(snapshot, id)) {
    follow({ goroutine: id }, 'list');
    return `Goroutine ${id}`;
  }
  const address = /^0x/i.test(text) || /^[0-9a-f]{8,16}$/i.test(text) ? parseAddress(text) : undefined;
  if (address !== undefined) {
    follow({ address }, 'list');
    if (useView.getState().tab === 'text') useView.getState().showTab('stack');
    return `Went to ${formatAddress(address)}`;
  }
  const frame = findFrame(snapshot, text.toLowerCase(), goroutine);
  if (frame === undefined) return `No goroutine, address or function is called ${text}`;
  const hasSp = ((snapshot.frames.flags[frame.frameRow] ?? 0) & FrameFlag.hasSp) !== 0;
  follow({ ...frame, ...(hasSp && { address: toAddress(snapshot.frames.sp[frame.frameRow] ?? 0n) }) }, 'list');
  if (useView.getState().tab === 'text') useView.getState().showTab('frames');
  return `Found in goroutine ${frame.goroutine}`;
}
