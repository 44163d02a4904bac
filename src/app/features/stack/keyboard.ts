/** What a key does in the diagram, as data: the view carries it out. Stops are all items but callouts. */
import type { StackItem, StackLayout } from './items.ts';

export type Step =
  | { do: 'move'; to: number }
  | { do: 'toggle'; item: number }
  | { do: 'follow'; item: number }
  | { do: 'copy-command'; item: number };

export type Motion = 'previous' | 'next' | 'page-up' | 'page-down' | 'first' | 'last' | 'previous-frame' | 'next-frame';

const motions: Record<string, Motion> = {
  ArrowUp: 'previous',
  ArrowDown: 'next',
  PageUp: 'page-up',
  PageDown: 'page-down',
  Home: 'first',
  End: 'last',
};

function isStop(item: StackItem | undefined): boolean {
  return item !== undefined && item.kind !== 'callout';
}

/** The nearest stop from `index` on, looking in direction `way`; `index` itself counts. */
function stopFrom(layout: StackLayout, index: number, way: 1 | -1): number {
  let at = Math.max(0, Math.min(layout.items.length - 1, index));
  while (at >= 0 && at < layout.items.length && !isStop(layout.items[at])) at += way;
  return at >= 0 && at < layout.items.length ? at : -1;
}

/** Where a motion leads from item `at`; -1 when there is nowhere to be. */
export function moveFrom(layout: StackLayout, at: number, motion: Motion, pageRows: number): number {
  if (layout.items.length === 0) return -1;
  if (at < 0) return stopFrom(layout, 0, 1);
  const band = layout.items[at]?.band ?? 0;
  const target = (() => {
    switch (motion) {
      case 'previous':
        return stopFrom(layout, at - 1, -1);
      case 'next':
        return at + 1 >= layout.items.length ? at : stopFrom(layout, at + 1, 1);
      case 'page-up':
        return stopFrom(layout, at - pageRows, 1);
      case 'page-down':
        return stopFrom(layout, at + pageRows, -1);
      case 'first':
        return stopFrom(layout, 0, 1);
      case 'last':
        return stopFrom(layout, layout.items.length - 1, -1);
      case 'previous-frame': {
        const first = layout.bands[band]?.first ?? 0;
        return at > first ? first : (layout.bands[band - 1]?.first ?? at);
      }
      case 'next-frame':
        return layout.bands[band + 1]?.first ?? at;
    }
  })();
  return target < 0 ? at : target;
}

export function stepFor(layout: StackLayout, at: number, key: string, pageRows: number): Step | undefined {
  const motion = motions[key];
  if (motion !== undefined) {
    const to = moveFrom(layout, at, motion, pageRows);
    return to < 0 ? undefined : { do: 'move', to };
  }
  const item = layout.items[at];
  if (item === undefined) return undefined;
  if (item.kind === 'fold') {
    const wanted = key === 'Enter' || key === ' ' || (key === 'ArrowRight' && !item.open) || (key === 'ArrowLeft' && item.open);
    return wanted ? { do: 'toggle', item: at } : undefined;
  }
  if (key !== 'Enter') return undefined;
  return item.kind === 'gap' ? { do: 'copy-command', item: at } : { do: 'follow', item: at };
}

/** The next (or previous) bogus or doubtful word from item `at`, going round; -1 when there is none. */
export function problemFrom(layout: StackLayout, at: number, way: 1 | -1): number {
  const count = layout.items.length;
  for (let step = 1; step <= count; step++) {
    const index = (((at + way * step) % count) + count) % count;
    const item = layout.items[index];
    if (item?.kind === 'row' && (item.row.verdict === 'bogus' || item.row.verdict === 'doubtful')) return index;
  }
  return -1;
}
