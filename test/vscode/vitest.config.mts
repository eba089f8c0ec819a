import { defineConfig } from 'vitest/config';

/** The suite in the real workbench. It needs out/ringfence.vsix, so it is not among the projects that run by default. */
export default defineConfig({
  test: {
    include: ['test/vscode/ui/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    // Each waits for its own sandbox most of the time.
    maxWorkers: 2,
    bail: 1,
  },
});
