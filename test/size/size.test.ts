import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../setup.mjs';
import { bundleSize } from './bundleSize.mjs';

/** The largest allowed sizes in bytes after gzip, with use-sync-external-store and without React. */
const limits = [
  { what: 'useWebSocket', code: "export { useWebSocket } from './dist/index.js'", limit: 15_170 },
  { what: 'the main entry', code: "export * from './dist/index.js'", limit: 16_350 },
  {
    what: 'core: createConnection',
    code: "export { createConnection } from './dist/core.js'",
    limit: 13_280,
  },
];

const table: Record<string, { minified: number; gzip: number; limit: number }> = {};

describe('the bundle', () => {
  it.each(limits)('adds at most $limit bytes for $what', async ({ what, code, limit }) => {
    const size = await bundleSize(code, root);
    table[what] = { ...size, limit };
    expect(size.gzip).toBeGreaterThan(0);
    expect(size.gzip).toBeLessThanOrEqual(limit);
  });

  afterAll(() => {
    console.table(table);
  });
});
