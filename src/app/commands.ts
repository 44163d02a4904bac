/**
 * Commands as data: the shortcut sheet, the key bindings and the key hints in the status bar all come from this list.
 * What a command does is given by the view that can do it (`useCommand`); without one the key does nothing.
 */
export const commandIds = [
  'previous-word',
  'next-word',
  'previous-frame',
  'next-frame',
  'follow-pointer',
  'back',
  'forward',
  'next-problem',
  'previous-problem',
  'flip-direction',
  'fold',
  'find-goroutine',
  'show-stack',
  'show-frames',
  'show-memory',
  'show-text',
  'show-trail',
  'copy-row',
  'copy-frame',
  'search',
  'open-files',
  'new-case',
  'undo-adding',
  'copy-link',
  'copy-report',
  'copy-stack',
  'copy-script',
  'theme',
  'cancel-reading',
  'shortcuts',
] as const;
export type CommandId = (typeof commandIds)[number];

export interface Command {
  id: CommandId;
  title: string;
  group: 'Move' | 'Stack' | 'Page';
  /** tinykeys bindings; none: the palette runs it. */
  keys: readonly string[];
  /** As shown to people. */
  shown: readonly string[];
  /** A bare letter: off in fields, and off altogether by the setting. */
  letter: boolean;
  /** A field has a use of its own for the keys. */
  notInFields?: boolean;
  /** Bound where it acts (the diagram while it has the focus, reading while it lasts), not on the whole page. */
  local?: boolean;
}

export const commands: readonly Command[] = [
  { id: 'previous-word', title: 'Previous word', group: 'Move', keys: ['ArrowUp'], shown: ['↑'], letter: false, local: true },
  { id: 'next-word', title: 'Next word', group: 'Move', keys: ['ArrowDown'], shown: ['↓'], letter: false, local: true },
  { id: 'previous-frame', title: 'Previous frame', group: 'Move', keys: ['BracketLeft'], shown: ['['], letter: true },
  { id: 'next-frame', title: 'Next frame', group: 'Move', keys: ['BracketRight'], shown: [']'], letter: true },
  {
    id: 'follow-pointer',
    title: 'Follow the pointer',
    group: 'Move',
    keys: ['Enter'],
    shown: ['Enter'],
    letter: false,
    local: true,
  },
  {
    id: 'back',
    title: 'Back',
    group: 'Move',
    keys: ['Backspace', 'Alt+ArrowLeft'],
    shown: ['Backspace', 'Alt ←'],
    letter: false,
  },
  { id: 'forward', title: 'Forward', group: 'Move', keys: ['Alt+ArrowRight'], shown: ['Alt →'], letter: false },
  { id: 'next-problem', title: 'Next problem', group: 'Stack', keys: ['e'], shown: ['E'], letter: true },
  { id: 'previous-problem', title: 'Previous problem', group: 'Stack', keys: ['Shift+E'], shown: ['Shift E'], letter: true },
  { id: 'flip-direction', title: 'Flip the direction of the stack', group: 'Stack', keys: ['i'], shown: ['I'], letter: true },
  { id: 'fold', title: 'Fold or unfold quiet words', group: 'Stack', keys: ['z'], shown: ['Z'], letter: true },
  { id: 'copy-row', title: 'Copy the row', group: 'Stack', keys: ['c'], shown: ['C'], letter: true },
  { id: 'copy-frame', title: 'Copy the frame as text', group: 'Stack', keys: ['Shift+C'], shown: ['Shift C'], letter: true },
  {
    id: 'find-goroutine',
    title: 'Filter goroutines',
    group: 'Page',
    keys: ['g'],
    shown: ['G'],
    letter: true,
  },
  {
    id: 'search',
    title: 'Go to an address, function or goroutine; run a command',
    group: 'Page',
    keys: ['/', '$mod+k'],
    shown: ['/', 'Ctrl K'],
    letter: true,
  },
  { id: 'show-stack', title: 'Stack view', group: 'Page', keys: ['Alt+1'], shown: ['Alt 1'], letter: false },
  { id: 'show-frames', title: 'Frames view', group: 'Page', keys: ['Alt+2'], shown: ['Alt 2'], letter: false },
  { id: 'show-memory', title: 'Memory view', group: 'Page', keys: ['Alt+3'], shown: ['Alt 3'], letter: false },
  { id: 'show-text', title: 'Text view', group: 'Page', keys: ['Alt+4'], shown: ['Alt 4'], letter: false },
  { id: 'show-trail', title: 'Trail view', group: 'Page', keys: ['Alt+5'], shown: ['Alt 5'], letter: false },
  { id: 'open-files', title: 'Open files…', group: 'Page', keys: ['$mod+o'], shown: ['Ctrl O'], letter: false },
  { id: 'new-case', title: 'New case', group: 'Page', keys: [], shown: [], letter: false },
  {
    id: 'undo-adding',
    title: 'Take back what was added to the case',
    group: 'Page',
    keys: ['$mod+z'],
    shown: ['Ctrl Z'],
    letter: false,
    notInFields: true,
  },
  { id: 'copy-link', title: 'Copy a link to this case', group: 'Page', keys: [], shown: [], letter: false },
  { id: 'copy-report', title: 'Copy the report as Markdown', group: 'Page', keys: [], shown: [], letter: false },
  { id: 'copy-stack', title: 'Copy the stack as Go prints it', group: 'Page', keys: [], shown: [], letter: false },
  { id: 'copy-script', title: 'Copy the script of what to ask next', group: 'Page', keys: [], shown: [], letter: false },
  { id: 'theme', title: 'Change the theme: system, light, dark', group: 'Page', keys: [], shown: [], letter: false },
  {
    id: 'cancel-reading',
    title: 'Stop reading',
    group: 'Page',
    keys: ['Escape'],
    shown: ['Esc'],
    letter: false,
    local: true,
  },
  { id: 'shortcuts', title: 'All shortcuts', group: 'Page', keys: ['Shift+?'], shown: ['?'], letter: true },
];
