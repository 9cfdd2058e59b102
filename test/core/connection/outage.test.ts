// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { type ConnectionOptions, type DecideContext } from '../../../src/core/index.js';
import {
  connect,
  connectOpen,
  leaveNothingBehind,
  passDelay,
  passTimeWithoutTimers,
  present,
  START,
  takeReported,
} from '../../support/connectionBench.js';

leaveNothingBehind();

type Options = ConnectionOptions;

describe('an outage', () => {
  it('widens its window after eight attempts, unless its cause is a restart', () => {
    const bench = connectOpen({ random: () => 0 });
    bench.socket.drop();
    const delays: number[] = [];
    for (let refusals = 0; refusals < 11; refusals += 1) {
      passDelay(bench);
      const at = Date.now();
      bench.socket.refuse();
      delays.push(present(bench.state.retryAt) - at);
    }
    expect(delays).toEqual([...Array.from({ length: 7 }, () => 4_000), 5_500, 8_000, 8_000, 8_000]);
  });

  it('continues through unstable connections and takes its cause from the latest close', () => {
    const bench = connectOpen();
    bench.socket.drop();
    passDelay(bench);
    bench.socket.accept();
    vi.advanceTimersByTime(4_999);
    bench.socket.serverClose(1012);
    expect(bench.state).toMatchObject({ attempt: 2, cause: { code: 1012 } });
  });

  it('ends when a connection was open for stableAfter', () => {
    const bench = connectOpen();
    bench.socket.drop();
    passDelay(bench);
    bench.socket.accept();
    vi.advanceTimersByTime(5_000);
    bench.socket.drop();
    expect(bench.state.attempt).toBe(1);
  });

  it('ends by elapsed time when a page throttles timers', () => {
    const bench = connectOpen({ reconnect: { stableAfter: 1_000 } });
    bench.socket.drop();
    passDelay(bench);
    bench.socket.accept();
    passTimeWithoutTimers(1_000);
    bench.socket.drop();
    expect(bench.state.attempt).toBe(1);
  });

  it('ends at once with stableAfter 0', () => {
    const bench = connectOpen({ reconnect: { stableAfter: 0, maxAttempts: 1 } });
    for (let flaps = 0; flaps < 5; flaps += 1) {
      bench.socket.drop();
      passDelay(bench);
      bench.socket.accept();
    }
    expect(bench.state.status).toBe('open');
  });

  it('waits 1 to 5 s with one timer', () => {
    const bench = connectOpen();
    bench.socket.drop();
    vi.runOnlyPendingTimers();
    expect(bench.server.dials).toBe(2);
  });

  it('recovers promptly after the machine slept through a long wait', () => {
    const bench = connectOpen();
    bench.socket.serverClose(1013);
    expect(bench.state.retryAt).toBe(START + 17_500);
    vi.setSystemTime(START + 3_600_000);
    vi.advanceTimersByTime(10_000);
    expect(bench.server.dials).toBe(2);
  });

  it('waits for its full delay when the clock is set back', () => {
    const bench = connectOpen();
    bench.socket.serverClose(1013);
    vi.setSystemTime(START - 3_600_000);
    vi.advanceTimersByTime(18_500);
    expect(bench.server.dials).toBe(2);
  });
});

describe('maxAttempts', () => {
  const policy: Options = { reconnect: { maxAttempts: 3 } };

  it('limits a server that accepts and then closes to 4 dials in all', () => {
    const bench = connect(policy);
    for (let flaps = 0; flaps < 50 && bench.state.status !== 'failed'; flaps += 1) {
      bench.socket.accept().drop();
      vi.advanceTimersByTime(60_000);
    }
    expect(bench.server.dials).toBe(4);
    expect(bench.state).toMatchObject({
      status: 'failed',
      attempt: 3,
      retryAt: null,
      waitingFor: null,
      cause: null,
    });
    expect(bench.state.error).toMatchObject({ kind: 'exhausted', code: 1006 });
    expect(bench.errors).toEqual([bench.state.error]);
  });

  it('limits a server that refuses every dial to 4 dials in all', () => {
    const bench = connect(policy);
    for (let refusals = 0; refusals < 50 && bench.state.status !== 'failed'; refusals += 1) {
      bench.socket.refuse();
      vi.advanceTimersByTime(60_000);
    }
    expect(bench.server.dials).toBe(4);
    expect(bench.state.error).toMatchObject({ name: 'WebSocketError', kind: 'exhausted' });
  });

  it('limits a server that closes with 1011 to eleven dials in all', () => {
    const bench = connect();
    for (let flaps = 0; flaps < 50 && bench.state.status !== 'failed'; flaps += 1) {
      bench.socket.accept().serverClose(1011);
      vi.advanceTimersByTime(60_000);
    }
    expect(bench.server.dials).toBe(11);
  });
});

describe('reconnect.decide', () => {
  it('is called for every dial with the attempt number of that dial', () => {
    const asked: DecideContext[] = [];
    const bench = connectOpen({
      reconnect: (context) => {
        asked.push(context);
        return 50 * context.attempt;
      },
    });
    bench.socket.serverClose(1012);
    expect(bench.state.retryAt).toBe(START + 50);
    passDelay(bench);
    bench.socket.refuse();
    expect(bench.state.retryAt).toBe(START + 50 + 100);
    expect(asked).toEqual([
      { close: bench.closes[0], cause: bench.closes[0], attempt: 1, opened: true },
      { close: bench.closes[1], cause: bench.closes[0], attempt: 2, opened: false },
    ]);
  });

  it('is reported when it throws, and the default rules apply', () => {
    const bug = new Error('a bug in decide');
    const bench = connectOpen({
      reconnect: {
        decide: () => {
          throw bug;
        },
      },
    });
    bench.socket.serverClose(1012);
    expect(takeReported()).toEqual([bug]);
    expect(bench.state).toMatchObject({ status: 'reconnecting', retryAt: START + 3_000 });
  });

  it('is reported when it returns an invalid value, and the default rules apply', () => {
    const bench = connectOpen({ reconnect: () => NaN });
    bench.socket.serverClose(1003);
    expect(takeReported()).toEqual([expect.any(RangeError)]);
    expect(bench.state).toMatchObject({ status: 'failed', error: { code: 1003 } });
  });

  it('may close the connection that it decides about', () => {
    const bench = connectOpen({
      reconnect: () => {
        bench.connection.close();
        return 0;
      },
    });
    bench.socket.serverClose(1012);
    vi.advanceTimersByTime(60_000);
    expect(bench.state.status).toBe('closed');
    expect(bench.server.dials).toBe(1);
  });
});

describe('mutation of the reconnect rules', () => {
  it('reports rules that became invalid, and reconnects by the last valid ones', () => {
    const reconnect = { minDelay: 10, maxDelay: 20 };
    const bench = connectOpen({ reconnect });
    reconnect.minDelay = 500;
    bench.socket.serverClose(1012);
    expect(takeReported()).toContainEqual(expect.any(RangeError));
    expect(bench.state).toMatchObject({ status: 'reconnecting', retryAt: START + 15 });
  });
});

describe('random', () => {
  const bug = new Error('a bug in random');
  it.each([
    [
      'throws',
      bug,
      () => {
        throw bug;
      },
    ],
    ['does not return a number', expect.any(RangeError), () => NaN],
    ['returns a number below 0', expect.any(RangeError), () => -0.5],
    ['returns a number above 1', expect.any(RangeError), () => 1_012],
  ])('reports a source that %s, and draws the delay inside its window', (_, reported, random) => {
    const bench = connectOpen({ random });
    bench.socket.serverClose(1012);
    expect(takeReported()).toEqual([reported]);
    expect(bench.state.status).toBe('reconnecting');
    expect(bench.state.retryAt).toBeGreaterThanOrEqual(START + 1_000);
    expect(bench.state.retryAt).toBeLessThanOrEqual(START + 5_000);
  });
});
