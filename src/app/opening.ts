/** Where a case opens: which goroutine, which address, which view. */
import type { ViewState } from '../core/model/case.ts';
import { parseAddress } from '../core/model/address.ts';
import { FrameFlag } from '../core/model/goroutine.ts';
import type { Snapshot } from '../core/model/snapshot.ts';
import type { SnapshotView } from '../worker/protocol.ts';
import { announce } from './stores/announcement-store.ts';
import { useCase } from './stores/case-store.ts';
import { useSelection, type Selection } from './stores/selection-store.ts';
import { useSettings } from './stores/settings-store.ts';
import { useView, type Tab } from './stores/view-store.ts';

/** Has the goroutine anything to draw: printed places, words, or a chain? */
function isDrawable(snapshot: Snapshot): boolean {
  if (snapshot.memory.addresses.length > 0 || snapshot.chains.length > 0) return true;
  return snapshot.frames.flags.some((flags) => (flags & FrameFlag.hasSp) !== 0);
}

/** Was a debugger asked anything? */
function isSession({ threads, events, moments }: Snapshot): boolean {
  return (
    threads.some((thread) => thread.kind === 'debugger') ||
    events.some((event) => event.kind === 'watchpoint') ||
    (moments?.length ?? 0) > 0
  );
}

/** Views that have data, in their order. The text is always there. */
export function availableTabs(view: SnapshotView | undefined): Tab[] {
  if (view === undefined) return ['text'];
  const { snapshot, session } = view;
  const available: Tab[] = [];
  if (isDrawable(snapshot)) available.push('stack');
  // A session without a trail says there what would make one.
  if (session.trails.length > 0 || isSession(snapshot)) available.push('trail');
  if (snapshot.frames.length > 0 || snapshot.threads.length > 0) available.push('frames');
  const { memory, registers, mappings, spans, objects } = snapshot;
  const facts = memory.addresses.length + registers.length + mappings.length + spans.length + objects.length;
  if (facts + session.structs.length > 0) available.push('memory');
  return [...available, 'text'];
}

/** The owner whose stack opens: the one a finding points at, else the one that crashed, else the first. */
function firstOwner({ snapshot, findings }: SnapshotView): string {
  const focus = findings[0]?.focus?.goroutine;
  if (focus !== undefined) return focus;
  const { crash, goroutines, threads } = snapshot;
  if (crash !== undefined && crash.stackOwner !== '') return crash.stackOwner;
  if (goroutines.length > 0) return (goroutines.id[0] ?? 0n).toString();
  return threads[0]?.name ?? '';
}

export function firstSelection(view: SnapshotView): Selection {
  const finding = view.findings[0];
  return {
    goroutine: firstOwner(view),
    address: finding?.focus?.address,
    frameRow: finding?.focus?.address === undefined ? view.snapshot.crash?.firstUserFrame : undefined,
    finding: finding?.id,
    source: finding?.evidence.find((evidence) => evidence.source !== undefined)?.source,
  };
}

/** View state of a link that waits for its case to be read. */
let wanted: ViewState | undefined;

export function openNextWith(state: ViewState | undefined): void {
  wanted = state;
}

function applyWanted(state: ViewState, first: Selection): Selection {
  // For this page only: a link does not change what the person has set for themselves.
  if (state.flipped !== undefined) useSettings.setState({ direction: state.flipped ? 'high-first' : 'low-first' });
  const address = state.address === undefined ? undefined : parseAddress(state.address);
  const goroutine = state.goroutine ?? first.goroutine;
  if (address !== undefined) return { ...first, goroutine, address, frameRow: undefined };
  return goroutine === first.goroutine ? first : { goroutine };
}

/** `isNew`: it was just read; else another snapshot of it was chosen. */
function openView(isNew: boolean): void {
  const { view, snapshot: index, before } = useCase.getState();
  const snapshotView = view?.snapshots[index];
  if (snapshotView === undefined) {
    useSelection.getState().clear();
    useView.getState().showTab('text');
    wanted = undefined;
    return;
  }
  const available = availableTabs(snapshotView);
  const first = firstSelection(snapshotView);
  const selection = wanted === undefined ? first : applyWanted(wanted, first);
  const tab = wanted?.view ?? available[0] ?? 'text';
  wanted = undefined;
  useSelection.getState().clear();
  useSelection.getState().select(selection, 'list');
  useView.getState().showTab(available.includes(tab) ? tab : 'text');
  const words = snapshotView.snapshot.memory.addresses.length;
  const read = words > 0 ? `Read ${words.toLocaleString('en')} words. ` : '';
  const added = before === undefined || !isNew ? '' : 'Added to this case. ';
  announce(
    `${added}${read}${snapshotView.findings[0]?.headline ?? 'Nothing inconsistent in what was pasted'}`.replaceAll('`', ''),
  );
}

/** Sets selection and view whenever a case was read or another snapshot is chosen. */
export function followOpenedCases(): void {
  useCase.subscribe((state, before) => {
    const isNew = state.revision !== before.revision;
    if (isNew || (state.snapshot !== before.snapshot && state.status === 'ready')) openView(isNew);
  });
}
