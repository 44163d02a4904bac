import type { SnapshotView } from '../../../worker/protocol.ts';
import { StructTable } from './struct-table.tsx';

/** Structs that are open at first: more would push everything else out of sight. */
const mostOpen = 3;

/** All printed structs of the case, those that hold evidence first. */
export function StructList({ view }: { view: SnapshotView }) {
  const { structs } = view.session;
  if (structs.length === 0) return null;
  const telling = structs.filter((one) => one.sign !== undefined || one.rows.some((row) => row.sign !== undefined || row.bad));
  const sorted = [...telling, ...structs.filter((one) => !telling.includes(one))];
  return (
    <details className="memory-facts" open={telling.length > 0 || structs.length <= mostOpen}>
      <summary>
        Structs and variables <span>{structs.length.toLocaleString('en-US')}</span>
      </summary>
      <div className="struct-list">
        {sorted.map((one, index) => (
          <StructTable key={index} view={one} size={view.snapshot.memory.wordSize} id={`struct-${index.toString()}`} />
        ))}
      </div>
    </details>
  );
}
