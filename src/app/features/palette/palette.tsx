/** The box that goes to an address, function, goroutine or finding, and runs commands: a field with a list under it. */
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { commands } from '../../commands.ts';
import { isAnswered, useCommand } from '../../hooks/use-command.ts';
import { useSnapshotView } from '../../stores/current.ts';
import { useSelection } from '../../stores/selection-store.ts';
import { ShellIcon } from '../../shell/icons.tsx';
import { go } from './go.ts';
import { suggest, type Suggestion } from './suggest.ts';
import styles from './palette.module.css';

export function Palette() {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const view = useSnapshotView();
  const owner = useSelection((state) => state.goroutine);
  useCommand('search', () => {
    field.current?.focus();
    field.current?.select();
  });
  const suggestions = useMemo(() => {
    if (!open) return [];
    // The field itself has the focus: a command that leads here leads nowhere.
    const answered = commands.filter((command) => command.id !== 'search' && command.local !== true && isAnswered(command.id));
    return suggest(query, { snapshot: view?.snapshot, findings: view?.findings ?? [], commands: answered, owner });
  }, [open, query, view, owner]);
  const at = Math.min(active, suggestions.length - 1);

  const choose = (suggestion: Suggestion | undefined) => {
    if (suggestion === undefined) return;
    setOpen(false);
    // Keys act on the page again.
    field.current?.blur();
    go(suggestion);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && suggestions.length > 0) {
      event.preventDefault();
      setActive((at + step + suggestions.length) % suggestions.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(suggestions[at]);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (query === '') field.current?.blur();
      setQuery('');
    }
  };
  return (
    <div role="search" className={styles['search']}>
      <ShellIcon name="search" size={14} />
      <input
        ref={field}
        type="search"
        role="combobox"
        aria-label="Go to an address, function or goroutine, or run a command"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 && open ? `${id}-${at}` : undefined}
        placeholder="Go to address, function, goroutine"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={() => {
          setActive(0);
          setOpen(true);
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <kbd>Ctrl K</kbd>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="Places and commands"
        tabIndex={-1}
        hidden={!open}
        className={styles['list']}
      >
        {suggestions.map((suggestion, index) => (
          <Row
            key={suggestion.key}
            id={`${id}-${index}`}
            suggestion={suggestion}
            active={index === at}
            onChoose={() => choose(suggestion)}
          />
        ))}
        {open && suggestions.length === 0 && (
          <div role="option" aria-disabled="true" aria-selected="false" className={styles['none']}>
            No address, function, goroutine, finding or command is called {query.trim()}
          </div>
        )}
      </div>
    </div>
  );
}

interface RowProps {
  id: string;
  suggestion: Suggestion;
  active: boolean;
  onChoose: () => void;
}

function Row({ id, suggestion: { title, what, keys = [], target }, active, onChoose }: RowProps) {
  const code = target.kind === 'address' || target.kind === 'frame';
  return (
    <div
      ref={(row) => {
        if (active) row?.scrollIntoView({ block: 'nearest' });
      }}
      id={id}
      role="option"
      aria-selected={active}
      className={styles['row']}
      // The field keeps the focus until the choice is made.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className={code ? `mono ${styles['title'] ?? ''}` : styles['title']}>{title}</span>
      <span className={styles['what']}>{what}</span>
      {keys.map((shown) => (
        <kbd key={shown}>{shown}</kbd>
      ))}
    </div>
  );
}
