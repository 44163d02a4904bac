import type { Frame } from '../../../core/model/goroutine.ts';
import type { StackBand, StackPicture } from '../../../core/model/picture.ts';
import { useSelection } from '../../stores/selection-store.ts';
import { useView } from '../../stores/view-store.ts';
import { shortFile } from '../stack/names.ts';
import { SourceLink } from './source-link.tsx';

const kindWords: Record<Frame['kind'], string> = {
  go: 'Go',
  assembly: 'assembly',
  cgo: 'cgo',
  runtime: 'Go runtime',
  signal: 'signal handling',
  unknown: 'unknown',
};

function showInStack(band: StackBand): void {
  const row = band.rows[0];
  const source = row?.source ?? band.source;
  useSelection.getState().follow({ address: row?.address ?? band.start, ...(source !== undefined && { source }) }, 'finding');
  useView.getState().showTab('stack');
}

/** The frame chosen in the Frames view. */
export function SelectedFrame({ frame, picture }: { frame: Frame; picture: StackPicture | undefined }) {
  const band = picture?.bands.find((one) => one.frameRow === frame.row);
  const facts: [string, React.ReactNode][] = [
    ['Function', <code className="mono">{frame.function ?? 'unknown'}</code>],
    ['Code', `${kindWords[frame.kind]}${frame.inlined ? ', inlined' : ''}`],
  ];
  if (frame.file !== undefined)
    facts.push(['File', `${shortFile(frame.file)}${frame.line === undefined ? '' : `:${frame.line}`}`]);
  for (const name of ['pc', 'sp', 'fp'] as const) {
    const value = frame[name];
    if (value !== undefined) facts.push([name, <code className="mono">0x{value.toString(16)}</code>]);
  }
  if (frame.arguments !== undefined && frame.arguments !== '')
    facts.push(['Arguments', <code className="mono">{frame.arguments}</code>]);
  facts.push(['Read from', <SourceLink source={frame.source} />]);
  return (
    <section className="panel-section" aria-labelledby="selected-frame">
      <h2 id="selected-frame" className="section-label">
        Selected frame
      </h2>
      <dl className="slot-facts">
        {facts.map(([name, value]) => (
          <div key={name} className="slot-fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {band !== undefined && (
        <button type="button" className="text-link" onClick={() => showInStack(band)}>
          Show its words in the stack
        </button>
      )}
    </section>
  );
}
