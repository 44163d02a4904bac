/** Hooks that read the open case: the snapshot looked at, its tables, and the picture of the selected goroutine. */
import { useEffect, useMemo, useState } from 'react';
import type { StackPicture } from '../../core/model/picture.ts';
import type { TableView } from '../../core/model/tables.ts';
import type { SnapshotView } from '../../worker/protocol.ts';
import { useCase } from './case-store.ts';
import { analysisClient, useArrivalStore } from './client.ts';
import { useSelection } from './selection-store.ts';

export function useSnapshotView(): SnapshotView | undefined {
  return useCase((state) => state.view?.snapshots[state.snapshot]);
}

/** Counts up when bytes that a large document left out have come: whoever reads bytes while rendering renders again. */
export function useArrivals(): number {
  return useArrivalStore((state) => state.count);
}

/** What `goroutineAt` and `frameAt` need; another object when bytes came that may have been left out. */
export function useTables(): TableView | undefined {
  const documents = useCase((state) => state.view?.documents);
  const snapshot = useSnapshotView()?.snapshot;
  const arrived = useArrivals();
  return useMemo(() => {
    if (documents === undefined || snapshot === undefined) return undefined;
    return { strings: snapshot.strings, frames: snapshot.frames, goroutines: snapshot.goroutines, documents };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the documents are the same, what they give is not
  }, [documents, snapshot, arrived]);
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
  /** The same case and goroutine: what is shown until a newer edition is drawn. */
  place: string;
  key: string;
}

/** The stack of the selected goroutine, drawn by the worker. */
export function usePicture(): PictureState {
  const revision = useCase((state) => state.revision);
  const edition = useCase((state) => state.edition);
  const snapshot = useCase((state) => state.snapshot);
  const owner = useSelection((state) => state.goroutine);
  const place = `${revision}/${snapshot}/${owner}`;
  const key = `${edition}/${snapshot}/${owner}`;
  const [answer, setAnswer] = useState<Answer>();
  useEffect(() => {
    if (revision === 0) return;
    let wanted = true;
    void pictureOf(key, snapshot, owner).then(
      (picture) => {
        if (wanted) setAnswer({ place, key, status: 'ready', picture, failure: undefined });
      },
      (error: unknown) => {
        const failure = error instanceof Error ? error.message : String(error);
        if (wanted) setAnswer({ place, key, status: 'failed', picture: undefined, failure });
      },
    );
    return () => {
      wanted = false;
    };
  }, [place, key, revision, snapshot, owner]);
  return answer?.key === key || (answer?.place === place && answer.status === 'ready')
    ? answer
    : { status: 'loading', picture: undefined, failure: undefined };
}
