import { defineConfig } from '@playwright/test';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const port = 4183;

/** The browser that scripts/ensure-installed.mjs found or installed. */
function browserPath(): string {
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined) return given;
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // Not in this folder.
      }
    }
  }
  return '/usr/bin/chromium';
}

export default defineConfig({
  testDir: 'test/browser',
  workers: 1,
  reporter: 'list',
  timeout: 60_000,
  use: {
    baseURL: `http://127.0.0.1:${port.toString()}`,
    permissions: ['clipboard-read', 'clipboard-write'],
    viewport: { width: 1600, height: 1000 },
    launchOptions: {
      executablePath: browserPath(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--font-render-hinting=none',
      ],
    },
  },
  webServer: {
    command: `node scripts/start.mjs --no-build --strict --port ${port.toString()}`,
    url: `http://127.0.0.1:${port.toString()}`,
    reuseExistingServer: false,
  },
});
