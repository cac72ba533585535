import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/browser/require-chromium.ts'],
    // One Chromium at a time: the machines are small.
    fileParallelism: false,
    testTimeout: 40_000,
    hookTimeout: 60_000,
  },
});
