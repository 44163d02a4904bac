import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { environment: 'node', include: ['test/**/*.test.ts'], exclude: ['test/browser/**'], testTimeout: 20_000 },
});
