/** Binds the keys of all commands to the page. */
import { useEffect } from 'react';
import { tinykeys } from 'tinykeys';
import { commands } from '../commands.ts';
import { isField } from '../intake/use-paste.ts';
import { useSettings } from '../stores/settings-store.ts';
import { allows } from './key-rules.ts';
import { runCommand } from './use-command.ts';

export function useKeys(): void {
  useEffect(() => {
    const bindings: Record<string, (event: KeyboardEvent) => void> = {};
    for (const command of commands) {
      if (command.local === true) continue;
      for (const binding of command.keys) {
        bindings[binding] = (event) => {
          const inField = isField(event.target) || document.querySelector('dialog[open]') !== null;
          if (!allows(command, binding, inField, useSettings.getState().letterKeys)) return;
          if (runCommand(command.id)) event.preventDefault();
        };
      }
    }
    return tinykeys(window, bindings);
  }, []);
}
