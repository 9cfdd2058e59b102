import { describe, expect, it } from 'vitest';
import { endAfterEach, QUICK, startServer, until, untilLost, untilOpen, use } from './bench.js';

endAfterEach();

describe('a server that dies', () => {
  it('by kill -9 is left at once, and found again when another one listens on its port', async () => {
    const server = await startServer();
    const connection = use(`ws://127.0.0.1:${server.port}/echo`);
    await untilOpen(connection);
    await server.kill();
    expect((await untilLost(connection)).cause).toMatchObject({ code: 1006, opened: true, wasClean: false });
    await until(connection, ({ attempt }) => attempt > 2);
    await startServer({ port: server.port });
    expect((await untilOpen(connection)).lastClose).toMatchObject({ code: 1006, opened: false });
  });

  it('by SIGSTOP is found out by the heartbeat while it is still stopped, and is used again once it goes on', async () => {
    const server = await startServer();
    const connection = use(`ws://127.0.0.1:${server.port}/echo`, {
      heartbeat: { message: 'ping', interval: 1_000, timeout: 500 },
      connectTimeout: 500,
    });
    await untilOpen(connection);
    server.process.kill('SIGSTOP');
    expect((await untilLost(connection)).cause).toMatchObject({ code: 1006, opened: true });
    // Half open: the kernel of a stopped server accepts, and nobody answers the handshake.
    await until(connection, ({ attempt }) => attempt === 2);
    server.process.kill('SIGCONT');
    await untilOpen(connection);
  });

  it('by a TCP reset is left at once', async () => {
    const server = await startServer();
    const connection = use(`ws://127.0.0.1:${server.port}/reset`, {
      reconnect: { ...QUICK, maxAttempts: 1 },
    });
    expect((await untilLost(connection)).cause).toMatchObject({ code: 1006, wasClean: false });
  });
});

describe('a handshake', () => {
  it('that is never answered is given up after connectTimeout, and tried again', async () => {
    const server = await startServer();
    const connection = use(`ws://127.0.0.1:${server.port}/silent-handshake`, { connectTimeout: 200 });
    await untilOpen(connection);
    expect(await server.dials('/silent-handshake')).toBe(3);
    expect(connection.getState().lastClose).toMatchObject({ code: 1006, opened: false });
  });

  it('that is answered with HTTP 503 is tried again until the server is well', async () => {
    const server = await startServer();
    const connection = use(`ws://127.0.0.1:${server.port}/503-twice`);
    await untilOpen(connection);
    expect(await server.dials('/503-twice')).toBe(3);
  });

  it('with a subprotocol that nobody asked for is refused each time, within maxAttempts', async () => {
    const server = await startServer();
    const connection = use(`ws://127.0.0.1:${server.port}/wrong-subprotocol`, {
      protocols: 'quotes.v1',
      reconnect: { ...QUICK, maxAttempts: 2 },
    });
    const { error } = await until(connection, ({ status }) => status === 'failed');
    expect(error).toMatchObject({ kind: 'exhausted', code: 1006 });
    expect(await server.dials('/wrong-subprotocol')).toBe(3);
  });
});

describe('a server that accepts', () => {
  it('and closes at once, again and again, is dialled maxAttempts times more and no more', async () => {
    const server = await startServer();
    const connection = use(`ws://127.0.0.1:${server.port}/flapping`, {
      reconnect: { ...QUICK, maxAttempts: 3 },
    });
    const { error, attempt } = await until(connection, ({ status }) => status === 'failed');
    expect({ kind: error?.kind, code: error?.code, attempt }).toEqual({
      kind: 'exhausted',
      code: 1011,
      attempt: 3,
    });
    expect(await server.dials('/flapping')).toBe(4);
  });

  it('and sends invalid UTF-8 looks like an outage, which maxAttempts ends', async () => {
    const server = await startServer();
    const connection = use(`ws://127.0.0.1:${server.port}/invalid-utf8`, {
      reconnect: { ...QUICK, maxAttempts: 2 },
    });
    const { error } = await until(connection, ({ status }) => status === 'failed');
    expect(error).toMatchObject({ kind: 'exhausted', code: 1006 });
  });

  it('and sends 64 MB in one message is heard', async () => {
    const server = await startServer();
    const connection = use(`ws://127.0.0.1:${server.port}/64-megabytes`);
    const length = await new Promise((resolve) => {
      connection.onMessage((message) => {
        resolve((message as string).length);
      });
    });
    expect(length).toBe(64 * 2 ** 20);
  });

  it('and sends more than maxMessageSize is reported, or ends with 4003, without a decoding', async () => {
    const server = await startServer();
    const connection = use(`ws://127.0.0.1:${server.port}/64-megabytes`, {
      maxMessageSize: 2 ** 20,
      onViolation: 'fail',
    });
    connection.onMessage(() => {
      throw new Error('It must not be delivered.');
    });
    const { error } = await until(connection, ({ status }) => status === 'failed');
    expect(error).toMatchObject({ kind: 'contract', code: 4003, direction: 'incoming' });
  });
});
