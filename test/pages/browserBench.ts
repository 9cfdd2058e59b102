import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright';
import { beforeAll } from 'vitest';
import type { WebSocketOptions } from '../../src/index.js';
import { finallyDo } from '../faults/bench.js';
import { findChromium } from '../setup.mjs';

const APP = fileURLToPath(new URL('./app.tsx', import.meta.url));

let browser: Browser;
let script: string;
let origin: string;

/** One Chromium and one web server for a file of tests. */
export function openBrowser(): void {
  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [APP],
      bundle: true,
      write: false,
      format: 'iife',
      jsx: 'automatic',
      define: { 'process.env.NODE_ENV': '"development"' },
    });
    script = outputFiles[0]?.text ?? '';
    const web = createServer(({ url }, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end(url?.startsWith('/elsewhere') ? '<title>Elsewhere</title>' : html());
    });
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
    browser = await chromium.launch({
      executablePath: findChromium() ?? '/usr/bin/chromium',
      // Playwright switches the back/forward cache off; these tests need it.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
      ],
    });
    return async () => {
      await browser.close();
      web.close();
    };
  });
}

function html(head = ''): string {
  return `<!doctype html><title>App</title>${head}<body><script>${script.replaceAll('</script', '<\\/script')}</script>`;
}

/** What is special about a page. */
export interface PageOptions {
  readonly options?: WebSocketOptions;
  /** Something for the head, such as a Content Security Policy. */
  readonly head?: string;
  /** Another origin, which nobody serves: the page is handed to the browser. */
  readonly at?: string;
}

/** Opens a page whose app uses this URL; what its console says is collected. */
export async function openPage(
  url: string,
  { options = {}, head, at }: PageOptions = {},
): Promise<{ readonly page: Page; readonly said: string[] }> {
  const context = await browser.newContext();
  // The last one may go with the browser, before it has closed by itself.
  finallyDo(() => void context.close().catch(() => undefined));
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => {
    if (!message.text().includes('React DevTools')) said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(error.message));
  const place = at ?? origin;
  if (at !== undefined || head !== undefined) {
    await page.route(`${place}/**`, (route) => route.fulfill({ contentType: 'text/html', body: html(head) }));
  }
  const query = new URLSearchParams({ url, options: JSON.stringify(options) });
  await page.goto(`${place}/?${query.toString()}`);
  return { page, said };
}

/** Where a page can go and come back from. */
export const elsewhere = (): string => `${origin}/elsewhere`;

/** Waits until the app shows this status. */
export async function untilStatus(page: Page, status: string): Promise<void> {
  await page.waitForFunction((wanted) => (window as Partial<Window>).app?.socket.status === wanted, status, {
    timeout: 30_000,
  });
}
