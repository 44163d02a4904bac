import './ui.css';
import { useEffect, useRef, useState } from 'react';
import { announce } from '../stores/announcement-store.ts';
import { Icon } from './glyphs.tsx';

const shownMilliseconds = 1200;

/** Copies `text`; says so to assistive technology and by a check mark. `label` names what is copied. */
export function CopyButton({ text, label, focusable = true }: { text: string; label: string; focusable?: boolean }) {
  const [done, setDone] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async () => {
    if (!(await copyText(text, label))) return;
    setDone(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setDone(false), shownMilliseconds);
  };
  return (
    <button
      type="button"
      className="copy-button"
      aria-label={`Copy ${label}`}
      title={`Copy ${label}`}
      tabIndex={focusable ? 0 : -1}
      onClick={(event) => {
        event.stopPropagation();
        void copy();
      }}
    >
      <Icon name={done ? 'check' : 'copy'} size={14} />
    </button>
  );
}

/** Writes to the clipboard and announces it; false when the browser refuses. */
export async function copyText(text: string, label: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    announce(`Copied ${label}`);
    return true;
  } catch {
    announce('The browser did not allow copying');
    return false;
  }
}

/** A command that runs as it is, in mono, with its copy button. */
export function Command({ command, focusable = true }: { command: string; focusable?: boolean }) {
  return (
    <span className="command">
      <code className="mono">{command}</code>
      <CopyButton text={command} label="command" focusable={focusable} />
    </span>
  );
}
