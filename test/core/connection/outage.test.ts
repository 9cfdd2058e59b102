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
} from '../../support/connectionHarness.js';

leaveNothingBehind();

type Options = ConnectionOptions;

describe('an outage', () => {
  it('widens its window after eight attempts, unless its cause is a restart', () => {
    const harness = connectOpen({ random: () => 0 });
    harness.socket.drop();
    const delays: number[] = [];
    for (let refusals = 0; refusals < 11; refusals += 1) {
      passDelay(harness);
      const at = Date.now();
      harness.socket.refuse();
      delays.push(present(harness.state.retryAt) - at);
    }
    expect(delays).toEqual([...Array.from({ length: 7 }, () => 4_000), 5_500, 8_000, 8_000, 8_000]);
  });

  it('continues through unstable connections and takes its cause from the latest close', () => {
    const harness = connectOpen();
    harness.socket.drop();
    passDelay(harness);
    harness.socket.accept();
    vi.advanceTimersByTime(4_999);
    harness.socket.serverClose(1012);
    expect(harness.state).toMatchObject({ attempt: 2, cause: { code: 1012 } });
  });

  it('ends when a connection was open for stableAfter', () => {
    const harness = connectOpen();
    harness.socket.drop();
    passDelay(harness);
    harness.socket.accept();
    vi.advanceTimersByTime(5_000);
    harness.socket.drop();
    expect(harness.state.attempt).toBe(1);
  });

  it('ends by elapsed time when a page throttles timers', () => {
    const harness = connectOpen({ reconnect: { stableAfter: 1_000 } });
    harness.socket.drop();
    passDelay(harness);
    harness.socket.accept();
    passTimeWithoutTimers(1_000);
    harness.socket.drop();
    expect(harness.state.attempt).toBe(1);
  });

  it('ends at once with stableAfter 0', () => {
    const harness = connectOpen({ reconnect: { stableAfter: 0, maxAttempts: 1 } });
    for (let flaps = 0; flaps < 5; flaps += 1) {
      harness.socket.drop();
      passDelay(harness);
      harness.socket.accept();
    }
    expect(harness.state.status).toBe('open');
  });

  it('waits 1 to 5 s with one timer', () => {
    const harness = connectOpen();
    harness.socket.drop();
    vi.runOnlyPendingTimers();
    expect(harness.server.dials).toBe(2);
  });

  it('recovers promptly after the machine slept through a long wait', () => {
    const harness = connectOpen();
    harness.socket.serverClose(1013);
    expect(harness.state.retryAt).toBe(START + 17_500);
    vi.setSystemTime(START + 3_600_000);
    vi.advanceTimersByTime(10_000);
    expect(harness.server.dials).toBe(2);
  });

  it('waits for its full delay when the clock is set back', () => {
    const harness = connectOpen();
    harness.socket.serverClose(1013);
    vi.setSystemTime(START - 3_600_000);
    vi.advanceTimersByTime(18_500);
    expect(harness.server.dials).toBe(2);
  });
});

describe('maxAttempts', () => {
  const policy: Options = { reconnect: { maxAttempts: 3 } };

  it('limits a server that accepts and then closes to 4 dials in all', () => {
    const harness = connect(policy);
    for (let flaps = 0; flaps < 50 && harness.state.status !== 'failed'; flaps += 1) {
      harness.socket.accept().drop();
      vi.advanceTimersByTime(60_000);
    }
    expect(harness.server.dials).toBe(4);
    expect(harness.state).toMatchObject({
      status: 'failed',
      attempt: 3,
      retryAt: null,
      waitingFor: null,
      cause: null,
    });
    expect(harness.state.error).toMatchObject({ kind: 'exhausted', code: 1006 });
    expect(harness.errors).toEqual([harness.state.error]);
  });

  it('limits a server that refuses every dial to 4 dials in all', () => {
    const harness = connect(policy);
    for (let refusals = 0; refusals < 50 && harness.state.status !== 'failed'; refusals += 1) {
      harness.socket.refuse();
      vi.advanceTimersByTime(60_000);
    }
    expect(harness.server.dials).toBe(4);
    expect(harness.state.error).toMatchObject({ name: 'WebSocketError', kind: 'exhausted' });
  });

  it('limits a server that closes with 1011 to eleven dials in all', () => {
    const harness = connect();
    for (let flaps = 0; flaps < 50 && harness.state.status !== 'failed'; flaps += 1) {
      harness.socket.accept().serverClose(1011);
      vi.advanceTimersByTime(60_000);
    }
    expect(harness.server.dials).toBe(11);
  });
});

describe('reconnect.decide', () => {
  it('is called for every dial with the attempt number of that dial', () => {
    const asked: DecideContext[] = [];
    const harness = connectOpen({
      reconnect: (context) => {
        asked.push(context);
        return 50 * context.attempt;
      },
    });
    harness.socket.serverClose(1012);
    expect(harness.state.retryAt).toBe(START + 50);
    passDelay(harness);
    harness.socket.refuse();
    expect(harness.state.retryAt).toBe(START + 50 + 100);
    expect(asked).toEqual([
      { close: harness.closes[0], cause: harness.closes[0], attempt: 1, opened: true },
      { close: harness.closes[1], cause: harness.closes[0], attempt: 2, opened: false },
    ]);
  });

  it('is reported when it throws, and the default rules apply', () => {
    const bug = new Error('a bug in decide');
    const harness = connectOpen({
      reconnect: {
        decide: () => {
          throw bug;
        },
      },
    });
    harness.socket.serverClose(1012);
    expect(takeReported()).toEqual([bug]);
    expect(harness.state).toMatchObject({ status: 'reconnecting', retryAt: START + 3_000 });
  });

  it('is reported when it returns an invalid value, and the default rules apply', () => {
    const harness = connectOpen({ reconnect: () => NaN });
    harness.socket.serverClose(1003);
    expect(takeReported()).toEqual([expect.any(RangeError)]);
    expect(harness.state).toMatchObject({ status: 'failed', error: { code: 1003 } });
  });

  it('may close the connection that it decides about', () => {
    const harness = connectOpen({
      reconnect: () => {
        harness.connection.close();
        return 0;
      },
    });
    harness.socket.serverClose(1012);
    vi.advanceTimersByTime(60_000);
    expect(harness.state.status).toBe('closed');
    expect(harness.server.dials).toBe(1);
  });
});

describe('mutation of the reconnect rules', () => {
  it('reports rules that became invalid, and reconnects by the last valid ones', () => {
    const reconnect = { minDelay: 10, maxDelay: 20 };
    const harness = connectOpen({ reconnect });
    reconnect.minDelay = 500;
    harness.socket.serverClose(1012);
    expect(takeReported()).toContainEqual(expect.any(RangeError));
    expect(harness.state).toMatchObject({ status: 'reconnecting', retryAt: START + 15 });
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
    const harness = connectOpen({ random });
    harness.socket.serverClose(1012);
    expect(takeReported()).toEqual([reported]);
    expect(harness.state.status).toBe('reconnecting');
    expect(harness.state.retryAt).toBeGreaterThanOrEqual(START + 1_000);
    expect(harness.state.retryAt).toBeLessThanOrEqual(START + 5_000);
  });
});
