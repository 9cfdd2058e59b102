import { describe, expect, it, vi } from 'vitest';
import {
  connect,
  connectOpen,
  countTimers,
  leaveNothingBehind,
  passDelay,
  present,
  START,
} from '../../support/connectionHarness.js';
import { setOnline, setVisible, showPage } from '../../support/page.js';

leaveNothingBehind();

const WAKE_UPS: [string, () => void][] = [
  [
    'the network is back',
    () => {
      setOnline(true);
    },
  ],
  [
    'the tab becomes visible again',
    () => {
      setVisible(true);
    },
  ],
  [
    'the page comes out of the back/forward cache',
    () => {
      showPage(true);
    },
  ],
];

describe('while offline', () => {
  it('makes the first dial all the same', () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const { connection, server } = connect();
    expect(server.dials).toBe(1);
    expect(connection.getState().status).toBe('connecting');
  });

  it('keeps an open socket', () => {
    const { connection, socket, messages } = connectOpen();
    setOnline(false);
    vi.advanceTimersByTime(3_600_000);
    socket.message('still here');
    expect(connection.getState().status).toBe('open');
    expect(messages).toEqual(['still here']);
    setOnline(true);
    vi.advanceTimersByTime(10_000);
    expect(connection.getState().status).toBe('open');
  });

  it('pauses a scheduled retry: no dial, no attempt, no timer', () => {
    const harness = connectOpen();
    harness.socket.serverClose(1012);
    setOnline(false);
    expect(harness.state).toMatchObject({
      status: 'reconnecting',
      attempt: 1,
      waitingFor: 'network',
      retryAt: null,
      cause: { code: 1012 },
    });
    expect(countTimers(harness)).toBe(0);
    vi.advanceTimersByTime(3_600_000);
    expect(harness.server.dials).toBe(1);
    setOnline(true);
    expect(harness.state).toMatchObject({ attempt: 1, waitingFor: 'delay' });
    passDelay(harness);
    expect(harness.server.dials).toBe(2);
  });

  it('waits for the network after a close', () => {
    const harness = connectOpen();
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    harness.socket.drop();
    expect(harness.state).toMatchObject({
      status: 'reconnecting',
      attempt: 1,
      waitingFor: 'network',
      retryAt: null,
    });
    expect(countTimers(harness)).toBe(0);
  });

  it('fails on a terminal close', () => {
    const harness = connectOpen();
    setOnline(false);
    harness.socket.serverClose(1003);
    expect(harness.state.status).toBe('failed');
  });

  it('does not dial when only the tab becomes visible', () => {
    const harness = connectOpen();
    harness.socket.drop();
    setOnline(false);
    setVisible(true);
    showPage(true);
    vi.advanceTimersByTime(60_000);
    expect(harness.server.dials).toBe(1);
  });

  it('dials on reconnect()', () => {
    const harness = connectOpen();
    harness.socket.drop();
    setOnline(false);
    harness.connection.reconnect();
    expect(harness.server.dials).toBe(2);
  });

  it('stops waiting on close() and when the last user releases the connection', () => {
    for (const end of ['close', 'release'] as const) {
      const harness = connectOpen();
      harness.socket.drop();
      setOnline(false);
      if (end === 'close') harness.connection.close();
      else harness.release();
      vi.advanceTimersByTime(0);
      setOnline(true);
      vi.advanceTimersByTime(60_000);
      expect(harness.server.dials).toBe(1);
    }
  });
});

describe('a wake-up of the page', () => {
  it.each(WAKE_UPS)('leads to a dial within a second: %s', (_, wake) => {
    for (const draw of [0, 0.999]) {
      const harness = connect({ random: () => draw });
      harness.socket.refuse();
      vi.advanceTimersByTime(500);
      const at = Date.now();
      wake();
      expect(harness.state).toMatchObject({ waitingFor: 'delay', retryAt: at + draw * 1_000 });
      passDelay(harness);
      expect(harness.server.dials).toBe(2);
    }
  });

  it.each(WAKE_UPS)('waits at least minDelay after the close of an open socket: %s', (_, wake) => {
    const harness = connectOpen({ random: () => 0.4 });
    harness.socket.serverClose(1012);
    vi.advanceTimersByTime(10);
    wake();
    expect(harness.state.retryAt).toBe(START + 1_000 + 400);
  });

  it('never postpones a dial', () => {
    const harness = connect({ random: () => 0.9 });
    harness.socket.refuse();
    const retryAt = present(harness.state.retryAt);
    vi.advanceTimersByTime(retryAt - START - 100);
    setVisible(true);
    expect(harness.state.retryAt).toBe(retryAt);
  });

  it('causes one dial, however many page events announce it', () => {
    const harness = connectOpen();
    harness.socket.drop();
    setOnline(false);
    vi.advanceTimersByTime(60_000);
    for (let signs = 0; signs < 10; signs += 1) for (const [, wake] of WAKE_UPS) wake();
    expect(countTimers(harness)).toBe(1);
    vi.advanceTimersByTime(5_000);
    expect(harness.server.dials).toBe(2);
  });

  it('brings only the next dial forward: after a refusal the delay is drawn from the last quarter again', () => {
    const harness = connectOpen({ random: () => 0.1 });
    harness.socket.drop();
    vi.advanceTimersByTime(500);
    setOnline(true);
    passDelay(harness);
    const at = Date.now();
    harness.socket.refuse();
    expect(harness.state.retryAt).toBe(at + 4_100);
  });

  it('does not flood a server that is down', () => {
    const harness = connectOpen({ random: () => 0 });
    harness.socket.drop();
    vi.advanceTimersByTime(900);
    setOnline(true);
    for (let step = 0; step < 500; step += 1) {
      vi.advanceTimersByTime(10);
      if (harness.socket.readyState === 0) harness.socket.refuse();
    }
    expect(harness.server.dials).toBeLessThanOrEqual(3);
  });

  it('does not disturb a dial in progress', () => {
    const harness = connect();
    for (const [, wake] of WAKE_UPS) wake();
    expect(harness.server.dials).toBe(1);
    harness.socket.refuse();
    passDelay(harness);
    for (const [, wake] of WAKE_UPS) wake();
    expect(harness.server.dials).toBe(2);
  });

  it.each(WAKE_UPS)('does not change closed, failed and idle connections: %s', (_, wake) => {
    const [closed, failed, idle] = [connectOpen(), connectOpen(), connect({ unused: true })];
    closed.connection.close();
    failed.socket.serverClose(1003);
    wake();
    vi.advanceTimersByTime(60_000);
    expect([closed, failed, idle].map(({ server }) => server.dials)).toEqual([1, 1, 0]);
  });

  it('is not assumed when the tab is hidden or the page is shown for the first time', () => {
    const harness = connectOpen();
    harness.socket.drop();
    const { retryAt } = harness.state;
    setVisible(false);
    showPage(false);
    expect(harness.state.retryAt).toBe(retryAt);
  });

  it('opens exactly one new socket for the close that follows a restore from the back/forward cache', () => {
    const harness = connectOpen({ random: () => 0.5 });
    vi.advanceTimersByTime(600_000);
    showPage(true);
    const at = Date.now();
    harness.socket.drop();
    expect(present(harness.state.retryAt)).toBeLessThanOrEqual(at + 2_000);
    expect(present(harness.state.retryAt)).toBeGreaterThanOrEqual(at + 1_000);
    passDelay(harness);
    vi.advanceTimersByTime(10_000);
    expect(harness.server.dials).toBe(2);
  });
});

describe('a wake-up with a heartbeat', () => {
  const heartbeat = { message: 'ping', interval: 60_000, timeout: 20_000 };

  it.each(WAKE_UPS)('probes a silent connection with a short timeout: %s', (_, wake) => {
    const harness = connectOpen({ heartbeat });
    vi.advanceTimersByTime(30_000);
    wake();
    expect(harness.socket.sent).toEqual(['ping']);
    vi.advanceTimersByTime(5_000);
    expect(harness.state.status).toBe('reconnecting');
  });

  it('sends one probe and keeps the socket after an answer', () => {
    const harness = connectOpen({ heartbeat });
    vi.advanceTimersByTime(30_000);
    for (const [, wake] of WAKE_UPS) wake();
    expect(harness.socket.sent).toEqual(['ping']);
    harness.socket.message('pong');
    vi.advanceTimersByTime(20_000);
    expect(harness.state.status).toBe('open');
  });

  it.each(WAKE_UPS)('keeps a socket whose heartbeat has no message that could be answered: %s', (_, wake) => {
    const harness = connectOpen({ heartbeat: { interval: 25_000, timeout: 10_000 } });
    vi.advanceTimersByTime(10_000);
    wake();
    vi.advanceTimersByTime(24_000);
    expect(harness.state.status).toBe('open');
    vi.advanceTimersByTime(1_000);
    expect(harness.state.status).toBe('reconnecting');
  });

  it('sends no probe while no socket is open, and does not disturb a dial', () => {
    const harness = connect({ heartbeat: { message: 'ping', interval: 1_000, timeout: 500 } });
    for (const [, wake] of WAKE_UPS) wake();
    vi.advanceTimersByTime(10_000);
    expect(harness.state.status).toBe('connecting');
    harness.socket.refuse();
    for (const [, wake] of WAKE_UPS) wake();
    passDelay(harness);
    vi.advanceTimersByTime(10_000);
    expect(harness.state).toMatchObject({ status: 'reconnecting', attempt: 1, waitingFor: 'handshake' });
    expect(harness.events.filter(({ type }) => type === 'heartbeat')).toEqual([]);
  });
});

describe('pageAware: false', () => {
  it('neither pauses retries nor brings them forward', () => {
    const harness = connectOpen({ pageAware: false, heartbeat: { message: 'ping' } });
    for (const [, wake] of WAKE_UPS) wake();
    expect(harness.socket.sent).toEqual([]);
    harness.socket.drop();
    const { retryAt } = harness.state;
    setOnline(false);
    expect(harness.state).toMatchObject({ waitingFor: 'delay', retryAt });
    for (const [, wake] of WAKE_UPS) wake();
    expect(harness.state.retryAt).toBe(retryAt);
    passDelay(harness);
    expect(harness.server.dials).toBe(2);
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    harness.socket.refuse();
    expect(harness.state.waitingFor).toBe('delay');
  });
});
