/** Takes a case out of the address bar when another one is opened: a reload would bring back the old one. */
import { useLink } from './link-store.ts';

export function forgetFragment(): void {
  useLink.setState({ failure: undefined });
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname + location.search);
}
