import { describe, expect, it } from 'vitest';

import { createConnection, type WebSocketConstructor } from '../../src/index.js';
import { becomes, reaches, use } from './page.js';
import { startServer } from './servers.js';

const QUICK = { minDelay: 20, maxDelay: 100 };

describe('a dial', () => {
  it('that is answered with HTTP 503 is refused, and made again until the server is well', async () => {
    const server = await startServer({ refusals: 2 });
    const connection = use(createConnection(server.url, { reconnect: QUICK }));
    const outage = await becomes(connection, 'reconnecting');
    expect(outage.cause).toMatchObject({ code: 1006, reason: '', opened: false, wasClean: false });
    await becomes(connection, 'open');
    expect((await server.stats()).dials).toBe(3);
  });

  it('whose handshake nobody answers is given up after connectTimeout', async () => {
    const server = await startServer({ mute: true });
    const connection = createConnection(server.url, {
      connectTimeout: 200,
      reconnect: { ...QUICK, maxAttempts: 1 },
    });
    const dials: number[] = [];
    connection.onEvent((event) => {
      if (event.type === 'dial') dials.push(event.attempt);
    });
    use(connection);
    const state = await becomes(connection, 'reconnecting');
    expect(state.cause).toMatchObject({ code: 1006, opened: false });
    expect((await becomes(connection, 'failed')).error).toMatchObject({ kind: 'exhausted' });
    expect(dials).toEqual([0, 1]);
  });

  it('that is answered with a subprotocol nobody offered is refused', async () => {
    const server = await startServer({ protocol: 'other' });
    const connection = use(
      createConnection(server.url, { protocols: 'mine', reconnect: { ...QUICK, maxAttempts: 1 } }),
    );
    const { error, lastClose } = await becomes(connection, 'failed');
    expect(error).toMatchObject({ kind: 'exhausted', code: 1006 });
    expect(lastClose).toMatchObject({ opened: false });
  });

  it('to a port that browsers block is an outage like any other', async () => {
    const connection = use(
      createConnection('ws://127.0.0.1:25/', { reconnect: { ...QUICK, maxAttempts: 2 } }),
    );
    const { error } = await becomes(connection, 'failed');
    expect(error).toMatchObject({ kind: 'exhausted', close: { code: 1006, opened: false } });
  });

  it('that a Content Security Policy blocks is a refused one, although its socket never closes', async () => {
    const frame = document.createElement('iframe');
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="connect-src 'none'">`;
    document.body.append(frame);
    await loaded;
    const { WebSocket: Blocked } = frame.contentWindow as unknown as { WebSocket: WebSocketConstructor };
    const server = await startServer();
    const connection = use(
      createConnection(server.url, { WebSocket: Blocked, reconnect: { ...QUICK, maxAttempts: 1 } }),
    );
    const outage = await becomes(connection, 'reconnecting');
    expect(outage.cause).toMatchObject({ code: 1006, opened: false });
    await becomes(connection, 'failed');
    expect((await server.stats()).dials).toBe(0);
    frame.remove();
  });

  it.each(['ws://', 'ftp://127.0.0.1/', 'ws://127.0.0.1/#fragment'])(
    'to %s is a setup error',
    async (url) => {
      const connection = use(createConnection(url));
      const { error } = await becomes(connection, 'failed');
      expect(error).toMatchObject({ name: 'WebSocketError', kind: 'setup', code: null });
    },
  );

  it.each([['a b'], [['twice', 'twice']]])('with the subprotocols %j is a setup error', async (protocols) => {
    const connection = use(createConnection('ws://127.0.0.1:9/', { protocols }));
    const { error } = await becomes(connection, 'failed');
    expect(error).toMatchObject({ kind: 'setup' });
  });

  it('to an empty URL from a function does not go to the address of the page', async () => {
    const connection = use(createConnection(() => ''));
    const { error } = await becomes(connection, 'failed');
    expect(error).toMatchObject({ kind: 'setup' });
  });
});

describe('a server that sends text which is no UTF-8', () => {
  it('is an outage of an open socket (1006), and capped by the attempts', async () => {
    const server = await startServer({ invalidUtf8: true });
    const connection = use(
      createConnection(server.url, {
        reconnect: { ...QUICK, maxAttempts: 2 },
        onOpen: () => void connection.send('say something'),
      }),
    );
    const outage = await reaches(connection, ({ status }) => status === 'reconnecting');
    expect(outage.cause).toMatchObject({ code: 1006, opened: true, wasClean: false });
    await becomes(connection, 'failed');
    expect((await server.stats()).dials).toBe(3);
  });
});
