/** Binds the keys of all commands to the page. */
import { useEffect } from 'react';
import { tinykeys } from 'tinykeys';
import { commands, type Command } from '../commands.ts';
import { isField } from '../intake/use-paste.ts';
import { useSettings } from '../stores/settings-store.ts';
import { runCommand } from './use-command.ts';

const modified = /^(?:\$mod|Alt|Control|Meta)\+/;

/** May the binding act for this event? Plain keys never act in fields or dialogs, letters only when they are switched on. */
export function allows(command: Command, binding: string, inField: boolean, letterKeys: boolean): boolean {
  if (modified.test(binding)) return true;
  if (inField) return false;
  return letterKeys || !command.letter;
}

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
