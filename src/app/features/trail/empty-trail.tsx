import type { SnapshotView } from '../../../worker/protocol.ts';
import { useSelection } from '../../stores/selection-store.ts';
import { Command } from '../../ui/copy-button.tsx';

/** The word to watch: the one that is asked for, a bad pointer's place, the selected one, a saved frame pointer. */
function watched(view: SnapshotView, selected: bigint | undefined): string {
  for (const finding of view.findings)
    for (const { at } of finding.bogus) if (typeof at === 'bigint') return `0x${at.toString(16)}`;
  const links = view.snapshot.chains.flatMap((chain) => chain.links);
  const slot = selected ?? links.find((link) => link.verdict === 'bogus')?.slot ?? links[0]?.slot;
  return slot === undefined ? '$sp' : `0x${slot.toString(16)}`;
}

/** What would make a trail, as commands. */
export function EmptyTrail({ view }: { view: SnapshotView }) {
  const selected = useSelection((state) => state.address);
  const asked = view.session.questions.open.find((request) => request.runs === true)?.gdb;
  const place = watched(view, selected);
  const commands = asked ?? [`watch *(long *)${place}`, 'reverse-continue', 'bt 16'];
  return (
    <div className="trail-empty">
      <h2>No value’s life is in the paste yet</h2>
      <p>
        A watchpoint that stops where the value was written makes a trail: who wrote it, from where, and what stood there before.
        In an rr recording, run
      </p>
      <Command command={commands.join('\n')} />
      <p>
        and paste the answer here. Without a recording, a search tells where else the value stands:{' '}
        <code className="mono">find /g START, END, VALUE</code>.
      </p>
    </div>
  );
}
