/** The goroutine switcher: a tree of groups and members, virtual, with one tab stop. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Snapshot } from '../../../core/model/snapshot.ts';
import { useCommand } from '../../hooks/use-command.ts';
import { useSelection } from '../../stores/selection-store.ts';
import { useView } from '../../stores/view-store.ts';
import { filterGroups } from './filter.ts';
import { groupGoroutines, type GoroutineGroup } from './groups.ts';
import styles from './goroutines.module.css';

interface Row {
  key: string;
  group: GoroutineGroup;
  /** Owner id that the row selects. */
  owner: string;
  member: boolean;
}

const groupHeight = 46;
const memberHeight = 26;

function rowsOf(groups: readonly GoroutineGroup[], open: ReadonlySet<string>, snapshot: Snapshot): Row[] {
  const rows: Row[] = [];
  for (const group of groups) {
    rows.push({ key: group.key, group, owner: group.owner, member: false });
    if (!open.has(group.key)) continue;
    for (const row of group.members) {
      const owner = (snapshot.goroutines.id[row] ?? 0n).toString();
      rows.push({ key: `${group.key}/${row}`, group, owner, member: true });
    }
  }
  return rows;
}

function plural(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? word : `${word}s`}`;
}

function summary(groups: readonly GoroutineGroup[]): string {
  const goroutines = groups.reduce((sum, group) => sum + group.members.length, 0);
  const threads = groups.filter((group) => group.thread).length;
  const parts: string[] = [];
  if (goroutines > 0) parts.push(`${goroutines.toLocaleString('en')} in ${plural(groups.length - threads, 'group')}`);
  if (threads > 0) parts.push(plural(threads, 'thread'));
  return parts.join(', ');
}

export function GoroutineList({ snapshot }: { snapshot: Snapshot }) {
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const groups = useMemo(() => groupGoroutines(snapshot), [snapshot]);
  const shown = useMemo(() => filterGroups(groups, query, snapshot), [groups, query, snapshot]);
  useCommand('find-goroutine', () => {
    useView.getState().setLeft(true);
    requestAnimationFrame(() => field.current?.focus());
  });
  if (groups.length === 0) return null;
  return (
    <section className={styles['section']} aria-labelledby="goroutines-label">
      <h2 id="goroutines-label" className="section-label">
        Goroutines <span className="aside">{summary(groups)}</span>
      </h2>
      <input
        ref={field}
        type="search"
        className={styles['filter']}
        placeholder="Filter by function or state"
        aria-label="Filter goroutines by function or state"
        title="Words, state:select, func:net/http, g:18, wait>10m"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      {shown.length === 0 ? (
        <p className={styles['none']}>No goroutine matches the filter</p>
      ) : (
        <Tree groups={shown} snapshot={snapshot} />
      )}
    </section>
  );
}

function Tree({ groups, snapshot }: { groups: readonly GoroutineGroup[]; snapshot: Snapshot }) {
  const scroller = useRef<HTMLDivElement>(null);
  const selected = useSelection((state) => state.goroutine);
  const select = useSelection((state) => state.select);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => rowsOf(groups, open, snapshot), [groups, open, snapshot]);
  const [cursor, setCursor] = useState<string>();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.member === true ? memberHeight : groupHeight),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
  });
  const found = rows.findIndex((row) => (cursor === undefined ? row.owner === selected : row.key === cursor));
  const active = Math.max(0, found);

  const choose = (row: Row) => {
    setCursor(row.key);
    select({ goroutine: row.owner }, 'list');
    useView.getState().setLeft(false);
  };
  const toggle = (group: GoroutineGroup, show: boolean) => {
    const next = new Set(open);
    if (show) next.add(group.key);
    else next.delete(group.key);
    setOpen(next);
  };
  const move = (index: number) => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))];
    if (row === undefined) return;
    setCursor(row.key);
    virtual.scrollToIndex(rows.indexOf(row));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active];
    if (row === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const actions: Record<string, () => void> = {
      ArrowDown: () => move(active + 1),
      ArrowUp: () => move(active - 1),
      Home: () => move(0),
      End: () => move(rows.length - 1),
      PageDown: () => move(active + 8),
      PageUp: () => move(active - 8),
      ArrowRight: () => toggle(row.group, row.group.members.length > 1),
      ArrowLeft: () => {
        toggle(row.group, false);
        setCursor(row.group.key);
      },
      Enter: () => choose(row),
      ' ': () => choose(row),
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };

  return (
    <div ref={scroller} className={styles['scroller']}>
      <div
        role="tree"
        tabIndex={0}
        aria-label="Goroutines"
        aria-activedescendant={rows[active] === undefined ? undefined : `goroutine-row-${active}`}
        className={styles['tree']}
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <div
              key={item.key}
              id={`goroutine-row-${item.index}`}
              role="treeitem"
              aria-level={row.member ? 2 : 1}
              aria-selected={row.owner === selected}
              aria-expanded={!row.member && row.group.members.length > 1 ? open.has(row.group.key) : undefined}
              data-active={item.index === active}
              className={styles[row.member ? 'member' : 'group']}
              style={{ transform: `translateY(${item.start}px)`, height: item.size }}
              onClick={() => choose(row)}
            >
              {row.member ? (
                <MemberRow row={row} />
              ) : (
                <GroupRow group={row.group} onToggle={() => toggle(row.group, !open.has(row.group.key))} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function MemberRow({ row }: { row: Row }) {
  return <span className={styles['id']}>{row.owner}</span>;
}

function stateText(group: GoroutineGroup): string {
  const state = group.crashed ? [group.state, 'crashed'].filter((word) => word !== '').join(' · ') : group.state;
  const marked = group.victim ? `${state} · damaged` : state;
  return group.minutes > 0 && !group.crashed ? `${marked}, ${group.minutes.toLocaleString('en')} min` : marked;
}

function GroupRow({ group, onToggle }: { group: GoroutineGroup; onToggle: () => void }) {
  return (
    <>
      <span
        className={styles['dot']}
        data-state={group.crashed || group.victim ? 'bad' : group.running ? 'running' : 'waiting'}
      />
      <span className={styles['head']}>
        <span className={styles['id']}>{group.owner}</span>
        {group.members.length > 1 && (
          <span
            className={styles['count']}
            title="Show the members"
            onClick={(event) => {
              event.stopPropagation();
              onToggle();
            }}
          >
            × {group.members.length.toLocaleString('en')}
          </span>
        )}
        <span className={styles['state']} data-bad={group.crashed || group.victim} title={stateText(group)}>
          {stateText(group)}
        </span>
      </span>
      <span className={styles['doing']} title={group.doing}>
        {group.doing}
      </span>
    </>
  );
}
