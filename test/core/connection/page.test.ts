import { describe, expect, it, vi } from 'vitest';
import {
  connect,
  connectOpen,
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
    'the tab is seen again',
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
  it('the first dial is made all the same', () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const { connection, server } = connect();
    expect(server.dials).toBe(1);
    expect(connection.getState().status).toBe('connecting');
  });

  it('an open socket stays open', () => {
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

  it('a wait is paused: no dial, no attempt spent, no timer', () => {
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
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(3_600_000);
    expect(bench.server.dials).toBe(1);
    setOnline(true);
    expect(bench.state).toMatchObject({ attempt: 1, waitingFor: 'delay' });
    passDelay(bench);
    expect(bench.server.dials).toBe(2);
  });

  it('a close waits for the network', () => {
    const bench = connectOpen();
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    bench.socket.drop();
    expect(bench.state).toMatchObject({
      status: 'reconnecting',
      attempt: 1,
      waitingFor: 'network',
      retryAt: null,
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a terminal close is terminal', () => {
    const bench = connectOpen();
    setOnline(false);
    bench.socket.serverClose(1003);
    expect(bench.state.status).toBe('failed');
  });

  it('a visible tab alone wakes nothing', () => {
    const bench = connectOpen();
    bench.socket.drop();
    setOnline(false);
    setVisible(true);
    showPage(true);
    vi.advanceTimersByTime(60_000);
    expect(bench.server.dials).toBe(1);
  });

  it('reconnect() dials', () => {
    const bench = connectOpen();
    bench.socket.drop();
    setOnline(false);
    bench.connection.reconnect();
    expect(bench.server.dials).toBe(2);
  });

  it('close() and the last user leaving end the wait', () => {
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

describe('a wake-up', () => {
  it.each(WAKE_UPS)('when %s dials within a second', (_, wake) => {
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

  it.each(WAKE_UPS)(
    'when %s does not dial earlier than minDelay after the close of an open socket',
    (_, wake) => {
      const bench = connectOpen({ random: () => 0.4 });
      bench.socket.serverClose(1012);
      vi.advanceTimersByTime(10);
      wake();
      expect(bench.state.retryAt).toBe(START + 1_000 + 400);
    },
  );

  it('never puts a dial off', () => {
    const bench = connect({ random: () => 0.9 });
    bench.socket.refuse();
    const retryAt = present(bench.state.retryAt);
    vi.advanceTimersByTime(retryAt - START - 100);
    setVisible(true);
    expect(bench.state.retryAt).toBe(retryAt);
  });

  it('is one dial, however many signs of it there are', () => {
    const bench = connectOpen();
    bench.socket.drop();
    setOnline(false);
    vi.advanceTimersByTime(60_000);
    for (let signs = 0; signs < 10; signs += 1) for (const [, wake] of WAKE_UPS) wake();
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(5_000);
    expect(bench.server.dials).toBe(2);
  });

  it('hurries the next dial and not the ones after: a refused dial waits for its last quarter', () => {
    const bench = connectOpen({ random: () => 0.1 });
    bench.socket.drop();
    vi.advanceTimersByTime(500);
    setOnline(true);
    passDelay(bench);
    const at = Date.now();
    bench.socket.refuse();
    expect(bench.state.retryAt).toBe(at + 4_100);
  });

  it('makes no burst against a server that is down', () => {
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

  it('leaves a dial alone that is under way', () => {
    const bench = connect();
    for (const [, wake] of WAKE_UPS) wake();
    expect(bench.server.dials).toBe(1);
    bench.socket.refuse();
    passDelay(bench);
    for (const [, wake] of WAKE_UPS) wake();
    expect(bench.server.dials).toBe(2);
  });

  it.each(WAKE_UPS)('when %s leaves closed, failed and idle alone', (_, wake) => {
    const [closed, failed, idle] = [connectOpen(), connectOpen(), connect({ unused: true })];
    closed.connection.close();
    failed.socket.serverClose(1003);
    wake();
    vi.advanceTimersByTime(60_000);
    expect([closed, failed, idle].map(({ server }) => server.dials)).toEqual([1, 1, 0]);
  });

  it('is none when the tab is hidden, or the page is shown for the first time', () => {
    const bench = connectOpen();
    bench.socket.drop();
    const { retryAt } = bench.state;
    setVisible(false);
    showPage(false);
    expect(bench.state.retryAt).toBe(retryAt);
  });

  it('out of the back/forward cache opens exactly one new socket for the close that follows', () => {
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

  it.each(WAKE_UPS)('when %s asks a silent connection, with a short deadline', (_, wake) => {
    const bench = connectOpen({ heartbeat });
    vi.advanceTimersByTime(30_000);
    wake();
    expect(bench.socket.sent).toEqual(['ping']);
    vi.advanceTimersByTime(5_000);
    expect(bench.state.status).toBe('reconnecting');
  });

  it('asks once, and an answer is enough', () => {
    const bench = connectOpen({ heartbeat });
    vi.advanceTimersByTime(30_000);
    for (const [, wake] of WAKE_UPS) wake();
    expect(bench.socket.sent).toEqual(['ping']);
    bench.socket.message('pong');
    vi.advanceTimersByTime(20_000);
    expect(bench.state.status).toBe('open');
  });

  it('asks nobody while no socket is open, and harms no dial', () => {
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
  it('neither pauses nor hurries anything', () => {
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
