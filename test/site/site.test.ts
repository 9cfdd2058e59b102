import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { chromiumArguments, findChromium } from '../setup.mjs';
import { findLinks, findSidewaysScroll, findViolations, openPage, waitUntilRendered } from './sitePage.js';

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
      const defects: string[] = [];
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        for (const colorScheme of SCHEMES) {
          await page.emulateMedia({ colorScheme });
          const found = [...(await findSidewaysScroll(page)), ...(await findViolations(page, type))];
          defects.push(...found.map((defect) => `${width} px, ${colorScheme}: ${defect}`));
        }
      }
      const deadLinks = (await findLinks(page)).filter((path) => !isPage(path));
      await page.context().close();
      const all = [...problems, ...defects, ...deadLinks.map((path) => `dead link: ${path}`)];
      expect(all, all.join('\n')).toEqual([]);
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

/** Whether a path leads to a page of this Storybook. */
function isPage(path: string): boolean {
  const [, type, id] = /^\/(story|docs)\/([^/]+)$/.exec(path) ?? [];
  return entries.some((entry) => entry.id === id && entry.type === type);
}
