import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { chromiumArguments, findChromium } from '../setup.mjs';
import { findSidewaysScroll, findViolations, openPage, waitUntilRendered } from './sitePage.js';

const WIDTHS = [1_280, 360] as const;
const SCHEMES = ['light', 'dark'] as const;

const siteUrl = inject('siteUrl');
const entries = inject('siteEntries');

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: findChromium() ?? '/usr/bin/chromium',
    args: chromiumArguments,
  });
});

afterAll(() => browser.close());

describe.concurrent('The static Storybook below a path, without a server', () => {
  for (const { id, type, title, name } of entries) {
    it(`shows ${title} / ${name} without an error, a violation or sideways scroll`, async () => {
      const { page, problems } = await openPage(browser, siteUrl);
      await page.setViewportSize({ width: WIDTHS[0], height: 800 });
      await page.goto(`${siteUrl}iframe.html?id=${id}&viewMode=${type}`);
      expect(await waitUntilRendered(page)).toEqual({ status: 'success', problem: '' });
      const found: Record<string, readonly string[]> = {};
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        for (const colorScheme of SCHEMES) {
          await page.emulateMedia({ colorScheme });
          const defects = [...(await findSidewaysScroll(page)), ...(await findViolations(page, type))];
          if (defects.length > 0) found[`${width} px, ${colorScheme}`] = defects;
        }
      }
      const targets = await page
        .locator('a[href*="?path="]')
        .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
      await page.context().close();
      expect(found).toEqual({});
      expect(problems).toEqual([]);
      expect(targets.filter((target) => !isPage(target))).toEqual([]);
    });
  }

  it('opens with the introduction', async () => {
    const { page, problems } = await openPage(browser, siteUrl);
    await page.goto(siteUrl);
    const preview = page.frameLocator('#storybook-preview-iframe');
    await preview.getByRole('heading', { level: 1 }).waitFor();
    await preview.getByText('Connected.').waitFor();
    await page.context().close();
    expect(problems).toEqual([]);
  });
});

/** Whether a link leads to a page of this Storybook. */
function isPage(target: string): boolean {
  if (!target.startsWith(`${siteUrl}?path=/`)) return false;
  const [, type, id] = /path=\/(story|docs)\/([^&#]+)/.exec(target) ?? [];
  return entries.some((entry) => entry.id === id && entry.type === type);
}
