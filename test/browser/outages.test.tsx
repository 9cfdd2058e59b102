import { describe, expect, it } from 'vitest';

import { createConnection, useMessageReducer, useWebSocket, text } from '../../src/index.js';
import { waitForState } from '../support/waitForState.js';
import { mountPage, retainForTest, waitForStatus } from './mountPage.js';
import { startRealServer } from './realServers.js';

/** Shorter than the defaults, which have their own test. */
const SHORT_DELAYS = { minDelay: 50, maxDelay: 250 };

describe('a service restart (1012)', () => {
  it('shows the outage while dials are refused, then opens again and sends the queued message', async () => {
    const server = await startRealServer();
    const connection = createConnection(server.url, { contract: text(), reconnect: SHORT_DELAYS });
    function Page() {
      const { status, cause } = useWebSocket(connection);
      const messages = useMessageReducer(connection, (all: string, message) => `${all} ${message}`, '');
      return <p>{`${status} ${cause?.name ?? ''}${messages}`}</p>;
    }
    const { waitForText } = mountPage(<Page />);
    await waitForText('open ');
    connection.send('before');
    await waitForText('open  before');

    await server.shutDown(1012, 'deploying');
    await waitForText('reconnecting Service Restart before');
    const state = await waitForState(connection, ({ attempt }) => attempt >= 4);
    expect(state).toMatchObject({
      status: 'reconnecting',
      cause: { code: 1012, reason: 'deploying', wasClean: true, opened: true },
      lastClose: { code: 1006, opened: false },
      error: null,
    });
    expect(connection.send('meanwhile')).toBe('queued');

    await server.startAgain();
    await waitForText('open  before meanwhile');
    expect((await server.stats()).received).toEqual(['meanwhile']);
  });

  it('reconnects after 1 to 5 seconds by default', async () => {
    const server = await startRealServer();
    const connection = retainForTest(createConnection(server.url));
    await waitForStatus(connection, 'open');
    await server.close(1012);
    const { retryAt, lastClose } = await waitForStatus(connection, 'reconnecting');
    const delay = retryAt! - lastClose!.at;
    expect(delay).toBeGreaterThanOrEqual(1_000);
    expect(delay).toBeLessThanOrEqual(5_000);
    await waitForStatus(connection, 'open');
    expect(Date.now()).toBeGreaterThanOrEqual(Math.floor(retryAt!));
    expect((await server.stats()).dials).toBe(2);
  });
});

describe('a server process that is killed with -9', () => {
  it('causes an outage with code 1006 that ends once a new process listens on the port', async () => {
    const server = await startRealServer();
    const connection = retainForTest(createConnection(server.url, { reconnect: SHORT_DELAYS }));
    await waitForStatus(connection, 'open');
    await server.signal('SIGKILL');
    const state = await waitForState(connection, ({ attempt }) => attempt >= 2);
    expect(state.cause).toMatchObject({ code: 1006, opened: true, wasClean: false });
    await server.startAgain();
    await waitForStatus(connection, 'open');
    expect(connection.send('hello again')).toBe('sent');
  });
});

describe('the heartbeat of a connection', () => {
  it('detects a stopped server process while it is stopped, so it does not wait for the close of the socket', async () => {
    const server = await startRealServer();
    const connection = retainForTest(
      createConnection(server.url, {
        heartbeat: { message: 'ping', interval: 1_000, timeout: 500 },
        connectTimeout: 500,
        reconnect: SHORT_DELAYS,
      }),
    );
    await waitForStatus(connection, 'open');
    await server.signal('SIGSTOP');
    const state = await waitForStatus(connection, 'reconnecting');
    expect(state.cause).toMatchObject({ code: 1006, opened: true, wasClean: false, local: false });

    // The kernel still accepts connections for a stopped process, but handshakes stay unanswered.
    await waitForState(connection, ({ attempt }) => attempt >= 2);
    await server.signal('SIGCONT');
    await waitForStatus(connection, 'open');
  });

  it('keeps the socket of a server that replies and does not deliver the replies', async () => {
    const server = await startRealServer();
    const connection = retainForTest(
      createConnection(server.url, {
        contract: text(),
        heartbeat: {
          message: 'ping',
          interval: 50,
          timeout: 2_000,
          isReply: (message) => message === 'ping',
        },
      }),
    );
    const received: string[] = [];
    connection.onMessage((message) => received.push(message));
    let replies = 0;
    const enough = new Promise<void>((resolve) => {
      connection.onEvent((event) => {
        if (event.type === 'heartbeat' && event.phase === 'reply' && (replies += 1) === 3) resolve();
      });
    });
    await enough;
    expect(connection.getState()).toMatchObject({ status: 'open', lastClose: null });
    expect(received).toEqual([]);
    expect((await server.stats()).dials).toBe(1);
  });
});

describe('a server that closes every socket right after it opened', () => {
  it('gets one dial and maxAttempts retries', async () => {
    const server = await startRealServer({ closeOnOpen: [1011, 'crash'] });
    const connection = retainForTest(
      createConnection(server.url, { reconnect: { ...SHORT_DELAYS, widenTo: 250, maxAttempts: 3 } }),
    );
    const { error, attempt } = await waitForStatus(connection, 'failed');
    expect(error).toMatchObject({ kind: 'exhausted', code: 1011, close: { reason: 'crash' } });
    expect(attempt).toBe(3);
    expect((await server.stats()).dials).toBe(4);
  });

  it('gets only one dial if it closes with 1003', async () => {
    const server = await startRealServer({ closeOnOpen: [1003, 'no'] });
    const connection = retainForTest(createConnection(server.url, { reconnect: SHORT_DELAYS }));
    const { error } = await waitForStatus(connection, 'failed');
    expect(error).toMatchObject({ kind: 'contract', code: 1003 });
    expect((await server.stats()).dials).toBe(1);
  });
});
