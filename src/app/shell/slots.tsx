/** The views as the shell places them. Large ones load when they are first shown. */
import { lazy, Suspense } from 'react';
import { StackToolbar } from '../features/stack/stack-toolbar.tsx';

const StackTab = lazy(async () => ({ default: (await import('../features/stack/stack-tab.tsx')).StackTab }));

export function StackSlot() {
  return (
    <Suspense fallback={<p aria-busy="true" />}>
      <StackTab />
    </Suspense>
  );
}

export function StackTools() {
  return <StackToolbar />;
}

export function FramesSlot() {
  return null;
}

export function MemorySlot() {
  return null;
}

export function VerdictZone() {
  return null;
}

export function FindingsZone() {
  return null;
}
