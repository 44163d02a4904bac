/** Opens the case that stands in the address bar's fragment, if one does. The codec loads only then. */
import { notify } from '../../stores/announcement-store.ts';
import { useCase } from '../../stores/case-store.ts';
import { openNextWith } from '../../opening.ts';
import { useLink } from './link-store.ts';

export async function openFragment(): Promise<void> {
  const fragment = location.hash;
  if (fragment.length < 2) return;
  const { decodeLink } = await import('../../../core/share/index.ts');
  const link = await decodeLink(fragment);
  if (link.ok) {
    useLink.setState({ failure: undefined });
    openNextWith(link.view);
    await useCase.getState().open(link.documents);
    // A case that was cancelled or failed leaves nothing for the next one.
    openNextWith(undefined);
  } else if (useCase.getState().view !== undefined) {
    // The open case stays in sight.
    notify(link.message);
  } else {
    useLink.setState({ failure: { message: link.message, fragment } });
  }
}
