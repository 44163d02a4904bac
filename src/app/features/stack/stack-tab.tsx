import './stack.css';
import type { StackPicture, StackRow } from '../../../core/model/picture.ts';
import type { Snapshot } from '../../../core/model/snapshot.ts';
import type { SourceRange } from '../../../core/model/source.ts';
import { useCommand } from '../../hooks/use-command.ts';
import { announce } from '../../stores/announcement-store.ts';
import { usePicture, useSnapshotView } from '../../stores/current.ts';
import { useSelection } from '../../stores/selection-store.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { useView } from '../../stores/view-store.ts';
import { copyText } from '../../ui/copy-button.tsx';
import { showSource } from '../inspector/source-link.tsx';
import { ChainList } from './chain-list.tsx';
import { EmptyStack } from './empty-stack.tsx';
import { addressOf } from './items.ts';
import { moveFrom, problemFrom } from './keyboard.ts';
import { MissingStrip } from './missing-strip.tsx';
import { frameText, rowText } from './row-text.ts';
import { StackView } from './stack-view.tsx';
import { useDiagram } from './use-diagram.ts';

/** The stack of the selected goroutine. */
export function StackTab() {
  const { status, picture, failure } = usePicture();
  const view = useSnapshotView();
  const owner = useSelection((state) => state.goroutine);
  if (status === 'loading') return <p className="stack-state" aria-busy="true" />;
  if (status === 'failed') return <p className="stack-state">The stack could not be drawn: {failure}</p>;
  if (picture === undefined || picture.bands.length === 0) return <EmptyStack picture={picture} />;
  if (view === undefined) return null;
  return <Diagram key={`${owner}/${view.snapshot.id}`} picture={picture} snapshot={view.snapshot} />;
}

/** Where a register, or the start of the walk, was printed. */
function registerSource(snapshot: Snapshot, picture: StackPicture, name: string): SourceRange | undefined {
  if (name === 'walk') return snapshot.chains[picture.chain]?.start?.source;
  const wanted = name.toLowerCase();
  for (const set of snapshot.registers) {
    const register = set.values.find((one) => one.name === wanted);
    if (register !== undefined) return register.source;
  }
  return undefined;
}

function Diagram({ picture, snapshot }: { picture: StackPicture; snapshot: Snapshot }) {
  const diagram = useDiagram(picture);
  const { layout, current } = diagram;
  const showTab = useView((state) => state.showTab);
  const goTo = (index: number, otherwise: string) => {
    if (index >= 0) diagram.moveTo(index);
    else announce(otherwise);
  };
  const follow = (row: StackRow) => {
    if (diagram.followRow(row)) return;
    if (row.value !== undefined) announce(`0x${row.value.toString(16)} is not a word of this stack`);
  };
  const showRegister = (name: string) => {
    const source = registerSource(snapshot, picture, name);
    if (source !== undefined) showSource(source);
  };
  const item = layout.items[current];
  const band = layout.bands[item?.band ?? -1]?.band;

  useCommand('next-problem', () => goTo(problemFrom(layout, current, 1), 'No problem in this stack'));
  useCommand('previous-problem', () => goTo(problemFrom(layout, current, -1), 'No problem in this stack'));
  useCommand('next-frame', () => diagram.moveTo(moveFrom(layout, current, 'next-frame', 1)));
  useCommand('previous-frame', () => diagram.moveTo(moveFrom(layout, current, 'previous-frame', 1)));
  useCommand('flip-direction', () => useSettings.getState().flipDirection());
  useCommand('fold', () => useView.getState().toggleFolded());
  useCommand('copy-row', () => {
    if (item?.kind === 'row') void copyText(rowText(item.row, picture), 'row');
    else if (item !== undefined) void copyText(`0x${addressOf(item).toString(16)}`, 'address');
  });
  useCommand('copy-frame', () => {
    if (band !== undefined) void copyText(frameText(band, picture), 'frame');
  });

  return (
    <div className="stack-tab">
      {picture.missing !== undefined && <MissingStrip why={picture.missing.why} command={picture.missing.command} />}
      <StackView
        picture={picture}
        layout={layout}
        selected={diagram.selected}
        current={current}
        reveal={diagram.reveal}
        openCallout={diagram.openCallout}
        onSelect={diagram.selectRow}
        onMove={diagram.moveTo}
        onToggle={diagram.toggle}
        onFollow={follow}
        onBand={diagram.selectBand}
        onRegister={showRegister}
        onCalloutHeight={diagram.setCalloutHeight}
      />
      {picture.links.length > 0 && (
        <ChainList
          links={picture.links}
          onSelect={(address) => {
            useSelection.getState().select({ address }, 'list');
            showTab('stack');
          }}
        />
      )}
    </div>
  );
}
