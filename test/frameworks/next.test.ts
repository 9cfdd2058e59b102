// An application with the App Router of Next.js: a server component and client components use the packed library.
import { beforeAll, describe, expect, it } from 'vitest';
import { type App, freePort, installApp } from './app.js';
import { openChromium, playQuotes } from './browser.js';

openChromium();

/** What the server component of the page writes, without a browser. */
async function expectServerComponentToWork(origin: string): Promise<void> {
  const html = await (await fetch(origin)).text();
  const shown = Object.fromEntries(
    [...html.matchAll(/<p id="server-(\w+)">([^<]*)<\/p>/g)].map(([, id, text]) => [id, text]),
  );
  expect(shown).toEqual({
    status: 'idle',
    error: 'contract',
    class: 'one class',
    restart: 'Service Restart',
    codes: 'known',
  });
  // The hooks render as idle on the server.
  expect(html).toContain('<p id="own-status">idle</p>');
}

describe('Next.js', () => {
  let app: App;
  beforeAll(() => {
    app = installApp('next');
  });

  it('builds and serves an application that works', async () => {
    const { status, output } = app.run('next', ['build']);
    expect(status, output).toBe(0);
    const port = await freePort();
    await app.start('next', ['start', '--hostname', '127.0.0.1', '--port', String(port)], /Ready in/);
    const origin = `http://127.0.0.1:${port}`;
    await expectServerComponentToWork(origin);
    await playQuotes(origin);
  });

  // React reports every difference between server and client in development, and some in production.
  it('develops an application that hydrates without a warning', async () => {
    const port = await freePort();
    await app.start('next', ['dev', '--hostname', '127.0.0.1', '--port', String(port)], /Ready in/);
    const origin = `http://127.0.0.1:${port}`;
    await expectServerComponentToWork(origin);
    await playQuotes(origin);
  });
});
