import { describe, expect, it, vi } from 'vitest';
import {
  type ConnectionHarness,
  connect,
  connectOpen,
  leaveNothingBehind,
  releaseLater,
} from '../../support/connectionHarness.js';

leaveNothingBehind();

describe('retain()', () => {
  it('dials for the first user only and closes after the last', () => {
    const harness = connect({ unused: true });
    const releases = [1, 2, 3].map(() => harness.connection.retain());
    harness.socket.accept();
    expect(harness.server.dials).toBe(1);
    for (const release of releases) {
      expect(harness.state.status).toBe('open');
      release();
      release();
      vi.advanceTimersByTime(0);
    }
    expect(harness.state).toMatchObject({ status: 'idle', attempt: 0, lastClose: null });
    expect(harness.socket.closeCalls).toMatchObject([{ code: 1000 }]);
  });

  it('releases once: a second call neither drops messages nor restarts the linger time', () => {
    const harness = connectOpen({ linger: 1_000 });
    harness.release();
    vi.advanceTimersByTime(900);
    harness.release();
    vi.advanceTimersByTime(100);
    expect(harness.state.status).toBe('idle');
    expect(harness.connection.send('for later')).toBe('queued');
    harness.release();
    vi.advanceTimersByTime(1_000);
    expect(harness.drops).toEqual([]);
  });

  it('closes in the next macrotask, so that a new user in the same task keeps the socket', () => {
    const harness = connectOpen();
    harness.release();
    expect(harness.state.status).toBe('open');
    const again = harness.connection.retain();
    vi.advanceTimersByTime(60_000);
    expect(harness.state.status).toBe('open');
    expect(harness.server.dials).toBe(1);
    again();
    vi.advanceTimersByTime(0);
    expect(harness.state.status).toBe('idle');
  });

  it('keeps the socket for the linger time', () => {
    const harness = connectOpen({ linger: 2_000 });
    harness.release();
    vi.advanceTimersByTime(1_999);
    expect(harness.state.status).toBe('open');
    const again = harness.connection.retain();
    vi.advanceTimersByTime(2_000);
    expect(harness.state.status).toBe('open');
    again();
    vi.advanceTimersByTime(2_000);
    expect(harness.state.status).toBe('idle');
  });

  it('does not dial during the linger time, even on reconnect()', () => {
    const harness = connectOpen({ linger: 2_000 });
    harness.socket.drop();
    harness.release();
    harness.connection.reconnect();
    expect(harness.server.dials).toBe(1);
    vi.advanceTimersByTime(2_000);
    expect(harness.state.status).toBe('idle');
  });

  it('keeps the other user when one user releases twice', () => {
    const harness = connectOpen();
    const other = harness.connection.retain();
    other();
    other();
    vi.advanceTimersByTime(10);
    expect(harness.state.status).toBe('open');
  });

  it.each<[string, (harness: Pick<ConnectionHarness, 'socket' | 'connection'>) => void]>([
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
    const harness = connect();
    prepare(harness);
    harness.release();
    vi.advanceTimersByTime(0);
    expect(harness.state).toMatchObject({
      status: 'idle',
      attempt: 0,
      retryAt: null,
      waitingFor: null,
      cause: null,
      lastClose: null,
      error: null,
    });
    expect(vi.getTimerCount()).toBe(0);
    const { dials } = harness.server;
    releaseLater(harness.connection.retain());
    expect(harness.server.dials).toBe(dials + 1);
    expect(harness.state).toMatchObject({ status: 'connecting', attempt: 0, lastClose: null });
  });

  it('reports the close once when the last user releases an open connection', () => {
    const harness = connectOpen();
    harness.release();
    vi.advanceTimersByTime(0);
    harness.socket.settle();
    expect(harness.closes).toMatchObject([{ code: 1000, local: true, opened: true }]);
  });

  it('reports no close when no socket was open', () => {
    const harness = connect();
    harness.release();
    vi.advanceTimersByTime(0);
    expect(harness.closes).toEqual([]);
    expect(harness.errors).toEqual([]);
  });

  it('leaves no timer and no socket after 1,000 users', () => {
    const harness = connect({ unused: true });
    for (let users = 0; users < 1_000; users += 1) {
      const release = harness.connection.retain();
      if (users % 2) harness.socket.accept();
      release();
      vi.advanceTimersByTime(0);
    }
    expect(harness.server.dials).toBe(1_000);
    expect(harness.server.sockets.filter(({ isLive }) => isLive)).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
