import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RowName, rows } from './expectedResults.js';
import type { BrowserName } from './drivers/driver.js';
import { scenarios } from './scenarios.js';
import { BrowserHarness } from './browserHarness.js';

/** Runs all scenarios in one browser and compares the results with the expected ones. */
export function testBrowser(browser: BrowserName): void {
  let harness: BrowserHarness;
  beforeAll(async () => {
    harness = await BrowserHarness.create(browser);
  });
  afterEach(() => harness.cleanUp());
  afterAll(() => harness.close());

  describe(`in ${browser}`, () => {
    for (const [name, { scenario, expected }] of Object.entries(rows)) {
      it(scenario, async () => {
        expect(await scenarios[name as RowName](harness)).toBe(expected[browser]);
      });
    }
  });
}
