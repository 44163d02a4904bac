/** Where a case opens: which goroutine, which address, which view. */
import type { ViewState } from '../core/model/case.ts';
import { parseAddress } from '../core/model/address.ts';
import { FrameFlag } from '../core/model/goroutine.ts';
import { goroutineRow } from '../core/model/tables.ts';
import type { Snapshot } from '../core/model/snapshot.ts';
import type { CaseView, Extent, SnapshotView } from '../worker/protocol.ts';
import { placeIn } from './keep-place.ts';
import { partialText } from './shell/progress-text.ts';
import { announce } from './stores/announcement-store.ts';
import { useCase } from './stores/case-store.ts';
import { useSelection, type Selection, type Visited } from './stores/selection-store.ts';
import { useSettings } from './stores/settings-store.ts';
import { useView, type Tab } from './stores/view-store.ts';

/** A look at a million frames: once for each snapshot. */
const drawable = new WeakMap<Snapshot, boolean>();

/** Has a goroutine anything to draw: printed places, words, or a chain? */
function isDrawable(snapshot: Snapshot): boolean {
  const known = drawable.get(snapshot);
  if (known !== undefined) return known;
  const found =
    snapshot.memory.addresses.length > 0 ||
    snapshot.chains.length > 0 ||
    snapshot.frames.flags.some((flags) => (flags & FrameFlag.hasSp) !== 0);
  drawable.set(snapshot, found);
  return found;
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

/** Is a word of the stack of `owner` in the case? */
function hasStackWords({ stacks, memory: { addresses } }: Snapshot, owner: string): boolean {
  const own = stacks.filter((stack) => stack.owner === owner);
  return addresses.some((address) => own.some(({ start, end }) => address >= start && address < end));
}

/** Were places printed for a frame of `owner`? Without them there is nothing to draw of it. */
function hasPlaces({ goroutines, frames, threads, chains }: Snapshot, owner: string): boolean {
  if (chains.some((chain) => chain.owner === owner)) return true;
  const row = goroutineRow(goroutines, owner);
  if (row < 0) return threads.some(({ name, frames: own }) => name === owner && own.some(({ sp }) => sp !== undefined));
  const own = frames.flags.subarray(goroutines.frameStart[row] ?? 0, goroutines.frameEnd[row] ?? 0);
  return own.some((flags) => (flags & FrameFlag.hasSp) !== 0);
}

/**
 * The view that says most: the stack where words of it are known, or where a pointer is accused and its place can be drawn;
 * else the life of the value; else the calls, which say more than slots without words.
 */
export function firstTab(view: SnapshotView, owner: string): Tab {
  const available = availableTabs(view);
  const { snapshot, session, findings } = view;
  if (available.includes('stack')) {
    if (hasStackWords(snapshot, owner)) return 'stack';
    if (session.trails.length > 0) return 'trail';
    if ((findings[0]?.bogus.length ?? 0) > 0 && hasPlaces(snapshot, owner)) return 'stack';
  }
  return available.find((tab) => tab !== 'stack' && tab !== 'trail') ?? 'text';
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

/** The frame to begin with, where it is one of the goroutine that opens: the damaged stack may be another's. */
function firstFrame({ crash, goroutines }: Snapshot, owner: string): number | undefined {
  const row = crash?.firstUserFrame;
  if (row === undefined) return undefined;
  const goroutine = goroutines.id.findIndex(
    (_, index) => (goroutines.frameStart[index] ?? 0) <= row && row < (goroutines.frameEnd[index] ?? 0),
  );
  // A thread's frames belong to no goroutine.
  return goroutine < 0 || (goroutines.id[goroutine] ?? 0n).toString() === owner ? row : undefined;
}

export function firstSelection(view: SnapshotView): Selection {
  const finding = view.findings[0];
  const goroutine = firstOwner(view);
  return {
    goroutine,
    address: finding?.focus?.address,
    frameRow: finding?.focus?.address === undefined ? firstFrame(view.snapshot, goroutine) : undefined,
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
  const tab = wanted?.view ?? firstTab(snapshotView, selection.goroutine);
  wanted = undefined;
  useSelection.getState().clear();
  useSelection.getState().select(selection, 'list');
  openedSerial = useSelection.getState().serial;
  useView.getState().showTab(available.includes(tab) ? tab : 'text');
  const added = before === undefined || !isNew ? '' : 'Added to the case. ';
  announce(`${added}${opened(snapshotView, view?.partial)}`);
}

/** What is read out when a case opens: of a preview no verdict. */
function opened({ snapshot, findings }: SnapshotView, partial: Extent | undefined): string {
  if (partial !== undefined) {
    return `Still reading, this is ${partialText(partial)}: ${snapshot.goroutines.length.toLocaleString('en')} goroutines so far`;
  }
  const words = snapshot.memory.addresses.length;
  const read = words > 0 ? `Read ${words.toLocaleString('en')} words. ` : '';
  return `${read}${findings[0]?.headline ?? 'Nothing inconsistent in what was pasted'}`.replaceAll('`', '');
}

/** `serial` of the selection with which the page itself opened the case. */
let openedSerial = -1;

/**
 * The whole was read where its beginning is shown: the open view stays, and what the person selected; what the page
 * selected is selected anew. Nothing scrolls where the selection is the same.
 */
function replacePreview(preview: CaseView, index: number): void {
  const { view, selectSnapshot } = useCase.getState();
  const was = preview.snapshots[index];
  const first = view?.snapshots[0];
  const { past, future, serial, ...selection } = useSelection.getState();
  const place = was === undefined || view === undefined ? undefined : placeIn(view, was, selection);
  const own = serial === openedSerial;
  if (was === undefined || view === undefined || first === undefined || place === undefined) {
    selectSnapshot(0);
    openView(true);
    return;
  }
  const kept = (places: readonly Visited[]) =>
    places.flatMap((one) => {
      const there = placeIn(view, was, one);
      return there === undefined ? [] : [{ ...there.selection, tab: one.tab }];
    });
  if (!own || firstSelection(first).goroutine === selection.goroutine) {
    selectSnapshot(place.snapshot);
    const finding = own ? firstSelection(first).finding : place.selection.finding;
    useSelection.setState({ ...place.selection, finding, past: kept(past), future: kept(future) });
  } else {
    useSelection.getState().select(firstSelection(first), 'list');
  }
  const now = view.snapshots[place.snapshot];
  if (now !== undefined) announce(`All was read. ${opened(now, undefined)}`);
}

/** Sets selection and view whenever a case was read or another snapshot is chosen. */
export function followOpenedCases(): void {
  let replacing = false;
  useCase.subscribe((state, before) => {
    const isNew = state.revision !== before.revision;
    if (isNew) openView(true);
    else if (state.edition !== before.edition) {
      replacing = true;
      if (before.view !== undefined) replacePreview(before.view, before.snapshot);
      replacing = false;
    } else if (state.snapshot !== before.snapshot && state.status === 'ready' && !replacing) openView(false);
  });
}
