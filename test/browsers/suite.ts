import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RowName, rows } from './differences.js';
import type { BrowserName } from './drivers/driver.js';
import { scenarios } from './scenarios.js';
import { Workbench } from './workbench.js';

/** Plays every scenario in one browser and compares what is seen with its column of the table. */
export function testBrowser(browser: BrowserName): void {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await Workbench.create(browser);
  });
  afterEach(() => bench.end());
  afterAll(() => bench.close());

  describe(`in ${browser}`, () => {
    for (const [name, { scenario, seen }] of Object.entries(rows)) {
      it(scenario, async () => {
        expect(await scenarios[name as RowName](bench)).toBe(seen[browser]);
      });
    }
  });
}
