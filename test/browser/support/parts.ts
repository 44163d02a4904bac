/** The parts of the page by their accessible names. */
import type { Locator, Page } from '@playwright/test';

export type View = 'Stack' | 'Trail' | 'Frames' | 'Memory' | 'Text';

export function verdict(page: Page): Locator {
  return page.getByRole('region', { name: 'Verdict' }).getByRole('heading', { level: 1 });
}

export function tab(page: Page, name: View): Locator {
  return page.getByRole('tab', { name, exact: true });
}

export function findings(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Findings and selection' });
}

export function diagram(page: Page): Locator {
  return page.getByRole('grid', { name: /^Stack of / });
}

/** The row of the diagram that shows the word at `address`. */
export function row(page: Page, address: string): Locator {
  return diagram(page).getByRole('row', { name: new RegExp(`^${address}\\b`) });
}

export function selectedRow(page: Page): Locator {
  return diagram(page).getByRole('row', { selected: true });
}

export function goroutines(page: Page): Locator {
  return page.getByRole('tree', { name: 'Goroutines' });
}

/** The text as it is shown before the editor has loaded. */
export function plainText(page: Page): Locator {
  return page.getByRole('listbox', { name: /^Text of / });
}

/** The box in the header that goes places and runs commands. */
export function palette(page: Page): Locator {
  return page.getByRole('combobox', { name: /^Go to an address/ });
}
