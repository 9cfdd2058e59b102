// @vitest-environment node
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

const script = fileURLToPath(new URL('../../stories/server/demoServer.mjs', import.meta.url));

let server: ChildProcess;
let port = 0;
let controlPort = 0;

beforeAll(async () => {
  server = fork(script, { env: { ...process.env, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const [line] = (await once(server.stdout!.setEncoding('utf8'), 'data')) as [string];
  [port = 0, controlPort = 0] = [...line.matchAll(/:(\d+)/g)].map(([, digits]) => Number(digits));
});

afterAll(() => server.kill());

interface RequestSettings {
  readonly to?: number;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Returns the status of a plain HTTP request. `fetch` would normalize the path and reject some headers. */
async function ask({
  to = port,
  path = '/',
  method = 'GET',
  headers = {},
}: RequestSettings): Promise<number> {
  const asked = request({ host: '127.0.0.1', port: to, path, method, headers }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.destroy();
  return response.statusCode ?? 0;
}

/** Resolves to `'open'`, or to the HTTP status that answers the WebSocket handshake. */
function handshake(path: string, origin?: string): Promise<number | 'open'> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, origin === undefined ? {} : { origin });
    socket.on('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
  });
}

/** Checks that the server accepts a WebSocket and that its process has not ended. */
async function expectServerToBeUp(): Promise<void> {
  expect(await handshake('/quotes')).toBe('open');
  expect(server.exitCode).toBeNull();
}

describe('the demo server', () => {
  it.each(['//', '//x:y', '/\\:0', 'http://[', '*'])(
    'answers the path %j with 400 on both ports and keeps running',
    async (path) => {
      expect(await ask({ path })).toBe(400);
      expect(await ask({ path, to: controlPort })).toBe(400);
      expect(await ask({ path, to: controlPort, method: 'POST' })).toBe(400);
      await expectServerToBeUp();
    },
  );

  it('answers a WebSocket handshake for an invalid path with 400 and keeps running', async () => {
    const asked = request({
      host: '127.0.0.1',
      port,
      path: '//',
      headers: { Connection: 'Upgrade', Upgrade: 'websocket' },
    }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(400);
    await expectServerToBeUp();
  });

  it('keeps running after connections that are reset during the upgrade', async () => {
    for (let count = 0; count < 20; count += 1) {
      const stream = connect(port, '127.0.0.1');
      await once(stream, 'connect');
      stream.on('error', () => undefined);
      stream.write(
        'GET /unknown HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      );
      stream.resetAndDestroy();
      await once(stream, 'close');
    }
    await expectServerToBeUp();
  });

  it.each(['http://localhost:6006', 'https://127.0.0.1', 'http://[::1]:8080'])(
    'accepts a page from %s',
    async (origin) => {
      expect(await handshake('/quotes', origin)).toBe('open');
      expect(await ask({ to: controlPort, path: '/events', headers: { origin } })).toBe(200);
    },
  );

  it.each(['https://attacker.example', 'http://localhost.attacker.example', 'null', 'file://'])(
    'answers a page from %s with 403',
    async (origin) => {
      expect(await handshake('/quotes', origin)).toBe(403);
      expect(await ask({ headers: { origin } })).toBe(403);
      expect(await ask({ to: controlPort, path: '/events', headers: { origin } })).toBe(403);
      expect(await ask({ to: controlPort, path: '/kill', method: 'POST', headers: { origin } })).toBe(403);
      await expectServerToBeUp();
    },
  );

  it('answers a cross-site image request with 403, although it has no Origin header', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect(await ask({ to: controlPort, path: '/events', headers })).toBe(403);
  });

  it('answers a foreign host name (DNS rebinding) with 403', async () => {
    const headers = { host: `attacker.example:${controlPort}` };
    expect(await ask({ to: controlPort, path: '/events', headers })).toBe(403);
  });

  it('closes its sockets with 1012 on a restart, and listens on the same port again', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/quotes`);
    await once(socket, 'open');
    const closed = once(socket, 'close');
    expect(await ask({ to: controlPort, path: '/restart?down=0', method: 'POST' })).toBe(204);
    expect((await closed)[0]).toBe(1012);
    await expect.poll(() => handshake('/quotes').catch(() => 'refused')).toBe('open');
  });
});
