import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright';
import { beforeAll } from 'vitest';
import type { WebSocketOptions } from '../../src/index.js';
import { addCleanup } from '../faults/cleanup.js';
import { findChromium } from '../setup.mjs';

const APP = fileURLToPath(new URL('./app.tsx', import.meta.url));

let browser: Browser;
let script: string;
let origin: string;

/** Launches Chromium and a web server for all tests of the file. */
export function launchChromium(): void {
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
      // Playwright disables the back/forward cache by default; these tests need it.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--host-resolver-rules=MAP echo.example 127.0.0.1',
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

/** How a page differs from the default one. */
export interface PageOptions {
  readonly options?: WebSocketOptions;
  /** Content of the head, such as a Content Security Policy. */
  readonly head?: string;
  /** Another origin. It needs no server, because Playwright answers its requests. */
  readonly origin?: string;
}

/** Opens a page whose app connects to the URL, and collects the console messages. */
export async function openPage(
  url: string,
  { options = {}, head, origin: otherOrigin }: PageOptions = {},
): Promise<{ readonly page: Page; readonly consoleMessages: string[] }> {
  const context = await browser.newContext();
  context.setDefaultTimeout(60_000);
  // The browser may close first and take the context with it, which makes this close fail.
  addCleanup(() => void context.close().catch(() => undefined));
  const page = await context.newPage();
  const consoleMessages: string[] = [];
  page.on('console', (message) => {
    if (!message.text().includes('React DevTools')) consoleMessages.push(message.text());
  });
  page.on('pageerror', (error) => consoleMessages.push(error.message));
  const pageOrigin = otherOrigin ?? origin;
  if (otherOrigin !== undefined || head !== undefined) {
    await page.route(`${pageOrigin}/**`, (route) =>
      route.fulfill({ contentType: 'text/html', body: html(head) }),
    );
  }
  const query = new URLSearchParams({ url, options: JSON.stringify(options) });
  await page.goto(`${pageOrigin}/?${query.toString()}`);
  return { page, consoleMessages };
}

/** The URL of a second page, to which a test can navigate and from which it can go back. */
export const otherPageUrl = (): string => `${origin}/elsewhere`;

/** Waits until the app renders the status. */
export async function waitForStatus(page: Page, status: string): Promise<void> {
  await page.waitForFunction((wanted) => (window as Partial<Window>).app?.socket.status === wanted, status);
}
