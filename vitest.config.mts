import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // By default one core is kept for watching, which on two cores is half of them.
    maxWorkers: '100%',
    projects: [
      // There are no globals to isolate: modules are loaded once for all files, which takes a third of the time.
      { test: { name: 'core', include: ['test/core/**/*.test.ts'], isolate: false, testTimeout: 30_000 } },
      { test: { name: 'local', include: ['test/local/**/*.test.ts'] } },
      { test: { name: 'sandbox', include: ['test/sandbox/**/*.test.ts'], isolate: false, testTimeout: 30_000 } },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          isolate: false,
          testTimeout: 600_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'project', include: ['test/project/**/*.test.ts'], isolate: false, testTimeout: 60_000 } },
      { test: { name: 'webview', include: ['test/webview/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
    ],
  },
});
