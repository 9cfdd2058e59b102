import { describe, expect, it, vi } from 'vitest';
import {
  type Bench,
  connect,
  connectOpen,
  leaveNothingBehind,
  releaseLater,
} from '../../support/connectionBench.js';

leaveNothingBehind();

describe('retain()', () => {
  it('dials for the first user only and closes after the last', () => {
    const bench = connect({ unused: true });
    const releases = [1, 2, 3].map(() => bench.connection.retain());
    bench.socket.accept();
    expect(bench.server.dials).toBe(1);
    for (const release of releases) {
      expect(bench.state.status).toBe('open');
      release();
      release();
      vi.advanceTimersByTime(0);
    }
    expect(bench.state).toMatchObject({ status: 'idle', attempt: 0, lastClose: null });
    expect(bench.socket.closeCalls).toMatchObject([{ code: 1000 }]);
  });

  it('releases once: a second call neither drops messages nor restarts the linger time', () => {
    const bench = connectOpen({ linger: 1_000 });
    bench.release();
    vi.advanceTimersByTime(900);
    bench.release();
    vi.advanceTimersByTime(100);
    expect(bench.state.status).toBe('idle');
    expect(bench.connection.send('for later')).toBe('queued');
    bench.release();
    vi.advanceTimersByTime(1_000);
    expect(bench.drops).toEqual([]);
  });

  it('closes in the next macrotask, so that a new user in the same task keeps the socket', () => {
    const bench = connectOpen();
    bench.release();
    expect(bench.state.status).toBe('open');
    const again = bench.connection.retain();
    vi.advanceTimersByTime(60_000);
    expect(bench.state.status).toBe('open');
    expect(bench.server.dials).toBe(1);
    again();
    vi.advanceTimersByTime(0);
    expect(bench.state.status).toBe('idle');
  });

  it('keeps the socket for the linger time', () => {
    const bench = connectOpen({ linger: 2_000 });
    bench.release();
    vi.advanceTimersByTime(1_999);
    expect(bench.state.status).toBe('open');
    const again = bench.connection.retain();
    vi.advanceTimersByTime(2_000);
    expect(bench.state.status).toBe('open');
    again();
    vi.advanceTimersByTime(2_000);
    expect(bench.state.status).toBe('idle');
  });

  it('does not dial during the linger time, even on reconnect()', () => {
    const bench = connectOpen({ linger: 2_000 });
    bench.socket.drop();
    bench.release();
    bench.connection.reconnect();
    expect(bench.server.dials).toBe(1);
    vi.advanceTimersByTime(2_000);
    expect(bench.state.status).toBe('idle');
  });

  it('keeps the other user when one user releases twice', () => {
    const bench = connectOpen();
    const other = bench.connection.retain();
    other();
    other();
    vi.advanceTimersByTime(10);
    expect(bench.state.status).toBe('open');
  });

  it.each<[string, (bench: Pick<Bench, 'socket' | 'connection'>) => void]>([
    ['connecting', () => {}],
    [
      'open',
      ({ socket }) => {
        socket.accept();
      },
    ],
    [
      'waiting for a retry',
      ({ socket }) => {
        socket.refuse();
      },
    ],
    [
      'dialling again',
      ({ socket, connection }) => {
        socket.refuse();
        connection.reconnect();
      },
    ],
    [
      'closed',
      ({ connection }) => {
        connection.close();
      },
    ],
  ])('returns to idle from %s with no timer and no socket left', (_, prepare) => {
    const bench = connect();
    prepare(bench);
    bench.release();
    vi.advanceTimersByTime(0);
    expect(bench.state).toMatchObject({
      status: 'idle',
      attempt: 0,
      retryAt: null,
      waitingFor: null,
      cause: null,
      lastClose: null,
      error: null,
    });
    expect(vi.getTimerCount()).toBe(0);
    const { dials } = bench.server;
    releaseLater(bench.connection.retain());
    expect(bench.server.dials).toBe(dials + 1);
    expect(bench.state).toMatchObject({ status: 'connecting', attempt: 0, lastClose: null });
  });

  it('reports the close once when the last user releases an open connection', () => {
    const bench = connectOpen();
    bench.release();
    vi.advanceTimersByTime(0);
    bench.socket.settle();
    expect(bench.closes).toMatchObject([{ code: 1000, local: true, opened: true }]);
  });

  it('reports no close when no socket was open', () => {
    const bench = connect();
    bench.release();
    vi.advanceTimersByTime(0);
    expect(bench.closes).toEqual([]);
    expect(bench.errors).toEqual([]);
  });

  it('leaves no timer and no socket after 1,000 users', () => {
    const bench = connect({ unused: true });
    for (let users = 0; users < 1_000; users += 1) {
      const release = bench.connection.retain();
      if (users % 2) bench.socket.accept();
      release();
      vi.advanceTimersByTime(0);
    }
    expect(bench.server.dials).toBe(1_000);
    expect(bench.server.sockets.filter(({ isLive }) => isLive)).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
