import { chromium } from 'playwright';
import { chromiumArguments, findChromium } from '../../setup.mjs';
import type { Browser, LaunchOptions } from './driver.js';

/** Chromium, by Playwright. */
export async function launchChromium({ acceptInsecureCerts }: LaunchOptions): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: findChromium() ?? '/usr/bin/chromium',
    // Playwright switches the back/forward cache off; these tests need it.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    args: chromiumArguments,
  });
  return {
    close: () => browser.close(),
    async newTab() {
      const context = await browser.newContext({ ignoreHTTPSErrors: acceptInsecureCerts });
      const page = await context.newPage();
      const said: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) said.push(message.text());
      });
      page.on('pageerror', (error) => said.push(error.message));
      return {
        async goto(url) {
          await page.goto(url);
        },
        run: (expression) => page.evaluate<string>(expression),
        console: () => said,
        close: () => context.close(),
      };
    },
  };
}
