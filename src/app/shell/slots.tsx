/** The views as the shell places them. Those of the centre load when they are first shown. */
import { createElement, lazy, Suspense, useState, type ComponentType } from 'react';
import { FindingsPanel } from '../features/inspector/findings-panel.tsx';
import { copyReport } from '../features/share/copy-report.ts';
import { StackToolbar } from '../features/stack/stack-toolbar.tsx';
import { VerdictBand } from '../features/verdict/verdict-band.tsx';
import { useCommand } from '../hooks/use-command.ts';
import { useCase, usePartial } from '../stores/case-store.ts';
import { Icon } from '../ui/glyphs.tsx';
import { tabs, type Tab } from '../stores/view-store.ts';
import { StillReading } from './reading.tsx';

const load: Record<Tab, () => Promise<ComponentType>> = {
  stack: async () => (await import('../features/stack/stack-tab.tsx')).StackTab,
  trail: async () => (await import('../features/trail/trail-tab.tsx')).TrailTab,
  frames: async () => (await import('../features/frames/frames-tab.tsx')).FramesTab,
  memory: async () => (await import('../features/memory/memory-tab.tsx')).MemoryTab,
  text: async () => (await import('../features/text/text-view.tsx')).TextView,
};

const waitedFor = (tab: Tab) => lazy(async () => ({ default: await load[tab]() }));
const lazyViews: Record<Tab, ComponentType> = {
  stack: waitedFor('stack'),
  trail: waitedFor('trail'),
  frames: waitedFor('frames'),
  memory: waitedFor('memory'),
  text: waitedFor('text'),
};

/** Views that are here already: shown at once, where a lazy one is blank for a moment even then. */
const loaded = new Map<Tab, ComponentType>();

/** Fetches the views before one is wanted, so that none is waited for; one that cannot be had fails when it is shown. */
export function loadViews(): void {
  for (const tab of tabs)
    load[tab]().then(
      (view) => loaded.set(tab, view),
      () => undefined,
    );
}

export function CentreView({ tab }: { tab: Tab }) {
  return (
    <Suspense fallback={<div aria-busy="true" />}>
      <Shown key={tab} tab={tab} />
    </Suspense>
  );
}

/** One kind of component for as long as the view is shown: its state would be lost with another. */
function Shown({ tab }: { tab: Tab }) {
  const [view] = useState(() => createElement(loaded.get(tab) ?? lazyViews[tab]));
  return view;
}

/** What stands at the right end of the tab bar. */
export function CentreTools({ tab }: { tab: Tab }) {
  return tab === 'stack' ? <StackToolbar /> : null;
}

/** Nothing to say about a text in which nothing was recognised: the strip says so. */
export function VerdictZone() {
  const recognised = useCase((state) => state.view?.recognised);
  const partial = usePartial();
  if (partial !== undefined) return <StillReading />;
  if (recognised !== true) return null;
  return (
    <VerdictBand>
      <CopyReport />
    </VerdictBand>
  );
}

function CopyReport() {
  useCommand('copy-report', () => void copyReport());
  return (
    <button type="button" onClick={() => void copyReport()}>
      <Icon name="copy" /> Copy report
    </button>
  );
}

export { FindingsPanel as FindingsZone };
