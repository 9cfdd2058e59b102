import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'site',
    environment: 'node',
    include: ['**/*.test.ts'],
    globalSetup: 'globalSetup.ts',
    maxConcurrency: 3,
    // The tests wait for real programs, on a machine that may be busy.
    retry: 1,
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
});
