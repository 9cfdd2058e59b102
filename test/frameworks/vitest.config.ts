import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'frameworks',
    environment: 'node',
    include: ['*.test.ts'],
    globalSetup: 'globalSetup.ts',
    // An installation or a build uses every core.
    fileParallelism: false,
    // The tests wait for real programs, on a machine that may be busy.
    retry: 1,
    testTimeout: 400_000,
    hookTimeout: 400_000,
  },
});
