/** Hooks that read the open case: the snapshot looked at, its tables, and the picture of the selected goroutine. */
import { useEffect, useMemo, useState } from 'react';
import type { StackPicture } from '../../core/model/picture.ts';
import type { TableView } from '../../core/model/tables.ts';
import type { SnapshotView } from '../../worker/protocol.ts';
import { useCase } from './case-store.ts';
import { analysisClient } from './client.ts';
import { useSelection } from './selection-store.ts';

export function useSnapshotView(): SnapshotView | undefined {
  return useCase((state) => state.view?.snapshots[state.snapshot]);
}

/** What `goroutineAt` and `frameAt` need. */
export function useTables(): TableView | undefined {
  const documents = useCase((state) => state.view?.documents);
  const snapshot = useSnapshotView()?.snapshot;
  return useMemo(() => {
    if (documents === undefined || snapshot === undefined) return undefined;
    return { strings: snapshot.strings, frames: snapshot.frames, goroutines: snapshot.goroutines, documents };
  }, [documents, snapshot]);
}

export interface PictureState {
  status: 'loading' | 'ready' | 'failed';
  /** Undefined when the goroutine has nothing to draw. */
  picture: StackPicture | undefined;
  failure: string | undefined;
}

/** The last picture asked for: several views show the same one. */
let asked: { key: string; picture: Promise<StackPicture | undefined> } | undefined;

function pictureOf(key: string, snapshot: number, owner: string): Promise<StackPicture | undefined> {
  if (asked?.key !== key) asked = { key, picture: analysisClient().picture(snapshot, owner) };
  return asked.picture;
}

interface Answer extends PictureState {
  key: string;
}

/** The stack of the selected goroutine, drawn by the worker. */
export function usePicture(): PictureState {
  const revision = useCase((state) => state.revision);
  const snapshot = useCase((state) => state.snapshot);
  const owner = useSelection((state) => state.goroutine);
  const key = `${revision}/${snapshot}/${owner}`;
  const [answer, setAnswer] = useState<Answer>();
  useEffect(() => {
    if (revision === 0) return;
    let wanted = true;
    void pictureOf(key, snapshot, owner).then(
      (picture) => {
        if (wanted) setAnswer({ key, status: 'ready', picture, failure: undefined });
      },
      (error: unknown) => {
        const failure = error instanceof Error ? error.message : String(error);
        if (wanted) setAnswer({ key, status: 'failed', picture: undefined, failure });
      },
    );
    return () => {
      wanted = false;
    };
  }, [key, revision, snapshot, owner]);
  return answer?.key === key ? answer : { status: 'loading', picture: undefined, failure: undefined };
}
