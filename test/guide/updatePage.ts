import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect } from 'vitest';
import { root } from '../setup.mjs';
import { readPage } from './pages.js';

/**
 * Expects a generated page to be current. If it is not, writes it again and fails, so that the next run passes
 * and the change is seen in the commit. With `CI` set it only fails.
 */
export async function expectCurrent(page: string, generated: string): Promise<void> {
  const file = join(root, page);
  const wanted = await format(generated, { ...(await resolveConfig(file)), filepath: file });
  const present = existsSync(file) ? readPage(page) : '';
  if (present !== wanted && process.env.CI === undefined) {
    writeFileSync(file, wanted);
    expect.fail(`${page} was out of date. It has been written again: check the change and commit it.`);
  }
  expect(present).toBe(wanted);
}
