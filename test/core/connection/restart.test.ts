// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import {
  connectOpen,
  leaveNothingBehind,
  passDelay,
  present,
  START,
} from '../../support/connectionHarness.js';
import { distanceFromUniform, seededRandom } from '../../support/random.js';

leaveNothingBehind();

describe('a server that restarts (1012)', () => {
  it('is reconnected automatically, with a correct snapshot at every step', () => {
    const harness = connectOpen();
    vi.advanceTimersByTime(500);
    harness.socket.serverClose(1012, 'deploy');
    const cause = present(harness.closes[0]);
    expect(cause).toEqual({
      code: 1012,
      name: 'Service Restart',
      reason: 'deploy',
      wasClean: true,
      opened: true,
      local: false,
      at: START + 500,
      suspect: null,
      error: null,
    });
    const outage = { status: 'reconnecting', cause, error: null };
    expect(harness.state).toEqual({
      ...outage,
      attempt: 1,
      waitingFor: 'delay',
      retryAt: START + 3_500,
      lastClose: cause,
    });

    vi.advanceTimersByTime(2_999);
    expect(harness.server.dials).toBe(1);
    vi.advanceTimersByTime(1);
    expect(harness.server.dials).toBe(2);
    expect(harness.state).toEqual({
      ...outage,
      attempt: 1,
      waitingFor: 'handshake',
      retryAt: null,
      lastClose: cause,
    });

    vi.advanceTimersByTime(200);
    harness.socket.refuse();
    const refusal = present(harness.closes[1]);
    expect(harness.state).toEqual({
      ...outage,
      attempt: 2,
      waitingFor: 'delay',
      retryAt: START + 3_700 + 4_500,
      lastClose: refusal,
    });

    passDelay(harness);
    harness.socket.accept();
    expect(harness.state).toEqual({
      status: 'open',
      attempt: 0,
      waitingFor: null,
      retryAt: null,
      cause: null,
      lastClose: refusal,
      error: null,
    });
    expect(harness.opens.at(-1)).toMatchObject({ attempt: 2 });
    expect(harness.errors).toEqual([]);
  });

  it('is awaited whether it closes cleanly or not', () => {
    for (const wasClean of [true, false]) {
      const { connection, socket } = connectOpen();
      socket.serverClose(1012, '', wasClean);
      expect(connection.getState().status).toBe('reconnecting');
    }
  });

  it('is handled the same when the close reason happens to be JSON', () => {
    for (const reason of ['503', '{"retryAfter":1}', '{"reconnect":false}', 'null']) {
      const { connection, socket } = connectOpen();
      socket.serverClose(1012, reason);
      expect(connection.getState()).toMatchObject({ status: 'reconnecting', retryAt: START + 3_000 });
    }
  });

  it('is dialled by 10,000 clients spread evenly over 1 to 5 s', () => {
    const harness = connectOpen({ random: seededRandom(1) });
    const delays = Array.from({ length: 10_000 }, () => {
      harness.socket.serverClose(1012);
      const { retryAt, lastClose } = harness.state;
      passDelay(harness);
      harness.socket.accept();
      vi.advanceTimersByTime(5_000);
      return present(retryAt) - present(lastClose).at;
    });
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(1_000);
    expect(Math.max(...delays)).toBeLessThanOrEqual(5_000);
    expect(distanceFromUniform(delays, 1_000, 5_000)).toBeLessThan(1);
  }, 30_000);

  it('is dialled by 10,000 clients evenly over 4 to 5 s after each refusal', () => {
    const harness = connectOpen({ random: seededRandom(2) });
    harness.socket.serverClose(1012);
    const delays = Array.from({ length: 10_000 }, () => {
      passDelay(harness);
      harness.socket.refuse();
      const { retryAt, lastClose } = harness.state;
      return present(retryAt) - present(lastClose).at;
    });
    expect(harness.state.attempt).toBe(10_001);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(4_000);
    expect(Math.max(...delays)).toBeLessThanOrEqual(5_000);
    expect(distanceFromUniform(delays, 4_000, 5_000)).toBeLessThan(1);
  }, 30_000);

  it('is still retried inside the window after refusing five dials in a row', () => {
    const harness = connectOpen({ random: seededRandom(3) });
    harness.socket.serverClose(1012);
    passDelay(harness);
    for (let refusals = 1; refusals <= 5; refusals += 1) {
      const at = Date.now();
      harness.socket.refuse();
      expect(harness.state).toMatchObject({ attempt: refusals + 1, cause: { code: 1012 } });
      expect(present(harness.state.retryAt) - at).toBeGreaterThanOrEqual(4_000);
      expect(present(harness.state.retryAt) - at).toBeLessThanOrEqual(5_000);
      passDelay(harness);
    }
    harness.socket.accept();
    expect(harness.server.dials).toBe(7);
    expect(harness.state.status).toBe('open');
  });

  it('is dialled within the delays of the options', () => {
    const { connection, socket } = connectOpen({ reconnect: { minDelay: 100, maxDelay: 300 } });
    socket.serverClose(1012);
    expect(connection.getState().retryAt).toBe(START + 200);
  });
});
