import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../setup.mjs';
import { bundleSize } from './bundleSize.mjs';

/** Bytes after gzip, with use-sync-external-store, without React: what it may not grow beyond. */
const limits = [
  { what: 'useWebSocket', code: "export { useWebSocket } from './dist/index.js'", limit: 9_590 },
  { what: 'the main entry', code: "export * from './dist/index.js'", limit: 10_670 },
  { what: 'core: createConnection', code: "export { createConnection } from './dist/core.js'", limit: 7_850 },
];

const table: Record<string, { minified: number; gzip: number; limit: number }> = {};

describe('size', () => {
  it.each(limits)('$what is at most $limit bytes', async ({ what, code, limit }) => {
    const size = await bundleSize(code, root);
    table[what] = { ...size, limit };
    expect(size.gzip).toBeGreaterThan(0);
    expect(size.gzip).toBeLessThanOrEqual(limit);
  });

  afterAll(() => {
    console.table(table);
  });
});
