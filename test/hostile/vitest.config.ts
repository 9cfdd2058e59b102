import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'hostile',
    environment: 'jsdom',
    include: ['**/*.test.{ts,tsx}'],
    env: { WANT_REACT: '19.' },
    testTimeout: 60_000,
  },
});
