import { describe, expect, it, vi } from 'vitest';
import { connect, connectOpen, leaveNothingBehind, settle } from '../../support/connectionBench.js';
import { createFakeServer } from '../../support/fakeSocket.js';

leaveNothingBehind();

describe('reconnect()', () => {
  it('counts after a close() in the same tick, before anybody uses the connection as well', () => {
    const { connection } = connect({ unused: true });
    connection.reconnect();
    connection.close();
    connection.reconnect();
    expect(connection.getState().status).toBe('idle');
  });

  it('skips a wait, and the attempt goes on', () => {
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

  it('leaves closed', () => {
    const { connection, server } = connectOpen();
    connection.close();
    connection.reconnect();
    expect(connection.getState()).toMatchObject({ status: 'connecting', attempt: 0, lastClose: null });
    server.socket.accept();
    expect(connection.getState()).toMatchObject({ status: 'open', lastClose: { code: 1000, local: true } });
  });

  it('leaves failed', () => {
    const { connection, socket, server } = connectOpen();
    socket.serverClose(1003);
    connection.reconnect();
    expect(connection.getState()).toMatchObject({ status: 'connecting', error: null });
    server.socket.accept();
    expect(connection.getState()).toMatchObject({ status: 'open', lastClose: { code: 1003 } });
  });

  it('replaces an open socket, and says so once', async () => {
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

  it('begins a dial anew that is under way, without a close', async () => {
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
      'waiting',
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

  it('replaces a socket that opened in the tick of its dial, as scripted servers do', () => {
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

  it('after close() in the same tick dials', () => {
    const { connection, server } = connect();
    connection.close();
    connection.reconnect();
    expect(connection.getState().status).toBe('connecting');
    expect(server.dials).toBe(2);
  });

  it('dials nothing while nobody uses the connection', () => {
    const { connection, server } = connect({ unused: true });
    connection.reconnect();
    expect(connection.getState().status).toBe('idle');
    expect(server.dials).toBe(0);
  });

  it('starts attempts again where it leaves a failure', () => {
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
