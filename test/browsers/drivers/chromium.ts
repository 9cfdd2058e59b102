import { chromium } from 'playwright';
import { chromiumArguments, findChromium } from '../../setup.mjs';
import type { Browser, LaunchOptions } from './driver.js';

/** Starts Chromium with Playwright. */
export async function launchChromium({ acceptInsecureCerts }: LaunchOptions): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: findChromium() ?? '/usr/bin/chromium',
    // Playwright disables the back/forward cache, which these tests need.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    args: chromiumArguments,
  });
  return {
    close: () => browser.close(),
    async newTab() {
      const context = await browser.newContext({ ignoreHTTPSErrors: acceptInsecureCerts });
      const page = await context.newPage();
      const messages: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) messages.push(message.text());
      });
      page.on('pageerror', (error) => messages.push(error.message));
      return {
        async goto(url) {
          await page.goto(url);
        },
        evaluate: (expression) => page.evaluate<string>(expression),
        console: () => messages,
        close: () => context.close(),
      };
    },
  };
}
