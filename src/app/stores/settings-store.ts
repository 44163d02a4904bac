/** What a person set once for all cases: kept in this browser, never part of a link. */
import { create } from 'zustand';
import { debuggers, type DebuggerName } from '../../core/model/session.ts';

export type ThemeChoice = 'system' | 'light' | 'dark';
/** Which end of the stack is drawn on top. */
export type Direction = 'low-first' | 'high-first';

interface StoredSettings {
  theme: ThemeChoice;
  direction: Direction;
  /** Single-letter keys (E, I, Z …); off for people whose tools type letters. */
  letterKeys: boolean;
  /** The debugger whose commands are shown, once one was chosen. */
  debuggerName?: DebuggerName | undefined;
}

export interface SettingsState extends StoredSettings {
  setTheme: (theme: ThemeChoice) => void;
  setDirection: (direction: Direction) => void;
  flipDirection: () => void;
  setLetterKeys: (on: boolean) => void;
  setDebugger: (name: DebuggerName) => void;
}

const storageKey = 'framewalk.settings';
const defaults: StoredSettings = { theme: 'system', direction: 'low-first', letterKeys: true };

/** Reads what was stored; anything unexpected gives the default for that setting. */
export function parseSettings(text: string | null): StoredSettings {
  if (text === null) return defaults;
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return defaults;
  }
  if (typeof stored !== 'object' || stored === null) return defaults;
  const theme = 'theme' in stored && (stored.theme === 'light' || stored.theme === 'dark') ? stored.theme : defaults.theme;
  const direction = 'direction' in stored && stored.direction === 'high-first' ? stored.direction : defaults.direction;
  const letterKeys = !('letterKeys' in stored && stored.letterKeys === false);
  const debuggerName = 'debuggerName' in stored ? debuggers.find((name) => name === stored.debuggerName) : undefined;
  return { theme, direction, letterKeys, ...(debuggerName !== undefined && { debuggerName }) };
}

/** Storage may be denied (private windows, blocked site data): settings then last as long as the page. */
function load(): StoredSettings {
  try {
    return parseSettings(localStorage.getItem(storageKey));
  } catch {
    return defaults;
  }
}

function save({ theme, direction, letterKeys, debuggerName }: StoredSettings): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify({ theme, direction, letterKeys, debuggerName }));
  } catch {
    // Not kept: nothing else depends on it.
  }
}

export const useSettings = create<SettingsState>()((set, get) => {
  const change = (part: Partial<StoredSettings>) => {
    set(part);
    save(get());
  };
  return {
    ...load(),
    setTheme: (theme) => change({ theme }),
    setDirection: (direction) => change({ direction }),
    flipDirection: () => change({ direction: get().direction === 'low-first' ? 'high-first' : 'low-first' }),
    setLetterKeys: (letterKeys) => change({ letterKeys }),
    setDebugger: (debuggerName) => change({ debuggerName }),
  };
});
