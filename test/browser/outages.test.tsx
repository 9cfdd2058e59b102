import { describe, expect, it } from 'vitest';

import { createConnection, useMessageReducer, useWebSocket } from '../../src/index.js';
import { becomes, mount, reaches, use } from './page.js';
import { startServer } from './servers.js';

/** Short enough for a test; the defaults have one of their own. */
const QUICK = { minDelay: 50, maxDelay: 250 };

describe('a service restart (1012)', () => {
  it('with a real outage: dials are refused until the process is back, and nothing is lost', async () => {
    const server = await startServer();
    const connection = createConnection<string, string>(server.url, { reconnect: QUICK });
    function Page() {
      const { status, cause } = useWebSocket(connection);
      const messages = useMessageReducer(connection, (all: string, message) => `${all} ${message}`, '');
      return <p>{`${status} ${cause?.name ?? ''}${messages}`}</p>;
    }
    const { shows } = mount(<Page />);
    await shows('open ');
    connection.send('before');
    await shows('open  before');

    await server.goDown(1012, 'deploying');
    await shows('reconnecting Service Restart before');
    const state = await reaches(connection, ({ attempt }) => attempt >= 4);
    expect(state).toMatchObject({
      status: 'reconnecting',
      cause: { code: 1012, reason: 'deploying', wasClean: true, opened: true },
      lastClose: { code: 1006, opened: false },
      error: null,
    });
    expect(connection.send('meanwhile')).toBe('queued');

    await server.comeBack();
    await shows('open  before meanwhile');
    expect((await server.stats()).received).toEqual(['meanwhile']);
  });

  it('by default is over within 1 to 5 seconds', async () => {
    const server = await startServer();
    const connection = use(createConnection(server.url));
    await becomes(connection, 'open');
    await server.close(1012);
    const { retryAt, lastClose } = await becomes(connection, 'reconnecting');
    const delay = retryAt! - lastClose!.at;
    expect(delay).toBeGreaterThanOrEqual(1_000);
    expect(delay).toBeLessThanOrEqual(5_000);
    await becomes(connection, 'open');
    expect(Date.now()).toBeGreaterThanOrEqual(Math.floor(retryAt!));
    expect((await server.stats()).dials).toBe(2);
  });
});

describe('a server process that is killed with -9', () => {
  it('is a 1006, and the next process on its port is found', async () => {
    const server = await startServer();
    const connection = use(createConnection(server.url, { reconnect: QUICK }));
    await becomes(connection, 'open');
    await server.signal('SIGKILL');
    const state = await reaches(connection, ({ attempt }) => attempt >= 2);
    expect(state.cause).toMatchObject({ code: 1006, opened: true, wasClean: false });
    await server.comeBack();
    await becomes(connection, 'open');
    expect(connection.send('hello again')).toBe('sent');
  });
});

describe('a server process that is stopped: the socket is half open', () => {
  it('is found out by the heartbeat within 1.6 s, and left without waiting for its close', async () => {
    const server = await startServer();
    const connection = use(
      createConnection(server.url, {
        heartbeat: { message: 'ping', interval: 1_000, timeout: 500 },
        connectTimeout: 500,
        reconnect: QUICK,
      }),
    );
    await becomes(connection, 'open');
    await server.signal('SIGSTOP');
    const stoppedAt = performance.now();
    const state = await becomes(connection, 'reconnecting');
    expect(performance.now() - stoppedAt).toBeLessThan(1_600);
    expect(state.cause).toMatchObject({ code: 1006, opened: true, wasClean: false, local: false });

    // A stopped process still takes connections, and answers none of them.
    await reaches(connection, ({ attempt }) => attempt >= 2);
    await server.signal('SIGCONT');
    await becomes(connection, 'open');
  });

  it('that answers its heartbeats is left alone, and the answers are not delivered', async () => {
    const server = await startServer();
    const connection = use(
      createConnection<string>(server.url, {
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

describe('a server that flaps: it accepts and then closes', () => {
  it('gets maxAttempts dials after the first, and no more', async () => {
    const server = await startServer({ closeOnOpen: [1011, 'crash'] });
    const connection = use(
      createConnection(server.url, { reconnect: { ...QUICK, widenTo: 250, maxAttempts: 3 } }),
    );
    const { error, attempt } = await becomes(connection, 'failed');
    expect(error).toMatchObject({ kind: 'exhausted', code: 1011, close: { reason: 'crash' } });
    expect(attempt).toBe(3);
    expect((await server.stats()).dials).toBe(4);
  });

  it('with 1003 gets one dial', async () => {
    const server = await startServer({ closeOnOpen: [1003, 'no'] });
    const connection = use(createConnection(server.url, { reconnect: QUICK }));
    const { error } = await becomes(connection, 'failed');
    expect(error).toMatchObject({ kind: 'contract', code: 1003 });
    expect((await server.stats()).dials).toBe(1);
  });
});
