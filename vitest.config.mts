import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const LONG = /(removals|kills|looks|layout)\.test\.ts$/;

/** What takes long begins first, so that no processor waits for it in the end. A clean machine knows no durations. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    // By default one core is kept for watching, which on two cores is half of them.
    maxWorkers: '100%',
    sequence: { sequencer: LongFirst },
    projects: [
      // There are no globals to isolate: modules are loaded once for all files, which takes a third of the time.
      {
        test: {
          name: 'core',
          include: ['test/core/**/*.test.ts'],
          exclude: ['test/core/editor/**'],
          isolate: false,
          testTimeout: 30_000,
        },
      },
      // Each file has a fake of its own in the place of VS Code.
      { test: { name: 'editor', include: ['test/core/editor/**/*.test.ts'], testTimeout: 30_000 } },
      { test: { name: 'local', include: ['test/local/**/*.test.ts'] } },
      {
        test: {
          name: 'sandbox',
          include: ['test/sandbox/**/*.test.ts'],
          isolate: false,
          testTimeout: 30_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
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
      {
        test: {
          name: 'webview',
          include: ['test/webview/**/*.test.ts'],
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});
