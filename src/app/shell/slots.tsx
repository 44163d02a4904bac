/** The views as the shell places them. Those of the centre load when they are first shown. */
import { lazy, Suspense, type ReactNode } from 'react';
import { FindingsPanel } from '../features/inspector/findings-panel.tsx';
import { copyReport } from '../features/share/copy-report.ts';
import { StackToolbar } from '../features/stack/stack-toolbar.tsx';
import { VerdictBand } from '../features/verdict/verdict-band.tsx';
import { useCase, usePartial } from '../stores/case-store.ts';
import { Icon } from '../ui/glyphs.tsx';
import type { Tab } from '../stores/view-store.ts';
import { StillReading } from './reading.tsx';

const StackTab = lazy(async () => ({ default: (await import('../features/stack/stack-tab.tsx')).StackTab }));
const TrailTab = lazy(async () => ({ default: (await import('../features/trail/trail-tab.tsx')).TrailTab }));
const FramesTab = lazy(async () => ({ default: (await import('../features/frames/frames-tab.tsx')).FramesTab }));
const MemoryTab = lazy(async () => ({ default: (await import('../features/memory/memory-tab.tsx')).MemoryTab }));
const TextView = lazy(async () => ({ default: (await import('../features/text/text-view.tsx')).TextView }));

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
      <button type="button" onClick={() => void copyReport()}>
        <Icon name="copy" /> Copy report
      </button>
    </VerdictBand>
  );
}

export { FindingsPanel as FindingsZone };
