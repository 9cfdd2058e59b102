import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { chromiumArguments, findChromium } from '../setup.mjs';

let browser: Browser;

/** One Chromium for a file of tests. */
export function openChromium(): void {
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: findChromium() ?? '/usr/bin/chromium',
      args: chromiumArguments,
    });
  });
  afterAll(() => browser.close());
}

const addressOf = (server: { address(): AddressInfo | string | null }): string =>
  `127.0.0.1:${(server.address() as AddressInfo).port}`;

/** Serves the files of a folder until the test is over; returns the origin. */
export async function serveFolder(folder: string): Promise<string> {
  const types: Readonly<Record<string, string>> = {
    '.html': 'text/html',
    '.js': 'text/javascript',
    '.css': 'text/css',
  };
  const server: Server = createServer(({ url }, response) => {
    const { pathname } = new URL(url ?? '/', 'http://127.0.0.1');
    const file = join(folder, pathname === '/' ? 'index.html' : pathname);
    readFile(file).then(
      (content) => {
        response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
        response.end(content);
      },
      () => {
        // Browsers ask for an icon, and report its absence as an error of the page.
        response.statusCode = pathname === '/favicon.ico' ? 204 : 404;
        response.end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  );
  return `http://${addressOf(server)}`;
}

/** Opens a page whose warnings and errors are collected. */
async function openPage(): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
  const context = await browser.newContext();
  context.setDefaultTimeout(60_000);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints };
}

/**
 * Opens the page of an application that shows `Quotes` and plays a conversation with it: messages both ways, a
 * restart of the server (1012), and the end of it by a rejected message (1003).
 */
export async function playQuotes(origin: string): Promise<void> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  const received: string[] = [];
  let connections = 0;
  server.on('connection', (socket: WebSocket) => {
    connections += 1;
    socket.on('message', (data: Buffer) => received.push(data.toString()));
    socket.send('{"price":1}');
    socket.send(`{"price":${connections}}`);
  });
  const closeAll = (code: number, reason?: string): void => {
    for (const client of server.clients) client.close(code, reason);
  };

  const { page, complaints } = await openPage();
  /** Waits until the page shows this; what it shows instead is in the error. */
  const expectShown = (expected: Readonly<Record<string, string | RegExp>>): Promise<unknown> =>
    expect
      .poll(
        async () =>
          Object.fromEntries(
            await Promise.all(
              Object.keys(expected).map(async (id) => [id, await page.locator(`#${id}`).textContent()]),
            ),
          ) as Record<string, string>,
        { timeout: 60_000 },
      )
      .toEqual(
        Object.fromEntries(
          Object.entries(expected).map(([id, text]) => [
            id,
            text instanceof RegExp ? (expect.stringMatching(text) as unknown) : text,
          ]),
        ),
      );

  await page.goto(`${origin}/?socket=ws://${addressOf(server)}/quotes`);
  await expectShown({ 'shared-status': 'open', 'own-status': 'open', price: /^[12]$/, count: '2' });
  await expectShown({ class: 'one class' });
  expect(connections).toBe(2);

  await page.getByRole('button', { name: 'Watch' }).click();
  await expect.poll(() => received).toEqual(['{"watch":"ACME"}']);

  closeAll(1012, 'deploy');
  await expect.poll(() => connections, { timeout: 60_000 }).toBe(4);
  await expectShown({ 'shared-status': 'open', 'own-status': 'open', price: /^[34]$/, count: '4' });

  closeAll(1003, 'text only');
  await expectShown({ 'shared-status': 'failed', 'own-status': 'failed', hint: /.+/ });
  expect(complaints.join('\n')).toBe('');
}
