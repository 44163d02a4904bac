/** `test` whose every page is watched: an error in the console, a blocked resource or a request to another host fails it. */
import { test as base, expect, type BrowserContext } from '@playwright/test';

export interface Watch {
  /** Errors of the console and of scripts, violations of the content-security policy. */
  errors: string[];
  /** Addresses asked for, of any kind, outside this site. */
  foreign: string[];
  /** Watches another profile as well. */
  add: (context: BrowserContext) => Promise<void>;
}

async function watch(context: BrowserContext, origin: string, { errors, foreign }: Watch): Promise<void> {
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`Content-security policy: ${event.violatedDirective} refused ${event.blockedURI}`);
    });
  });
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => errors.push(error.error().message));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && url.protocol !== 'data:' && url.protocol !== 'blob:') foreign.push(request.url());
  });
}

export const test = base.extend<{ watched: Watch }>({
  watched: [
    async ({ context, baseURL }, use) => {
      const origin = new URL(baseURL ?? '').origin;
      const watched: Watch = { errors: [], foreign: [], add: (other) => watch(other, origin, watched) };
      await watched.add(context);
      await use(watched);
      expect(watched.errors).toEqual([]);
      expect(watched.foreign).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
