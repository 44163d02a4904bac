/** When a key binding acts. */
import type { Command } from '../commands.ts';

const modified = /^(?:\$mod|Alt|Control|Meta)\+/;

/** May the binding act for this event? Plain keys never act in fields or dialogs, letters only when they are switched on. */
export function allows(command: Command, binding: string, inField: boolean, letterKeys: boolean): boolean {
  if (modified.test(binding)) return !(inField && command.notInFields === true);
  if (inField) return false;
  return letterKeys || !command.letter;
}
