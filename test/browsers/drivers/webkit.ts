import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { Browser, LaunchOptions } from './driver.js';
import { endProcess, readLine, startProcess } from './processes.js';

/** The test browser of WebKitGTK; its folder has the name of the architecture and the version. */
function findMiniBrowser(): string {
  for (const architecture of readdirSync('/usr/lib')) {
    for (const version of ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0']) {
      const path = `/usr/lib/${architecture}/${version}/MiniBrowser`;
      if (existsSync(path)) return path;
    }
  }
  throw new Error('There is no MiniBrowser of WebKitGTK under /usr/lib.');
}

/** WebKitWebDriver cannot choose a free port itself. */
async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until the URL answers; throws if the program ends before that. */
async function waitUntilReady(program: ChildProcess, url: string): Promise<void> {
  while (program.exitCode === null && program.signalCode === null) {
    const isReady = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await setTimeout(50);
  }
  throw new Error(`${program.spawnfile} has ended before it listened.`);
}

/** Starts WebKitGTK on a virtual display and controls it with WebDriver over HTTP. */
export async function launchWebKit({ acceptInsecureCerts }: LaunchOptions): Promise<Browser> {
  const screen = startProcess('Xvfb', ['-displayfd', '3', '-screen', '0', '1024x768x24', '-nolisten', 'tcp']);
  const display = await readLine(screen, screen.stdio[3] as Readable, /^(\d+)$/);
  const port = await findFreePort();
  const driver = startProcess('WebKitWebDriver', ['--host=127.0.0.1', `--port=${port}`], {
    DISPLAY: `:${display}`,
  });
  const base = `http://127.0.0.1:${port}`;
  await waitUntilReady(driver, `${base}/status`);

  const send = async <Result>(
    method: 'POST' | 'DELETE',
    path: string,
    body: object = {},
  ): Promise<Result> => {
    const response = await fetch(`${base}${path}`, {
      method,
      ...(method === 'POST' && { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as { value: Result & { message?: string } };
    if (!response.ok) throw new Error(`${method} ${path}: ${value.message ?? response.statusText}`);
    return value;
  };
  const { sessionId } = await send<{ sessionId: string }>('POST', '/session', {
    capabilities: {
      alwaysMatch: {
        acceptInsecureCerts,
        'webkitgtk:browserOptions': { binary: findMiniBrowser(), args: ['--automation'] },
      },
    },
  });
  const session = `/session/${sessionId}`;
  await send('POST', `${session}/timeouts`, { script: 60_000, pageLoad: 60_000 });

  return {
    async close() {
      await send('DELETE', session).catch(() => undefined);
      await endProcess(driver);
      await endProcess(screen);
    },
    // All tabs are the same one, because the timers and frames of a second, hidden tab would be throttled.
    newTab: () =>
      Promise.resolve({
        goto: (url) => send('POST', `${session}/url`, { url }),
        async evaluate(expression) {
          const { text, error } = await send<{ text?: string; error?: string }>(
            'POST',
            `${session}/execute/async`,
            {
              script: `const [done] = arguments; (${expression}).then((text) => done({ text }), (error) => done({ error: String(error) }));`,
              args: [],
            },
          );
          if (text === undefined) throw new Error(error);
          return text;
        },
        console: () => null,
        close: () => send('POST', `${session}/url`, { url: 'about:blank' }),
      }),
  };
}
