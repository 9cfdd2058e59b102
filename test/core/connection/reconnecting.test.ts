import { describe, expect, it, vi } from 'vitest';
import { connect, connectOpen, leaveNothingBehind, settle } from '../../support/connectionHarness.js';
import { createFakeServer } from '../../support/fakeSocket.js';

leaveNothingBehind();

describe('reconnect()', () => {
  it('takes effect after close() in the same tick, also on an unused connection', () => {
    const { connection } = connect({ unused: true });
    connection.reconnect();
    connection.close();
    connection.reconnect();
    expect(connection.getState().status).toBe('idle');
  });

  it('skips the delay and continues the attempt', () => {
    const { connection, socket, server } = connectOpen();
    socket.serverClose(1012);
    connection.reconnect();
    expect(connection.getState()).toMatchObject({
      status: 'reconnecting',
      attempt: 1,
      waitingFor: 'handshake',
      retryAt: null,
    });
    vi.advanceTimersByTime(10_000);
    expect(server.dials).toBe(2);
  });

  it('leaves the closed state', () => {
    const { connection, server } = connectOpen();
    connection.close();
    connection.reconnect();
    expect(connection.getState()).toMatchObject({ status: 'connecting', attempt: 0, lastClose: null });
    server.socket.accept();
    expect(connection.getState()).toMatchObject({ status: 'open', lastClose: { code: 1000, local: true } });
  });

  it('leaves the failed state', () => {
    const { connection, socket, server } = connectOpen();
    socket.serverClose(1003);
    connection.reconnect();
    expect(connection.getState()).toMatchObject({ status: 'connecting', error: null });
    server.socket.accept();
    expect(connection.getState()).toMatchObject({ status: 'open', lastClose: { code: 1003 } });
  });

  it('replaces an open socket and reports one close', async () => {
    const { connection, server, closes, statuses } = connectOpen();
    await settle();
    const [first] = server.sockets;
    connection.reconnect();
    expect(first!.closeCalls).toMatchObject([{ code: 1000 }]);
    expect(closes).toMatchObject([{ local: true, opened: true }]);
    expect(server.dials).toBe(2);
    first!.settle();
    expect(closes).toHaveLength(1);
    server.socket.accept();
    expect(statuses).toEqual(['connecting', 'open', 'connecting', 'open']);
  });

  it('restarts a dial in progress without reporting a close', async () => {
    const { connection, server, closes } = connect();
    await Promise.resolve();
    connection.reconnect();
    expect(server.dials).toBe(2);
    expect(closes).toEqual([]);
  });

  it.each<[string, (server: ReturnType<typeof createFakeServer>) => void, number]>([
    ['connecting', () => {}, 1],
    ['open', (server) => server.socket.accept(), 1],
    [
      'waiting for a retry',
      (server) => {
        server.socket.refuse();
      },
      1,
    ],
    [
      'closed',
      (server) => {
        server.socket.accept().serverClose(1000);
      },
      1,
    ],
    [
      'failed',
      (server) => {
        server.socket.accept().serverClose(1003);
      },
      1,
    ],
  ])('dials once however often it is called in a tick, while %s', async (_, prepare, expected) => {
    const server = createFakeServer();
    const { connection } = connect({ server });
    prepare(server);
    await settle();
    const before = server.dials;
    for (let call = 0; call < 100; call += 1) connection.reconnect();
    expect(server.dials - before).toBe(expected);
  });

  it('replaces a socket that opened in the tick of its dial, as test servers do', () => {
    const { connection, server } = connectOpen();
    connection.reconnect();
    expect(server.dials).toBe(2);
    expect(connection.getState().status).toBe('connecting');
  });

  it('dials again in the next tick', async () => {
    const { connection, server } = connectOpen();
    await settle();
    connection.reconnect();
    await Promise.resolve();
    connection.reconnect();
    expect(server.dials).toBe(3);
  });

  it('dials after close() in the same tick', () => {
    const { connection, server } = connect();
    connection.close();
    connection.reconnect();
    expect(connection.getState().status).toBe('connecting');
    expect(server.dials).toBe(2);
  });

  it('does not dial an unused connection', () => {
    const { connection, server } = connect({ unused: true });
    connection.reconnect();
    expect(connection.getState().status).toBe('idle');
    expect(server.dials).toBe(0);
  });

  it('resets the attempts when it leaves a failure', () => {
    const { connection, server } = connect({ reconnect: { maxAttempts: 1 } });
    server.socket.refuse();
    vi.advanceTimersByTime(4_500);
    server.socket.refuse();
    expect(connection.getState()).toMatchObject({ status: 'failed', attempt: 1 });
    connection.reconnect();
    server.socket.refuse();
    expect(connection.getState()).toMatchObject({ status: 'reconnecting', attempt: 1 });
  });
});
