import { build } from 'esbuild';
import { chromium } from 'playwright';
import { expect, it } from 'vitest';
import { findChromium, root } from '../setup.mjs';

const APP = `
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { WebSocketDevtools, WebSocketInspector } from './src/devtools/index.js';
import { createConnection } from './src/index.js';
import { createTestServer } from './src/testing/index.js';

const server = createTestServer({ onDial: (socket) => socket.accept() });
const connection = createConnection('wss://a.example/', { WebSocket: server.WebSocket });
connection.retain();
createRoot(document.querySelector('main')).render([
  createElement(WebSocketInspector, { key: 1, source: connection, nonce: 'r4nd0m' }),
  createElement(WebSocketDevtools, { key: 2, initialIsOpen: true, nonce: 'r4nd0m' }),
]);`;

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'nonce-r4nd0m'; require-trusted-types-for 'script'";

it('a strict Content-Security-Policy with a nonce leaves inspector and devtools their styles', async () => {
  const { outputFiles } = await build({
    stdin: { contents: APP, resolveDir: root, loader: 'js' },
    bundle: true,
    write: false,
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const browser = await chromium.launch({
    executablePath: findChromium() ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage();
    const messages: string[] = [];
    page.on('console', (message) => messages.push(message.text()));
    page.on('pageerror', (error) => messages.push(error.message));
    await page.route('**/*', (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/app.js')
        return route.fulfill({ contentType: 'text/javascript', body: outputFiles[0]!.text });
      if (pathname !== '/') return route.fulfill({ status: 204 });
      return route.fulfill({
        contentType: 'text/html',
        headers: { 'Content-Security-Policy': POLICY },
        body: '<!doctype html><title>App</title><main></main><script src="/app.js"></script>',
      });
    });
    await page.goto('https://app.example/');
    await page.locator('.rwh-phase-open').first().waitFor();
    const styles = await page.evaluate(() => {
      const styleOf = (selector: string) => getComputedStyle(document.querySelector(selector)!);
      return {
        corners: styleOf('.rwh-inspector').borderRadius,
        panel: styleOf('.rwh-devtools').position,
        bar: styleOf('.rwh-phase-open').width,
      };
    });
    expect(styles).toMatchObject({ corners: '12px', panel: 'fixed' });
    expect(styles.bar).toMatch(/^[\d.]+px$/);
    expect(messages).toEqual([]);
  } finally {
    await browser.close();
  }
});
