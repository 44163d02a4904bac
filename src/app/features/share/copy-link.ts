/** *Copy link*: the only place that writes the case into the address bar. */
import type { ViewState } from '../../../core/model/case.ts';
import { formatAddress } from '../../../core/model/address.ts';
import type { DocumentView } from '../../../worker/protocol.ts';
import { notify } from '../../stores/announcement-store.ts';
import { useCase } from '../../stores/case-store.ts';
import { analysisClient } from '../../stores/client.ts';
import { useSelection } from '../../stores/selection-store.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { useView } from '../../stores/view-store.ts';

function viewState(): ViewState {
  const { goroutine, address } = useSelection.getState();
  return {
    view: useView.getState().tab,
    ...(goroutine !== '' && { goroutine }),
    ...(address !== undefined && { address: formatAddress(address) }),
    flipped: useSettings.getState().direction === 'high-first',
  };
}

/** Chats and mail programs were seen to cut longer links. */
const safeLength = 8000;
/** Longest comment in common issue trackers. */
const commentLength = 65_536;

export function copiedMessage(length: number): string {
  const copied = `Link copied, ${length.toLocaleString('en')} characters. It contains the whole paste`;
  if (length > commentLength) return `${copied}. It is too long for most issue trackers: share the file instead`;
  if (length > safeLength) return `${copied}. Some chats and mail programs cut links of this length`;
  return copied;
}

/** Larger cases make no link: their bytes are not fetched for it. */
const largestDocument = 64 * 1024 * 1024;

async function wholeDocument({ id, name, bytes, store }: DocumentView): Promise<{ name: string; bytes: Uint8Array }> {
  if (store === undefined) return { name, bytes };
  if (store.length > largestDocument) throw new RangeError('This case is too large for a link. Share the files instead.');
  return { name, bytes: await analysisClient().bytes(id, 0, store.length) };
}

export async function copyLink(): Promise<void> {
  const { view } = useCase.getState();
  if (view === undefined) return;
  if (view.partial !== undefined) {
    notify('Not all of it is read yet: a link can be copied then');
    return;
  }
  const { encodeLink } = await import('../../../core/share/index.ts');
  let fragment: string;
  try {
    fragment = await encodeLink({
      documents: await Promise.all(view.documents.map(wholeDocument)),
      view: viewState(),
    });
  } catch (error) {
    notify(error instanceof Error ? error.message : String(error));
    return;
  }
  history.replaceState(history.state, '', fragment);
  try {
    await navigator.clipboard.writeText(location.href);
  } catch {
    notify('The browser did not allow copying. The link stands in the address bar');
    return;
  }
  notify(copiedMessage(location.href.length));
}
