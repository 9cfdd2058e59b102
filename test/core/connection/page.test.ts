import { describe, expect, it, vi } from 'vitest';
import {
  connect,
  connectOpen,
  countTimers,
  leaveNothingBehind,
  passDelay,
  present,
  START,
} from '../../support/connectionBench.js';
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
    const bench = connectOpen();
    bench.socket.serverClose(1012);
    setOnline(false);
    expect(bench.state).toMatchObject({
      status: 'reconnecting',
      attempt: 1,
      waitingFor: 'network',
      retryAt: null,
      cause: { code: 1012 },
    });
    expect(countTimers(bench)).toBe(0);
    vi.advanceTimersByTime(3_600_000);
    expect(bench.server.dials).toBe(1);
    setOnline(true);
    expect(bench.state).toMatchObject({ attempt: 1, waitingFor: 'delay' });
    passDelay(bench);
    expect(bench.server.dials).toBe(2);
  });

  it('waits for the network after a close', () => {
    const bench = connectOpen();
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    bench.socket.drop();
    expect(bench.state).toMatchObject({
      status: 'reconnecting',
      attempt: 1,
      waitingFor: 'network',
      retryAt: null,
    });
    expect(countTimers(bench)).toBe(0);
  });

  it('fails on a terminal close', () => {
    const bench = connectOpen();
    setOnline(false);
    bench.socket.serverClose(1003);
    expect(bench.state.status).toBe('failed');
  });

  it('does not dial when only the tab becomes visible', () => {
    const bench = connectOpen();
    bench.socket.drop();
    setOnline(false);
    setVisible(true);
    showPage(true);
    vi.advanceTimersByTime(60_000);
    expect(bench.server.dials).toBe(1);
  });

  it('dials on reconnect()', () => {
    const bench = connectOpen();
    bench.socket.drop();
    setOnline(false);
    bench.connection.reconnect();
    expect(bench.server.dials).toBe(2);
  });

  it('stops waiting on close() and when the last user releases the connection', () => {
    for (const end of ['close', 'release'] as const) {
      const bench = connectOpen();
      bench.socket.drop();
      setOnline(false);
      if (end === 'close') bench.connection.close();
      else bench.release();
      vi.advanceTimersByTime(0);
      setOnline(true);
      vi.advanceTimersByTime(60_000);
      expect(bench.server.dials).toBe(1);
    }
  });
});

describe('a wake-up of the page', () => {
  it.each(WAKE_UPS)('leads to a dial within a second: %s', (_, wake) => {
    for (const draw of [0, 0.999]) {
      const bench = connect({ random: () => draw });
      bench.socket.refuse();
      vi.advanceTimersByTime(500);
      const at = Date.now();
      wake();
      expect(bench.state).toMatchObject({ waitingFor: 'delay', retryAt: at + draw * 1_000 });
      passDelay(bench);
      expect(bench.server.dials).toBe(2);
    }
  });

  it.each(WAKE_UPS)('waits at least minDelay after the close of an open socket: %s', (_, wake) => {
    const bench = connectOpen({ random: () => 0.4 });
    bench.socket.serverClose(1012);
    vi.advanceTimersByTime(10);
    wake();
    expect(bench.state.retryAt).toBe(START + 1_000 + 400);
  });

  it('never postpones a dial', () => {
    const bench = connect({ random: () => 0.9 });
    bench.socket.refuse();
    const retryAt = present(bench.state.retryAt);
    vi.advanceTimersByTime(retryAt - START - 100);
    setVisible(true);
    expect(bench.state.retryAt).toBe(retryAt);
  });

  it('causes one dial, however many page events announce it', () => {
    const bench = connectOpen();
    bench.socket.drop();
    setOnline(false);
    vi.advanceTimersByTime(60_000);
    for (let signs = 0; signs < 10; signs += 1) for (const [, wake] of WAKE_UPS) wake();
    expect(countTimers(bench)).toBe(1);
    vi.advanceTimersByTime(5_000);
    expect(bench.server.dials).toBe(2);
  });

  it('brings only the next dial forward: after a refusal the delay is drawn from the last quarter again', () => {
    const bench = connectOpen({ random: () => 0.1 });
    bench.socket.drop();
    vi.advanceTimersByTime(500);
    setOnline(true);
    passDelay(bench);
    const at = Date.now();
    bench.socket.refuse();
    expect(bench.state.retryAt).toBe(at + 4_100);
  });

  it('does not flood a server that is down', () => {
    const bench = connectOpen({ random: () => 0 });
    bench.socket.drop();
    vi.advanceTimersByTime(900);
    setOnline(true);
    for (let step = 0; step < 500; step += 1) {
      vi.advanceTimersByTime(10);
      if (bench.socket.readyState === 0) bench.socket.refuse();
    }
    expect(bench.server.dials).toBeLessThanOrEqual(3);
  });

  it('does not disturb a dial in progress', () => {
    const bench = connect();
    for (const [, wake] of WAKE_UPS) wake();
    expect(bench.server.dials).toBe(1);
    bench.socket.refuse();
    passDelay(bench);
    for (const [, wake] of WAKE_UPS) wake();
    expect(bench.server.dials).toBe(2);
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
    const bench = connectOpen();
    bench.socket.drop();
    const { retryAt } = bench.state;
    setVisible(false);
    showPage(false);
    expect(bench.state.retryAt).toBe(retryAt);
  });

  it('opens exactly one new socket for the close that follows a restore from the back/forward cache', () => {
    const bench = connectOpen({ random: () => 0.5 });
    vi.advanceTimersByTime(600_000);
    showPage(true);
    const at = Date.now();
    bench.socket.drop();
    expect(present(bench.state.retryAt)).toBeLessThanOrEqual(at + 2_000);
    expect(present(bench.state.retryAt)).toBeGreaterThanOrEqual(at + 1_000);
    passDelay(bench);
    vi.advanceTimersByTime(10_000);
    expect(bench.server.dials).toBe(2);
  });
});

describe('a wake-up with a heartbeat', () => {
  const heartbeat = { message: 'ping', interval: 60_000, timeout: 20_000 };

  it.each(WAKE_UPS)('probes a silent connection with a short timeout: %s', (_, wake) => {
    const bench = connectOpen({ heartbeat });
    vi.advanceTimersByTime(30_000);
    wake();
    expect(bench.socket.sent).toEqual(['ping']);
    vi.advanceTimersByTime(5_000);
    expect(bench.state.status).toBe('reconnecting');
  });

  it('sends one probe and keeps the socket after an answer', () => {
    const bench = connectOpen({ heartbeat });
    vi.advanceTimersByTime(30_000);
    for (const [, wake] of WAKE_UPS) wake();
    expect(bench.socket.sent).toEqual(['ping']);
    bench.socket.message('pong');
    vi.advanceTimersByTime(20_000);
    expect(bench.state.status).toBe('open');
  });

  it.each(WAKE_UPS)('keeps a socket whose heartbeat has no message that could be answered: %s', (_, wake) => {
    const bench = connectOpen({ heartbeat: { interval: 25_000, timeout: 10_000 } });
    vi.advanceTimersByTime(10_000);
    wake();
    vi.advanceTimersByTime(24_000);
    expect(bench.state.status).toBe('open');
    vi.advanceTimersByTime(1_000);
    expect(bench.state.status).toBe('reconnecting');
  });

  it('sends no probe while no socket is open, and does not disturb a dial', () => {
    const bench = connect({ heartbeat: { message: 'ping', interval: 1_000, timeout: 500 } });
    for (const [, wake] of WAKE_UPS) wake();
    vi.advanceTimersByTime(10_000);
    expect(bench.state.status).toBe('connecting');
    bench.socket.refuse();
    for (const [, wake] of WAKE_UPS) wake();
    passDelay(bench);
    vi.advanceTimersByTime(10_000);
    expect(bench.state).toMatchObject({ status: 'reconnecting', attempt: 1, waitingFor: 'handshake' });
    expect(bench.events.filter(({ type }) => type === 'heartbeat')).toEqual([]);
  });
});

describe('pageAware: false', () => {
  it('neither pauses retries nor brings them forward', () => {
    const bench = connectOpen({ pageAware: false, heartbeat: { message: 'ping' } });
    for (const [, wake] of WAKE_UPS) wake();
    expect(bench.socket.sent).toEqual([]);
    bench.socket.drop();
    const { retryAt } = bench.state;
    setOnline(false);
    expect(bench.state).toMatchObject({ waitingFor: 'delay', retryAt });
    for (const [, wake] of WAKE_UPS) wake();
    expect(bench.state.retryAt).toBe(retryAt);
    passDelay(bench);
    expect(bench.server.dials).toBe(2);
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    bench.socket.refuse();
    expect(bench.state.waitingFor).toBe('delay');
  });
});
