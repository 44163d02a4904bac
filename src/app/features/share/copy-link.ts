/** *Copy link*: the only place that writes the case into the address bar. */
import type { ViewState } from '../../../core/model/case.ts';
import { formatAddress } from '../../../core/model/address.ts';
import { notify } from '../../stores/announcement-store.ts';
import { useCase } from '../../stores/case-store.ts';
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

export async function copyLink(): Promise<void> {
  const { view } = useCase.getState();
  if (view === undefined) return;
  const { encodeLink } = await import('../../../core/share/index.ts');
  let fragment: string;
  try {
    fragment = await encodeLink({
      documents: view.documents.map(({ name, bytes }) => ({ name, bytes })),
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
