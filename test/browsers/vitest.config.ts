import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'browsers',
    environment: 'node',
    include: ['**/*.test.ts'],
    globalSetup: 'globalSetup.ts',
    // The tests wait for real programs, on a machine that may be busy.
    retry: 1,
    testTimeout: 150_000,
    hookTimeout: 120_000,
  },
});
