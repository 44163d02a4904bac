import './memory.css';
import { usePicture, useSnapshotView } from '../../stores/current.ts';
import { counted } from '../../ui/digits.ts';
import { StructList } from '../structs/struct-list.tsx';
import { conflictRows, mappingRows, objectRows, registerRows, spanRows, unreadableRows } from './fact-rows.ts';
import { FactTable } from './fact-table.tsx';
import { runCount } from './word-rows.ts';
import { WordTable } from './word-table.tsx';

/** What is known of memory, whoever said it. */
export function MemoryTab() {
  const view = useSnapshotView();
  const { picture } = usePicture();
  if (view === undefined) return null;
  const { snapshot } = view;
  const words = snapshot.memory.addresses.length;
  const conflicts = conflictRows(snapshot);
  return (
    <div className="memory-tab">
      <header className="memory-head">
        {words === 0
          ? 'No words of memory in the paste'
          : `${counted(words, 'word')} in ${counted(runCount(snapshot.memory), 'run')}`}
        {conflicts.length > 0 && (
          <span className="memory-conflict">
            {' '}
            · {counted(snapshot.memory.conflicts.length, 'address', 'addresses')} with two values
          </span>
        )}
      </header>
      {words > 0 && <WordTable snapshot={snapshot} picture={picture} />}
      <div className={words > 0 ? 'memory-rest' : 'memory-rest is-all'}>
        <StructList view={view} />
        <FactTable title="Conflicts" columns={['Address', 'Value', 'Step']} rows={conflicts} open />
        <FactTable
          title="Spans"
          columns={['Base', 'Limit', 'State', 'Element', 'Class']}
          rows={spanRows(snapshot)}
          open={words === 0}
        />
        <FactTable title="Objects" columns={['Label', 'Base', 'Size']} rows={objectRows(snapshot)} />
        <FactTable
          title="Registers"
          columns={['Name', 'Value', 'Printed by', 'Frame']}
          rows={registerRows(snapshot)}
          open={words === 0}
        />
        <FactTable title="Mappings" columns={['Start', 'End', 'Size', 'Access', 'File']} rows={mappingRows(snapshot)} open />
        <FactTable title="Not readable" columns={['Address']} rows={unreadableRows(snapshot)} />
      </div>
    </div>
  );
}
