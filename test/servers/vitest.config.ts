import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'servers',
    environment: 'node',
    include: ['**/*.test.ts'],
    // Each test starts several servers; two at a time suit two cores.
    maxConcurrency: 2,
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
});
