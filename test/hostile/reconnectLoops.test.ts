import { describe, expect, it, vi } from 'vitest';
import { closeCodes } from '../../src/closeCodes/index.js';
import type { Connection, ConnectionOptions, UrlSource } from '../../src/core/index.js';
import {
  type ConnectionHarness,
  connect,
  leaveNothingBehind,
  releaseLater,
  settle,
} from '../support/connectionHarness.js';
import { createFakeServer, type FakeServer } from '../support/fakeSocket.js';

leaveNothingBehind();

type Options = ConnectionOptions & { readonly url?: UrlSource; readonly server?: FakeServer };

/** Reasons why no socket can be made. */
const impossibleSockets: readonly (readonly [string, () => Options])[] = [
  ['a URL with another scheme', () => ({ url: 'ftp://example.com/' })],
  ['a URL with a fragment', () => ({ url: 'wss://example.com/#part' })],
  ['a URL that cannot be parsed', () => ({ url: 'wss://' })],
  ['an invalid subprotocol', () => ({ protocols: 'a b' })],
  ['a subprotocol that is given twice', () => ({ protocols: ['a', 'a'] })],
  ['a URL function that returns an empty text', () => ({ url: () => '' })],
  ['a URL function that resolves to an empty text', () => ({ url: () => Promise.resolve('') })],
  [
    'no WebSocket',
    () => {
      vi.stubGlobal('WebSocket', undefined);
      return { WebSocket: undefined };
    },
  ],
  [
    'a constructor that throws an object without a prototype',
    () => ({ WebSocket: createFakeServer({ throws: Object.create(null) as Error }).WebSocket }),
  ],
];

/** Where an application may call `reconnect()` from. Each prepares a connection that nothing uses yet. */
const callers: readonly (readonly [string, (options: Options, call: () => void) => ConnectionHarness])[] = [
  ['onError', (options, call) => connect({ ...options, unused: true, onError: call })],
  ['onClose', (options, call) => connect({ ...options, unused: true, onClose: call })],
  [
    'a listener of subscribe',
    (options, call) => {
      const harness = connect({ ...options, unused: true });
      harness.connection.subscribe(call);
      return harness;
    },
  ],
  [
    'a listener of onEvent',
    (options, call) => {
      const harness = connect({ ...options, unused: true });
      harness.connection.onEvent(call);
      return harness;
    },
  ],
];

/** Prepares a connection whose caller calls a method whenever it can. */
function prepare(
  attach: (options: Options, call: () => void) => ConnectionHarness,
  options: Options,
  act: (connection: Connection) => void,
): ConnectionHarness {
  const harness: ConnectionHarness = attach(options, () => act(harness.connection));
  return harness;
}

/** When each dial began, in ms of elapsed time. */
function recordDials(harness: ConnectionHarness): number[] {
  const times: number[] = [];
  harness.connection.onEvent(({ type }) => {
    if (type === 'dial') times.push(performance.now());
  });
  return times;
}

/** Lets time pass in small steps, and promises settle in each. */
async function passTime(ms: number, step: number, act: () => void = () => undefined): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    act();
    // What begins in this moment, with an asynchronous URL too, is seen in this moment.
    vi.advanceTimersByTime(0);
    await settle();
    vi.advanceTimersByTime(step);
    await settle();
  }
}

const gapsFromThird = (times: readonly number[]): number[] =>
  times.slice(3).map((time, index) => time - times[index + 2]!);

/** The most dials within one second, from the third one on. */
const mostInASecond = (times: readonly number[]): number =>
  Math.max(
    ...times.slice(2).map((from) => times.filter((time) => time >= from && time < from + 1_000).length),
  );

describe.each(impossibleSockets)('where no socket can be made (%s)', (_, createOptions) => {
  it.each(callers.filter(([name]) => name !== 'onClose'))(
    'reconnect() in %s returns, and dials in later tasks, at most once a second after the third dial',
    async (name, attach) => {
      const harness = prepare(attach, createOptions(), ({ reconnect }) => reconnect());
      const times = recordDials(harness);
      releaseLater(harness.connection.retain());
      // A listener of onEvent is told of the first dial before that fails, and replaces it.
      const inFirstTask = name.endsWith('onEvent') ? 2 : 1;
      expect(times.length, 'dials within the first task').toBeLessThanOrEqual(inFirstTask);
      await passTime(12_000, 50);
      expect(times.length, 'it goes on').toBeGreaterThanOrEqual(10);
      expect(Math.min(...gapsFromThird(times))).toBeGreaterThanOrEqual(1_000);
    },
  );

  it.each([
    ['reconnect()', (connection: Connection) => connection.reconnect()],
    [
      'close() and reconnect()',
      (connection: Connection) => {
        connection.close();
        connection.reconnect();
      },
    ],
    [
      'retain(), its release and reconnect()',
      (connection: Connection) => {
        connection.retain()();
        connection.reconnect();
      },
    ],
  ])('a thousand calls of %s within one tick dial at most once more', async (_name, act) => {
    const harness = connect({ ...createOptions(), unused: true });
    const times = recordDials(harness);
    releaseLater(harness.connection.retain());
    await settle();
    const before = times.length;
    expect(before).toBe(1);
    for (let call = 0; call < 1_000; call += 1) act(harness.connection);
    expect(times.length - before, 'within the task').toBeLessThanOrEqual(1);
    await passTime(5_000, 50);
    expect(times.length - before, 'in the end').toBeGreaterThanOrEqual(1);
    expect(times.length - before, 'in the end').toBeLessThanOrEqual(2);
  });
});

/** Ways in which a server ends every connection soon. */
const badServers: readonly (readonly [string, (harness: ConnectionHarness) => void])[] = [
  ['refuses every dial', ({ server }) => server.socket.refuse()],
  ['drops every connection', ({ server }) => server.socket.accept().drop()],
  ...[1000, 1003, 1008, 1012, 3000, 4000].map(
    (code) =>
      [
        `closes every connection with ${code}`,
        ({ server }: ConnectionHarness) => server.socket.accept().serverClose(code),
      ] as const,
  ),
];

describe.each(badServers)('where a server %s', (_, end) => {
  it.each(callers.filter(([name]) => name !== 'onError'))(
    'reconnect() in %s makes at most four dials a second',
    async (_name, attach) => {
      let isBusy = false;
      const times: number[] = [];
      const server = createFakeServer();
      const WebSocket = class extends server.WebSocket {
        constructor(url: string, protocols?: string | string[]) {
          super(url, protocols);
          times.push(performance.now());
        }
      };
      const harness = prepare(attach, { server, WebSocket }, (connection) => {
        // A listener of state changes is called by what its own call does.
        if (isBusy) return;
        isBusy = true;
        connection.reconnect();
        isBusy = false;
      });
      releaseLater(harness.connection.retain());
      await passTime(5_000, 25, () => {
        if (harness.server.socket.isLive) end(harness);
      });
      expect(times.length).toBeGreaterThan(2);
      expect(mostInASecond(times), times.join(' ')).toBeLessThanOrEqual(4);
    },
  );

  it('calls of reconnect() within one tick dial once, whatever else is called in between', async () => {
    const harness = connect();
    end(harness);
    await settle();
    const { dials } = harness.server;
    for (let call = 0; call < 100; call += 1) {
      harness.connection.reconnect();
      if (harness.server.socket.isLive) end(harness);
      if (call % 3 === 0) harness.connection.close();
      harness.connection.reconnect();
    }
    expect(harness.server.dials - dials).toBe(1);
    await settle();
  });
});

describe('a server that accepts every connection and ends it at once', () => {
  /** How many dials one client makes within an hour. */
  async function dialsInAnHour(
    end: (harness: ConnectionHarness) => void,
  ): Promise<{ dials: number; delays: number[] }> {
    const harness = connect({ random: () => 0.5 });
    const delays: number[] = [];
    for (let passed = 0; passed < 3_600_000;) {
      end(harness);
      const delay = harness.state.retryAt! - Date.now();
      delays.push(delay);
      passed += delay;
      vi.advanceTimersByTime(delay);
      await settle();
    }
    return { dials: harness.server.dials, delays };
  }

  it.each([1001, 1005, 1006, 1012, 1014, 1015, 4000])(
    'is dialled less often after eight attempts when the code is %i',
    async (code) => {
      const { dials, delays } = await dialsInAnHour(({ server }) => server.socket.accept().serverClose(code));
      expect(Math.max(...delays.slice(0, 8))).toBeLessThanOrEqual(5_000);
      // The middle of the window from 1 s to 15 s.
      expect(new Set(delays.slice(10))).toEqual(new Set([8_000]));
      expect(dials).toBeLessThanOrEqual(3_600 / 8 + 10);
    },
  );

  it('is dialled at the usual pace when it refuses all dials after a 1012, because a restart takes its time', async () => {
    let hasRestarted = false;
    const { delays } = await dialsInAnHour(({ server }) => {
      if (hasRestarted) server.socket.refuse();
      else server.socket.accept().serverClose(1012);
      hasRestarted = true;
    });
    expect(Math.max(...delays)).toBeLessThanOrEqual(5_000);
  });
});

describe('a client', () => {
  it.each(closeCodes.map(({ code }) => code))(
    'does not dial within the first second after a close with %i',
    async (code) => {
      const harness = connect();
      harness.socket.accept().serverClose(code);
      const { dials } = harness.server;
      vi.advanceTimersByTime(999);
      await settle();
      expect(harness.server.dials).toBe(dials);
    },
  );
});
