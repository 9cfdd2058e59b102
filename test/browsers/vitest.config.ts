import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'browsers',
    environment: 'node',
    include: ['**/*.test.ts'],
    globalSetup: 'globalSetup.ts',
    testTimeout: 150_000,
    hookTimeout: 120_000,
  },
});
