/** The open case: verdict, left zone, centre, right zone. */
import { ErrorBoundary } from '../error-boundary.tsx';
import { GoroutineList } from '../features/goroutines/goroutine-list.tsx';
import { Legend } from '../features/legend/legend.tsx';
import { PartList } from '../features/parts/part-list.tsx';
import { availableTabs } from '../opening.ts';
import { useCase } from '../stores/case-store.ts';
import { useSnapshotView } from '../stores/current.ts';
import { useView } from '../stores/view-store.ts';
import { Centre } from './centre.tsx';
import { FindingsZone, VerdictZone } from './slots.tsx';
import styles from './workspace.module.css';

export function Workspace() {
  const revision = useCase((state) => state.revision);
  const leftOpen = useView((state) => state.leftOpen);
  const rightOpen = useView((state) => state.rightOpen);
  const view = useSnapshotView();
  const drawable = availableTabs(view).includes('stack');
  return (
    <div className={styles['workspace']}>
      <ErrorBoundary key={`verdict ${revision}`} name="Verdict">
        <VerdictZone />
      </ErrorBoundary>
      <div className={styles['zones']}>
        <nav
          className={styles['left']}
          aria-label="Goroutines and parts"
          data-open={leftOpen}
          onKeyDown={(event) => {
            if (event.key === 'Escape') useView.getState().setLeft(false);
          }}
        >
          <ErrorBoundary key={`left ${revision}`} name="Goroutines">
            {view !== undefined && <GoroutineList key={view.snapshot.id} view={view} />}
            <div className={styles['leftRest']} role="group" aria-label="What was pasted and slot kinds" tabIndex={0}>
              <PartList />
              {drawable && <Legend />}
            </div>
          </ErrorBoundary>
        </nav>
        <main className={styles['centre']}>
          <Centre />
        </main>
        <aside
          className={styles['right']}
          aria-label="Findings and selection"
          data-open={rightOpen}
          tabIndex={0}
          onKeyDown={(event) => {
            if (event.key === 'Escape') useView.getState().setRight(false);
          }}
        >
          <ErrorBoundary key={`right ${revision}`} name="Findings">
            <FindingsZone />
          </ErrorBoundary>
        </aside>
      </div>
    </div>
  );
}
