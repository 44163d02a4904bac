/** Whether the page is being printed: lists that hold only the rows in sight then hold all that fit on paper. */
import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

/** Design pixels of a list that are printed: about ten pages. */
export const printedHeight = 10_000;

const printing = () => matchMedia('print').matches || duringPrint;
let duringPrint = false;

function subscribe(changed: () => void): () => void {
  // The browser lays out the paper right after the event: the rows must be there by then.
  const set = (now: boolean) => () => {
    duringPrint = now;
    flushSync(changed);
  };
  const [before, after] = [set(true), set(false)];
  const media = matchMedia('print');
  addEventListener('beforeprint', before);
  addEventListener('afterprint', after);
  media.addEventListener('change', changed);
  return () => {
    removeEventListener('beforeprint', before);
    removeEventListener('afterprint', after);
    media.removeEventListener('change', changed);
  };
}

export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, printing);
}
