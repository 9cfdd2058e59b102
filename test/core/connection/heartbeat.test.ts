import { describe, expect, it, vi } from 'vitest';
import {
  type HeartbeatOptions,
  json,
  type MessageData,
  type RawMessage,
  text,
} from '../../../src/core/index.js';
import {
  type ConnectionHarness,
  connect,
  connectOpen,
  countTimers,
  leaveNothingBehind,
  passDelay,
  passTimeWithoutTimers,
  START,
} from '../../support/connectionHarness.js';

leaveNothingBehind();

type Heartbeat = HeartbeatOptions<RawMessage, MessageData>;
const heartbeat: Heartbeat = {
  message: 'ping',
  interval: 1_000,
  timeout: 500,
  isReply: (message) => message === 'pong',
};
const binaryOnly = { sends: 'binary', accepts: 'any', encode: (message: MessageData) => message } as const;
const phases = ({ events }: ConnectionHarness) =>
  events.flatMap((event) => (event.type === 'heartbeat' ? [event.phase] : []));

describe('heartbeat', () => {
  it('is off by default', () => {
    const harness = connectOpen();
    vi.advanceTimersByTime(3_600_000);
    expect(harness.socket.sent).toEqual([]);
    expect(countTimers(harness)).toBe(0);
  });

  it('leaves the socket open when the probe breaks the contract, because nothing was sent', () => {
    const harness = connectOpen<ArrayBuffer>({
      contract: { ...binaryOnly, decode: (data) => data as ArrayBuffer },
      heartbeat: { message: 'ping', interval: 1_000, timeout: 500 },
    });
    vi.advanceTimersByTime(3_500);
    expect(harness.state.status).toBe('open');
    expect(harness.socket.sent).toEqual([]);
    expect(harness.errors).toHaveLength(3);
    expect(harness.errors[0]).toMatchObject({ kind: 'contract', direction: 'outgoing' });
  });

  it('probes after 25 s of silence and waits 10 s for an answer by default', () => {
    const harness = connectOpen({ heartbeat: { message: 'ping' } });
    vi.advanceTimersByTime(24_999);
    expect(harness.socket.sent).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(harness.socket.sent).toEqual(['ping']);
    vi.advanceTimersByTime(9_999);
    expect(harness.state.status).toBe('open');
    vi.advanceTimersByTime(1);
    expect(harness.state.status).toBe('reconnecting');
  });

  it('abandons a dead socket within 1.6 s, without waiting for its close event', () => {
    const harness = connectOpen({ heartbeat });
    vi.advanceTimersByTime(1_500);
    expect(harness.state).toMatchObject({
      status: 'reconnecting',
      attempt: 1,
      waitingFor: 'delay',
      retryAt: START + 4_500,
    });
    expect(harness.closes).toMatchObject([
      { code: 1006, opened: true, local: false, wasClean: false, at: START + 1_500 },
    ]);
    expect(harness.server.sockets[0]!.closeCalls).toHaveLength(1);
    passDelay(harness);
    harness.server.sockets[0]!.settle();
    expect(harness.closes).toHaveLength(1);
    harness.socket.accept();
    expect(harness.state.status).toBe('open');
  });

  it('counts a reply as a sign of life and does not deliver it', () => {
    const harness = connectOpen({ heartbeat });
    for (let beats = 1; beats <= 5; beats += 1) {
      vi.advanceTimersByTime(1_000);
      expect(harness.socket.sent).toHaveLength(beats);
      harness.socket.message('pong');
    }
    expect(harness.messages).toEqual([]);
    expect(harness.state.status).toBe('open');
    expect(phases(harness).slice(0, 4)).toEqual(['probe', 'reply', 'probe', 'reply']);
  });

  it('counts any message as a sign of life', () => {
    const harness = connectOpen({ heartbeat });
    for (let step = 0; step < 40; step += 1) {
      vi.advanceTimersByTime(900);
      harness.socket.message('data');
    }
    expect(harness.socket.sent).toEqual([]);
    vi.advanceTimersByTime(1_400);
    expect(harness.socket.sent).toEqual(['ping']);
    harness.socket.message('anything');
    vi.advanceTimersByTime(500);
    expect(harness.state.status).toBe('open');
    expect(harness.messages).toHaveLength(41);
  });

  it('counts a message that breaks the contract as a sign of life', () => {
    const harness = connectOpen({
      heartbeat: { message: 'ping', interval: 1_000, timeout: 500 },
      contract: text(),
    });
    vi.advanceTimersByTime(1_400);
    harness.socket.message(new ArrayBuffer(1));
    vi.advanceTimersByTime(400);
    expect(harness.state.status).toBe('open');
  });

  it('encodes the probe by the contract and passes the decoded message to isReply', () => {
    const contract = json<{ type: string }, { type: string }>();
    const harness = connectOpen({
      contract,
      heartbeat: {
        message: { type: 'ping' },
        interval: 1_000,
        timeout: 500,
        isReply: ({ type }) => type === 'pong',
      },
    });
    vi.advanceTimersByTime(1_000);
    expect(harness.socket.sent).toEqual(['{"type":"ping"}']);
    harness.socket.message('{"type":"pong"}', '{"type":"data"}');
    expect(harness.messages).toEqual([{ type: 'data' }]);
  });

  it('takes any truthy result of isReply for a reply, as array filters do', () => {
    const harness = connectOpen({
      heartbeat: { ...heartbeat, isReply: (({ length }: string) => length - 3) as never },
    });
    harness.socket.message('pong', 'now');
    expect(harness.messages).toEqual(['now']);
  });

  it('delivers a reply to no topic and no listener', () => {
    const of = vi.fn();
    const harness = connectOpen({ heartbeat, topics: { of } });
    harness.connection.onMessage(() => {}, { topic: 'a' });
    vi.advanceTimersByTime(1_000);
    harness.socket.message('pong');
    expect(of).not.toHaveBeenCalled();
    expect(harness.events.filter(({ type }) => type === 'message')).toEqual([]);
  });

  it('keeps a healthy socket when the timer is late and the messages follow', () => {
    const harness = connectOpen({ heartbeat });
    vi.advanceTimersByTime(1_000);
    passTimeWithoutTimers(60_000);
    vi.advanceTimersByTime(500);
    expect(harness.state.status).toBe('open');
    harness.socket.message('pong');
    vi.advanceTimersByTime(900);
    expect(harness.state.status).toBe('open');
    vi.advanceTimersByTime(500);
    harness.socket.message('pong');
    expect(harness.closes).toEqual([]);
  });

  it('still detects a dead socket soon after a late timer', () => {
    const harness = connectOpen({ heartbeat });
    vi.advanceTimersByTime(1_000);
    passTimeWithoutTimers(60_000);
    vi.advanceTimersByTime(500 + 1_000);
    expect(harness.state.status).toBe('reconnecting');
  });

  it('starts counting silence again at a late message', () => {
    const harness = connectOpen({ heartbeat });
    vi.advanceTimersByTime(1_499);
    harness.socket.message('pong');
    vi.advanceTimersByTime(999);
    expect(harness.socket.sent).toEqual(['ping']);
    vi.advanceTimersByTime(500);
    expect(harness.socket.sent).toEqual(['ping', 'ping']);
    expect(harness.state.status).toBe('open');
    harness.socket.message('pong');
  });

  it('uses one timer for its interval, because a hidden page throttles chained timers', () => {
    const harness = connectOpen({ heartbeat: { message: 'ping' } });
    const start = vi.spyOn(globalThis, 'setTimeout');
    for (let seconds = 0; seconds < 60; seconds += 1) {
      vi.advanceTimersByTime(1_000);
      harness.socket.message('data');
    }
    // The shared timer that notices a sleep runs every 10 s.
    const ownStarts = start.mock.calls.filter(([, delay]) => delay !== 10_000);
    expect(ownStarts.length).toBeLessThan(6);
  });

  it('probes in time when the clock is set back', () => {
    const harness = connectOpen({ heartbeat: { message: 'ping' } });
    vi.advanceTimersByTime(10_000);
    vi.setSystemTime(START - 86_400_000);
    vi.advanceTimersByTime(15_000);
    expect(harness.socket.sent).toEqual(['ping']);
  });

  it('runs once at a time, across many sockets', () => {
    const harness = connectOpen({ heartbeat });
    for (let sockets = 0; sockets < 5; sockets += 1) {
      vi.advanceTimersByTime(700);
      harness.socket.drop();
      expect(countTimers(harness)).toBe(1);
      passDelay(harness);
      harness.socket.accept();
      expect(countTimers(harness)).toBe(1);
    }
  });

  it('does not probe a socket that has closed', () => {
    const harness = connectOpen({ heartbeat });
    const [first] = harness.server.sockets;
    vi.advanceTimersByTime(1_000);
    first!.drop();
    vi.advanceTimersByTime(500);
    expect(harness.closes).toHaveLength(1);
    expect([first!.sent, first!.lost]).toEqual([['ping'], []]);
  });

  it('reports a probe that breaks the contract to onError, and still detects a dead socket', () => {
    const harness = connectOpen({
      contract: text(),
      heartbeat: { message: 5 as unknown as string, interval: 1_000, timeout: 500 },
    });
    vi.advanceTimersByTime(1_000);
    expect(harness.errors).toMatchObject([{ kind: 'contract', direction: 'outgoing' }]);
  });

  it('counts as the last frame that was sent', () => {
    const harness = connectOpen({ heartbeat });
    vi.advanceTimersByTime(1_000);
    harness.socket.serverClose(1003);
    expect(harness.state.error?.lastSent).toMatchObject({ type: 'string', size: 4 });
  });

  it('reports probes, replies and timeouts as events', () => {
    const harness = connectOpen({ heartbeat });
    vi.advanceTimersByTime(1_000);
    harness.socket.message('pong');
    vi.advanceTimersByTime(2_000);
    expect(phases(harness)).toEqual(['probe', 'reply', 'probe', 'dead']);
  });

  it.each([
    ['interval', 0],
    ['interval', -1],
    ['interval', NaN],
    ['interval', Infinity],
    ['timeout', 0],
    ['timeout', 2 ** 31],
  ])('throws for the %s %d', (name, value) => {
    expect(() => connect({ heartbeat: { message: 'ping', [name]: value }, unused: true })).toThrow(
      RangeError,
    );
    expect(() => connect({ heartbeat: { message: 'ping', [name]: value }, unused: true })).toThrow(name);
  });
});
