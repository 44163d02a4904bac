import './frames.css';
import { useState } from 'react';
import { useCommand } from '../../hooks/use-command.ts';
import { usePartial } from '../../stores/case-store.ts';
import { usePicture, useSnapshotView } from '../../stores/current.ts';
import { useSelection } from '../../stores/selection-store.ts';
import { frameItems, firstUserRow, sectionItems, type FrameItem } from './frame-items.ts';
import { FrameList } from './frame-list.tsx';
import { copyText } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/glyphs.tsx';
import { MoreDetail } from './more-detail.tsx';
import { detailSteps } from './more-detail-steps.ts';
import { stackText } from './stack-text.ts';
import { useOwnerFrames } from './use-owner-frames.ts';

const noneOpened: ReadonlySet<number> = new Set();

/** The calls of the selected goroutine. */
export function FramesTab() {
  const owned = useOwnerFrames();
  const { picture } = usePicture();
  const owner = useSelection((state) => state.goroutine);
  const frameRow = useSelection((state) => state.frameRow);
  const partial = usePartial();
  const view = useSnapshotView();
  const snapshot = view?.snapshot;
  const spoken = view?.session.questions.spoken;
  const snapshotId = snapshot?.id ?? 0;
  // The race detector prints the same whatever is asked of the runtime.
  const isRace = (snapshot?.races.length ?? 0) > 0 && snapshot?.goroutines.length === 0;
  const key = `${snapshotId}/${owner}`;
  const [opened, setOpened] = useState({ key, runs: noneOpened });
  const copy = () => {
    if (owned !== undefined && owned.frames.length > 0) void copyText(stackText(owned), 'stack');
  };
  useCommand('copy-stack', copy);
  if (owned === undefined) return null;
  const runs = opened.key === key ? opened.runs : noneOpened;
  const user = firstUserRow(owned.frames);
  const selected = frameRow ?? (user < 0 ? owned.frames[0]?.row : user);
  const { goroutine } = owned;
  const { createdBy, createdIn, elided } = goroutine ?? {};
  const items =
    owned.sections === undefined
      ? frameItems({ frames: owned.frames, createdBy, createdIn, elided }, runs, selected)
      : sectionItems(owned.sections, runs, selected);
  const choose = (item: FrameItem) => {
    if (item.kind === 'fold') setOpened({ key, runs: new Set([...runs, item.key]) });
    if (item.kind === 'frame' || item.kind === 'created')
      useSelection.getState().select({ frameRow: item.frame.row, source: item.frame.source }, 'list');
  };
  return (
    <div className="frames-tab">
      <header className="frames-head">
        <b>{owned.title}</b>
        <span>{owned.state}</span>
        {goroutine?.labels !== undefined && (
          <span className="mono">
            {Object.entries(goroutine.labels)
              .map(([name, value]) => `${name}=${value}`)
              .join(' ')}
          </span>
        )}
        {owned.frames.length > 0 && (
          <button type="button" onClick={copy}>
            <Icon name="copy" size={14} /> Copy stack
          </button>
        )}
      </header>
      {items.length === 0 ? (
        <p className="frames-none">No frame of this goroutine is in the paste.</p>
      ) : (
        <FrameList key={key} items={items} selected={selected} label={`Frames of ${owned.title}`} onChoose={choose} />
      )}
      {/* The rest of the text may show it: of a preview nothing is asked for. */}
      {partial === undefined && !isRace && <MoreDetail steps={detailSteps(owned.frames, picture, owned.stopped, spoken)} />}
    </div>
  );
}
