/** The analysis workers of a page. */
import type { Page } from '@playwright/test';

/** Keeps new analysis workers from loading until the returned function is called: nothing given meanwhile is read by them. */
export async function holdWorkers(page: Page): Promise<() => Promise<void>> {
  const pattern = '**/assets/analysis.worker-*';
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(pattern, async (route) => {
    await released;
    // Of a worker that was ended meanwhile nobody waits for the answer.
    await route.continue().catch(() => undefined);
  });
  return async () => {
    release();
    await page.unroute(pattern);
  };
}
