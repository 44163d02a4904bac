import type { SourceRange } from '../../../core/model/source.ts';
import { SourceLink } from '../inspector/source-link.tsx';

export interface FactRow {
  key: string;
  cells: readonly React.ReactNode[];
  source: SourceRange;
  bad?: boolean;
}

interface FactTableProps {
  title: string;
  columns: readonly string[];
  rows: readonly FactRow[];
  open?: boolean;
}

/** Rows of a folded table; more are counted. */
const mostRows = 500;

/** A small table whose rows link to their lines. */
export function FactTable({ title, columns, rows, open = false }: FactTableProps) {
  if (rows.length === 0) return null;
  return (
    <details className="memory-facts" open={open}>
      <summary>
        {title} <span>{rows.length.toLocaleString('en-US')}</span>
      </summary>
      <table>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">Read from</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, mostRows).map((row) => (
            <tr key={row.key} className={row.bad === true ? 'is-bad' : undefined}>
              {row.cells.map((cell, index) => (
                <td key={index} className="mono">
                  {cell}
                </td>
              ))}
              <td>
                <SourceLink source={row.source} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > mostRows && <p>{(rows.length - mostRows).toLocaleString('en-US')} more are not listed</p>}
    </details>
  );
}
