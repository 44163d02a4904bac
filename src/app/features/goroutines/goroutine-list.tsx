/** The goroutine switcher: a tree of groups and members, virtual, with one tab stop. */
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Snapshot } from '../../../core/model/snapshot.ts';
import { goroutineRow } from '../../../core/model/tables.ts';
import type { GroupTable, SnapshotView } from '../../../worker/protocol.ts';
import { useCommand } from '../../hooks/use-command.ts';
import { useAnchor, useWindow } from '../../hooks/use-window.ts';
import { usePartial } from '../../stores/case-store.ts';
import { useSelection } from '../../stores/selection-store.ts';
import { useView } from '../../stores/view-store.ts';
import { filterGroups } from './filter.ts';
import { firstMember, groupKey, ownerOf, ShownGroups, type GoroutineGroup } from './groups.ts';
import { groupHeight, memberHeight, TreeRows } from './tree-rows.ts';
import styles from './goroutines.module.css';

function plural(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? word : `${word}s`}`;
}

function summary(groups: GroupTable, partial: boolean): string {
  const goroutines = groups.members.length;
  const threads = groups.thread.reduce((count, thread) => (thread >= 0 ? count + 1 : count), 0);
  const parts: string[] = [];
  const soFar = partial ? ' so far' : '';
  if (goroutines > 0) parts.push(`${goroutines.toLocaleString('en')}${soFar} in ${plural(groups.length - threads, 'group')}`);
  if (threads > 0) parts.push(plural(threads, 'thread'));
  return parts.join(', ');
}

export function GoroutineList({ view }: { view: SnapshotView }) {
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const { snapshot, groups } = view;
  const partial = usePartial() !== undefined;
  const shown = useMemo(() => filterGroups(snapshot, groups, query), [snapshot, groups, query]);
  useCommand('find-goroutine', () => {
    useView.getState().setLeft(true);
    requestAnimationFrame(() => field.current?.focus());
  });
  if (groups.length === 0) return null;
  return (
    <section className={styles['section']} aria-labelledby="goroutines-label">
      <h2 id="goroutines-label" className={`section-label ${styles['title'] ?? ''}`}>
        Goroutines <span className={styles['summary']}>{summary(groups, partial)}</span>
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
        <Tree groups={groups} shown={shown} snapshot={snapshot} />
      )}
    </section>
  );
}

/** A row by what it stands for: it is the same one in the beginning of an input and in the whole. */
interface Cursor {
  /** `groupKey`. */
  group: number;
  member: number;
}

const nothingOpen: ReadonlySet<number> = new Set();

/** Number of the group with this key; -1 = there is none. */
function findGroup(snapshot: Snapshot, groups: GroupTable, key: number): number {
  for (let group = 0; group < groups.length; group++) if (groupKey(snapshot, groups, group) === key) return group;
  return -1;
}

/** Number of the group whose first member is `owner`, or of the thread; -1 = there is none. */
function groupOf(snapshot: Snapshot, groups: GroupTable, owner: string): number {
  const thread = snapshot.threads.findIndex(({ name }) => name === owner);
  const wanted = goroutineRow(snapshot.goroutines, owner);
  const id = snapshot.goroutines.id[wanted];
  for (let group = 0; group < groups.length; group++) {
    const row = firstMember(groups, group);
    if (row < 0 ? groups.thread[group] === thread : snapshot.goroutines.id[row] === id) return group;
  }
  return -1;
}

function Tree({ groups, shown, snapshot }: { groups: GroupTable; shown: Uint32Array; snapshot: Snapshot }) {
  const scroller = useRef<HTMLDivElement>(null);
  const selected = useSelection((state) => state.goroutine);
  const select = useSelection((state) => state.select);
  /** Keys of the groups whose members are shown. */
  const [open, setOpen] = useState(nothingOpen);
  const rows = useMemo(
    () => new TreeRows(snapshot, groups, shown, (group) => open.size > 0 && open.has(groupKey(snapshot, groups, group))),
    [groups, shown, open, snapshot],
  );
  const [cursor, setCursor] = useState<Cursor>();
  const window = useWindow(rows, scroller);
  useAnchor(rows, window, (row, before) => {
    const { group, member } = before.at(row);
    const same = before.groups === groups;
    return rows.find(same ? group : findGroup(snapshot, groups, groupKey(before.snapshot, before.groups, group)), member);
  });
  const found = useMemo(() => {
    const group = cursor === undefined ? groupOf(snapshot, groups, selected) : findGroup(snapshot, groups, cursor.group);
    return rows.find(group, cursor?.member);
  }, [rows, snapshot, groups, selected, cursor]);
  const active = Math.max(0, found);
  const shownGroups = useMemo(() => new ShownGroups(snapshot, groups), [snapshot, groups]);

  const ownerAt = (group: number, member: number): string =>
    member < 0 ? shownGroups.at(group).owner : ownerOf(snapshot, groups.members[(groups.memberStart[group] ?? 0) + member] ?? 0);
  const isOpen = (group: number) => open.has(groupKey(snapshot, groups, group));
  const cursorAt = (row: number): Cursor => {
    const { group, member } = rows.at(row);
    return { group: groupKey(snapshot, groups, group), member };
  };
  const choose = (row: number) => {
    const { group, member } = rows.at(row);
    setCursor(cursorAt(row));
    select({ goroutine: ownerAt(group, member) }, 'list');
    useView.getState().setLeft(false);
  };
  const toggle = (group: number, show: boolean) => {
    const next = new Set(open);
    const key = groupKey(snapshot, groups, group);
    if (show) next.add(key);
    else next.delete(key);
    setOpen(next);
  };
  const move = (index: number) => {
    const row = Math.min(rows.length - 1, Math.max(0, index));
    setCursor(cursorAt(row));
    window.scrollTo(row, 'nearest');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { group } = rows.at(active);
    const actions: Record<string, () => void> = {
      ArrowDown: () => move(active + 1),
      ArrowUp: () => move(active - 1),
      Home: () => move(0),
      End: () => move(rows.length - 1),
      PageDown: () => move(active + 8),
      PageUp: () => move(active - 8),
      ArrowRight: () => toggle(group, shownGroups.at(group).size > 1),
      ArrowLeft: () => {
        toggle(group, false);
        setCursor({ group: groupKey(snapshot, groups, group), member: -1 });
      },
      Enter: () => choose(active),
      ' ': () => choose(active),
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };

  const treeItem = (row: number) => {
    const { group, member } = rows.at(row);
    const object = shownGroups.at(group);
    const owner = ownerAt(group, member);
    return (
      <div
        key={`${groupKey(snapshot, groups, group)}/${member}`}
        id={`goroutine-row-${row}`}
        role="treeitem"
        aria-level={member < 0 ? 1 : 2}
        aria-selected={owner === selected}
        aria-expanded={member < 0 && object.size > 1 ? isOpen(group) : undefined}
        data-active={row === active}
        className={styles[member < 0 ? 'group' : 'member']}
        style={{ transform: `translateY(${window.placeOf(row)}px)`, height: member < 0 ? groupHeight : memberHeight }}
        onClick={() => choose(row)}
      >
        {member < 0 ? (
          <GroupRow group={object} onToggle={() => toggle(group, !isOpen(group))} />
        ) : (
          <span className={styles['id']}>{owner}</span>
        )}
      </div>
    );
  };
  return (
    <div ref={scroller} className={styles['scroller']}>
      <div
        role="tree"
        tabIndex={0}
        aria-label="Goroutines"
        aria-activedescendant={active < rows.length ? `goroutine-row-${active}` : undefined}
        className={styles['tree']}
        style={{ height: window.height }}
        onKeyDown={onKeyDown}
      >
        {Array.from({ length: window.end - window.first }, (_, at) => treeItem(window.first + at))}
      </div>
    </div>
  );
}

function stateText({ crashed, victim, state, minutes }: GoroutineGroup): string {
  const marked = [state, crashed ? 'crashed' : '', victim ? 'damaged' : ''].filter((word) => word !== '').join(' · ');
  return minutes > 0 && !crashed ? `${marked}, ${minutes.toLocaleString('en')} min` : marked;
}

/** In the row: what went wrong is never cut off, a long state before it may be. */
function State({ group }: { group: GoroutineGroup }) {
  const marks = [group.crashed ? 'crashed' : '', group.victim ? 'damaged' : ''].filter((word) => word !== '');
  const bad = marks.length > 0;
  // That a row is a thread says less than that it crashed.
  const state =
    bad && group.state === 'thread'
      ? ''
      : stateText({ ...group, crashed: false, victim: false, minutes: bad ? 0 : group.minutes });
  return (
    <span className={styles['state']} data-bad={bad} title={stateText(group)}>
      <span className={styles['stateName']}>{state}</span>
      {bad && <span className={styles['mark']}>{state === '' ? marks.join(' · ') : ` · ${marks.join(' · ')}`}</span>}
    </span>
  );
}

function GroupRow({ group, onToggle }: { group: GoroutineGroup; onToggle: () => void }) {
  return (
    <>
      <span
        className={styles['dot']}
        data-state={group.crashed || group.victim ? 'bad' : group.running ? 'running' : 'waiting'}
      />
      <span className={styles['head']}>
        <span className={styles['id']} title={group.owner}>
          {group.owner}
        </span>
        {group.size > 1 && (
          <span
            className={styles['count']}
            title="Show the members"
            onClick={(event) => {
              event.stopPropagation();
              onToggle();
            }}
          >
            × {group.size.toLocaleString('en')}
          </span>
        )}
        <State group={group} />
      </span>
      <span className={styles['doing']} title={group.doing}>
        {group.doing}
      </span>
    </>
  );
}
