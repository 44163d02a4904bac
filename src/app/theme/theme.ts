/** Puts the chosen theme on the page: `data-theme` is always 'light' or 'dark', so that canvas code can read tokens. */
import { create } from 'zustand';
import { useSettings, type ThemeChoice } from '../stores/settings-store.ts';

export type Theme = 'light' | 'dark';

/** The theme in force, after the system's wish was looked up. */
export const useTheme = create<{ theme: Theme }>()(() => ({ theme: 'light' }));

export function resolveTheme(choice: ThemeChoice, systemDark: boolean): Theme {
  if (choice === 'system') return systemDark ? 'dark' : 'light';
  return choice;
}

/** Follows the setting and the system until the page closes. */
export function followTheme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const theme = resolveTheme(useSettings.getState().theme, system.matches);
    document.documentElement.dataset['theme'] = theme;
    if (useTheme.getState().theme !== theme) useTheme.setState({ theme });
  };
  system.addEventListener('change', apply);
  useSettings.subscribe(apply);
  apply();
}

/** `#fff`, as a minified style sheet writes it, in six digits. */
export function sixDigits(colour: string): string {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour);
  return short === null
    ? colour
    : `#${short
        .slice(1)
        .map((digit) => digit + digit)
        .join('')}`;
}

/** Value of a token at this moment: `token('fp')` is '#055fe5' in the light theme. */
export function token(name: string): string {
  return sixDigits(getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
}
