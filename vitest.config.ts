import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const browser = 'test/browser/**';
const postgres = 'test/postgres/**';
/** They take a library's place for all that is loaded with them. */
const threeWays = 'test/e2e/three-ways/**/*.test.ts';

export default defineConfig({
  test: {
    setupFiles: ['test/failing-properties.ts'],
    pool: 'threads',
    // One more than there are cores: most of the longer tests wait for other processes.
    maxWorkers: availableParallelism() + 1,
    // A busy machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    projects: [
      { extends: true, test: { name: 'three ways', include: [threeWays] } },
      {
        extends: true,
        test: {
          name: 'all others',
          include: ['test/**/*.test.ts'],
          exclude: [browser, postgres, threeWays],
          // Files share a worker and what it has loaded, one after the other: loading it anew for each took as long as the tests.
          isolate: false,
        },
      },
    ],
  },
});
