import { describe, expect, it } from 'vitest';

import { createConnection, type WebSocketConstructor } from '../../src/index.js';
import { waitForState } from '../support/waitForState.js';
import { retainForTest, waitForStatus } from './mountPage.js';
import { startRealServer } from './realServers.js';

const SHORT_DELAYS = { minDelay: 20, maxDelay: 100 };

describe('a dial', () => {
  it('retries a dial that the server answers with HTTP 503 until the server accepts', async () => {
    const server = await startRealServer({ refusals: 2 });
    const connection = retainForTest(createConnection(server.url, { reconnect: SHORT_DELAYS }));
    const outage = await waitForStatus(connection, 'reconnecting');
    expect(outage.cause).toMatchObject({ code: 1006, reason: '', opened: false, wasClean: false });
    await waitForStatus(connection, 'open');
    expect((await server.stats()).dials).toBe(3);
  });

  it('abandons a dial after connectTimeout if the server does not answer the handshake', async () => {
    const server = await startRealServer({ mute: true });
    const connection = createConnection(server.url, {
      connectTimeout: 200,
      reconnect: { ...SHORT_DELAYS, maxAttempts: 1 },
    });
    const dials: number[] = [];
    connection.onEvent((event) => {
      if (event.type === 'dial') dials.push(event.attempt);
    });
    retainForTest(connection);
    const state = await waitForStatus(connection, 'reconnecting');
    expect(state.cause).toMatchObject({ code: 1006, opened: false });
    expect((await waitForStatus(connection, 'failed')).error).toMatchObject({ kind: 'exhausted' });
    expect(dials).toEqual([0, 1]);
  });

  it('treats a handshake that selects a subprotocol it did not offer as a refused dial', async () => {
    const server = await startRealServer({ protocol: 'other' });
    const connection = retainForTest(
      createConnection(server.url, { protocols: 'mine', reconnect: { ...SHORT_DELAYS, maxAttempts: 1 } }),
    );
    const { error, lastClose } = await waitForStatus(connection, 'failed');
    expect(error).toMatchObject({ kind: 'exhausted', code: 1006 });
    expect(lastClose).toMatchObject({ opened: false });
  });

  it('treats a port that browsers block as a refused dial', async () => {
    const connection = retainForTest(
      createConnection('ws://127.0.0.1:25/', { reconnect: { ...SHORT_DELAYS, maxAttempts: 2 } }),
    );
    const { error } = await waitForStatus(connection, 'failed');
    expect(error).toMatchObject({ kind: 'exhausted', close: { code: 1006, opened: false } });
  });

  it('treats a dial blocked by a Content Security Policy as refused, although its socket never closes', async () => {
    const frame = document.createElement('iframe');
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="connect-src 'none'">`;
    document.body.append(frame);
    await loaded;
    const { WebSocket: Blocked } = frame.contentWindow as unknown as { WebSocket: WebSocketConstructor };
    const server = await startRealServer();
    const connection = retainForTest(
      createConnection(server.url, { WebSocket: Blocked, reconnect: { ...SHORT_DELAYS, maxAttempts: 1 } }),
    );
    const outage = await waitForStatus(connection, 'reconnecting');
    expect(outage.cause).toMatchObject({ code: 1006, opened: false });
    await waitForStatus(connection, 'failed');
    expect((await server.stats()).dials).toBe(0);
    frame.remove();
  });

  it.each(['ws://', 'ftp://127.0.0.1/', 'ws://127.0.0.1/#fragment'])(
    'fails with a setup error for the URL %s',
    async (url) => {
      const connection = retainForTest(createConnection(url));
      const { error } = await waitForStatus(connection, 'failed');
      expect(error).toMatchObject({ name: 'WebSocketError', kind: 'setup', code: null });
    },
  );

  it.each([['a b'], [['twice', 'twice']]])(
    'fails with a setup error for the subprotocols %j',
    async (protocols) => {
      const connection = retainForTest(createConnection('ws://127.0.0.1:9/', { protocols }));
      const { error } = await waitForStatus(connection, 'failed');
      expect(error).toMatchObject({ kind: 'setup' });
    },
  );

  it('fails with a setup error for an empty URL from a function instead of dialling the address of the page', async () => {
    const connection = retainForTest(createConnection(() => ''));
    const { error } = await waitForStatus(connection, 'failed');
    expect(error).toMatchObject({ kind: 'setup' });
  });
});

describe('a server that sends invalid UTF-8', () => {
  it('causes an outage with code 1006 and gets at most maxAttempts retries', async () => {
    const server = await startRealServer({ invalidUtf8: true });
    const connection = retainForTest(
      createConnection(server.url, {
        reconnect: { ...SHORT_DELAYS, maxAttempts: 2 },
        onOpen: () => void connection.send('say something'),
      }),
    );
    const outage = await waitForState(connection, ({ status }) => status === 'reconnecting');
    expect(outage.cause).toMatchObject({ code: 1006, opened: true, wasClean: false });
    await waitForStatus(connection, 'failed');
    expect((await server.stats()).dials).toBe(3);
  });
});
