import { describe, expect, it } from 'vitest';
import { cleanUpAfterEach } from './cleanup.js';
import { waitForState } from '../support/waitForState.js';
import { SHORT_DELAYS, startConnection, waitForOpen, waitForOutage } from './connection.js';
import { startServerProcess } from './serverProcess.js';

cleanUpAfterEach();

describe('a server that stops answering', () => {
  it('causes an outage when it is killed (SIGKILL), until a new process listens on its port', async () => {
    const server = await startServerProcess();
    const connection = startConnection(`ws://127.0.0.1:${server.port}/echo`);
    await waitForOpen(connection);
    await server.kill();
    expect((await waitForOutage(connection)).cause).toMatchObject({
      code: 1006,
      opened: true,
      wasClean: false,
    });
    await waitForState(connection, ({ attempt }) => attempt > 2);
    await startServerProcess({ port: server.port });
    expect((await waitForOpen(connection)).lastClose).toMatchObject({ code: 1006, opened: false });
  });

  it('causes an outage by the heartbeat while it is stopped (SIGSTOP), until it continues (SIGCONT)', async () => {
    const server = await startServerProcess();
    const connection = startConnection(`ws://127.0.0.1:${server.port}/echo`, {
      heartbeat: { message: 'ping', interval: 1_000, timeout: 500 },
      connectTimeout: 500,
    });
    await waitForOpen(connection);
    server.process.kill('SIGSTOP');
    expect((await waitForOutage(connection)).cause).toMatchObject({ code: 1006, opened: true });
    // Half open: the kernel accepts connections for a stopped process, but handshakes stay unanswered.
    await waitForState(connection, ({ attempt }) => attempt === 2);
    server.process.kill('SIGCONT');
    await waitForOpen(connection);
  });

  it('causes an outage when it resets the TCP connection', async () => {
    const server = await startServerProcess();
    const connection = startConnection(`ws://127.0.0.1:${server.port}/reset`, {
      reconnect: { ...SHORT_DELAYS, maxAttempts: 1 },
    });
    expect((await waitForOutage(connection)).cause).toMatchObject({ code: 1006, wasClean: false });
  });
});

describe('a handshake', () => {
  it('is abandoned after connectTimeout without an answer, and retried', async () => {
    const server = await startServerProcess();
    const connection = startConnection(`ws://127.0.0.1:${server.port}/silent-handshake`, {
      connectTimeout: 3_000,
    });
    await waitForOpen(connection);
    expect(await server.dials('/silent-handshake')).toBe(3);
    expect(connection.getState().lastClose).toMatchObject({ code: 1006, opened: false });
  });

  it('is retried after HTTP 503 until the server accepts', async () => {
    const server = await startServerProcess();
    const connection = startConnection(`ws://127.0.0.1:${server.port}/503-twice`);
    await waitForOpen(connection);
    expect(await server.dials('/503-twice')).toBe(3);
  });

  it('is refused and retried up to maxAttempts times if the server selects a subprotocol that was not offered', async () => {
    const server = await startServerProcess();
    const connection = startConnection(`ws://127.0.0.1:${server.port}/wrong-subprotocol`, {
      protocols: 'quotes.v1',
      reconnect: { ...SHORT_DELAYS, maxAttempts: 2 },
    });
    const { error } = await waitForState(connection, ({ status }) => status === 'failed');
    expect(error).toMatchObject({ kind: 'exhausted', code: 1006 });
    expect(await server.dials('/wrong-subprotocol')).toBe(3);
  });
});

describe('a server that accepts the handshake', () => {
  it('gets one dial and maxAttempts retries if it closes every socket at once', async () => {
    const server = await startServerProcess();
    const connection = startConnection(`ws://127.0.0.1:${server.port}/flapping`, {
      reconnect: { ...SHORT_DELAYS, maxAttempts: 3 },
    });
    const { error, attempt } = await waitForState(connection, ({ status }) => status === 'failed');
    expect({ kind: error?.kind, code: error?.code, attempt }).toEqual({
      kind: 'exhausted',
      code: 1011,
      attempt: 3,
    });
    expect(await server.dials('/flapping')).toBe(4);
  });

  it('causes an outage that ends after maxAttempts retries if it sends invalid UTF-8', async () => {
    const server = await startServerProcess();
    const connection = startConnection(`ws://127.0.0.1:${server.port}/invalid-utf8`, {
      reconnect: { ...SHORT_DELAYS, maxAttempts: 2 },
    });
    const { error } = await waitForState(connection, ({ status }) => status === 'failed');
    expect(error).toMatchObject({ kind: 'exhausted', code: 1006 });
  });

  it('can send 64 MB in one message', async () => {
    const server = await startServerProcess();
    const connection = startConnection(`ws://127.0.0.1:${server.port}/64-megabytes`);
    const length = await new Promise((resolve) => {
      connection.onMessage((message) => {
        resolve((message as string).length);
      });
    });
    expect(length).toBe(64 * 2 ** 20);
  });

  it('makes the connection fail with 4003 if a message exceeds maxMessageSize and onViolation is fail', async () => {
    const server = await startServerProcess();
    const connection = startConnection(`ws://127.0.0.1:${server.port}/64-megabytes`, {
      maxMessageSize: 2 ** 20,
      onViolation: 'fail',
    });
    connection.onMessage(() => {
      throw new Error('It must not be delivered.');
    });
    const { error } = await waitForState(connection, ({ status }) => status === 'failed');
    expect(error).toMatchObject({ kind: 'contract', code: 4003, direction: 'incoming' });
  });
});
