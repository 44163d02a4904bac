/** The views as the shell places them. Those of the centre load when they are first shown. */
import { lazy, Suspense, type ReactNode } from 'react';
import { FindingsPanel } from '../features/inspector/findings-panel.tsx';
import { copyReport } from '../features/share/copy-report.ts';
import { StackToolbar } from '../features/stack/stack-toolbar.tsx';
import { VerdictBand } from '../features/verdict/verdict-band.tsx';
import { useCommand } from '../hooks/use-command.ts';
import { useCase, usePartial } from '../stores/case-store.ts';
import { Icon } from '../ui/glyphs.tsx';
import type { Tab } from '../stores/view-store.ts';
import { StillReading } from './reading.tsx';

const load = {
  stack: async () => ({ default: (await import('../features/stack/stack-tab.tsx')).StackTab }),
  trail: async () => ({ default: (await import('../features/trail/trail-tab.tsx')).TrailTab }),
  frames: async () => ({ default: (await import('../features/frames/frames-tab.tsx')).FramesTab }),
  memory: async () => ({ default: (await import('../features/memory/memory-tab.tsx')).MemoryTab }),
  text: async () => ({ default: (await import('../features/text/text-view.tsx')).TextView }),
};

const StackTab = lazy(load.stack);
const TrailTab = lazy(load.trail);
const FramesTab = lazy(load.frames);
const MemoryTab = lazy(load.memory);
const TextView = lazy(load.text);

/** Fetches the views before one is wanted, so that none is waited for; one that cannot be had fails when it is shown. */
export function loadViews(): void {
  for (const view of Object.values(load)) view().catch(() => undefined);
}

const views: Record<Tab, ReactNode> = {
  stack: <StackTab />,
  trail: <TrailTab />,
  frames: <FramesTab />,
  memory: <MemoryTab />,
  text: <TextView />,
};

export function CentreView({ tab }: { tab: Tab }) {
  return <Suspense fallback={<div aria-busy="true" />}>{views[tab]}</Suspense>;
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
