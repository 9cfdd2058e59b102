import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright';
import type { CloseInfo } from '../../src/core/index.js';
import { chromiumArguments, findChromium } from '../setup.mjs';
import type { Outcome, ObservedConnection } from './observedConnection.js';

declare global {
  interface Window {
    observed: ObservedConnection;
    library: { readonly ObservedConnection: typeof ObservedConnection };
  }
}

let chromiumWithLibrary: Promise<{ browser: Browser; library: string }> | undefined;

async function launch(): Promise<{ browser: Browser; library: string }> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./observedConnection.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'library',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const browser = await chromium.launch({
    executablePath: findChromium() ?? '/usr/bin/chromium',
    args: chromiumArguments,
  });
  return { browser, library: outputFiles[0]!.text };
}

export async function closeChromium(): Promise<void> {
  await (await chromiumWithLibrary)?.browser.close();
}

/** A connection of the library in a page of Chromium. */
export class Tab {
  readonly #page: Page;
  readonly #url: string;

  private constructor(page: Page, url: string) {
    this.#page = page;
    this.#url = url;
  }

  /**
   * Opens the page for a server on this port. Do it before the server starts: with the page, Chromium opens spare
   * connections to its origin, and some servers wait for them when they are stopped.
   */

  static async open(port: number): Promise<Tab> {
    chromiumWithLibrary ??= launch();
    const { browser, library } = await chromiumWithLibrary;
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    // The page has the origin of the server, because some servers accept no other.
    const url = `http://127.0.0.1:${port}/page`;
    // Chromium asks for it, because this page does not come from a local address.
    await page.context().grantPermissions(['local-network-access'], { origin: url });
    // The page itself comes from the test.
    await page.route('**/*', (route) =>
      route.request().url() === url
        ? route.fulfill({ contentType: 'text/html', body: '<title>Test</title>' })
        : route.abort(),
    );
    await page.goto(url);
    await page.addScriptTag({ content: library });
    return new Tab(page, `ws://127.0.0.1:${port}/`);
  }

  async connect(): Promise<void> {
    await this.#page.evaluate(async (url) => {
      window.observed = new window.library.ObservedConnection(url);
      await window.observed.waitUntilOpen();
    }, this.#url);
  }

  end(): Promise<void> {
    return this.#page.close();
  }

  firstClose(): Promise<CloseInfo> {
    return this.#page.evaluate(() => window.observed.firstClose());
  }

  waitForAnswer(): Promise<boolean> {
    return this.#page.evaluate(() => window.observed.waitForAnswer());
  }

  outcome(): Promise<Outcome> {
    return this.#page.evaluate(() => window.observed.outcome());
  }

  sendBinary(): Promise<void> {
    return this.#page.evaluate(() => {
      window.observed.sendBinary();
    });
  }
}
