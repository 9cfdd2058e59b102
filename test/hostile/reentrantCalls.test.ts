import { describe, expect, it, vi } from 'vitest';
import type { Connection, ConnectionOptions, UrlSource } from '../../src/core/index.js';
import {
  type ConnectionHarness,
  connect,
  leaveNothingBehind,
  releaseLater,
  settle,
  takeReported,
  URL_A,
} from '../support/connectionHarness.js';

leaveNothingBehind();

type Options = ConnectionOptions & { readonly url?: UrlSource };
type Call = () => void;

/** Places from which user code is called. Each returns options, or attaches itself to the connection later. */
const places: readonly (readonly [
  string,
  (call: Call) => Options,
  ((connection: Connection, call: Call) => void)?,
])[] = [
  ['onOpen', (call) => ({ onOpen: call })],
  ['onMessage', (call) => ({ onMessage: call })],
  ['onClose', (call) => ({ onClose: call })],
  ['onError', (call) => ({ onError: call })],
  ['onDrop', (call) => ({ onDrop: call, sendQueue: { maxAge: 1 } })],
  ['a listener of subscribe', () => ({}), (connection, call) => connection.subscribe(call)],
  ['a listener of onEvent', () => ({}), (connection, call) => connection.onEvent(call)],
  ['a listener of onMessage', () => ({}), (connection, call) => connection.onMessage(call)],
  [
    'a listener of a topic',
    () => ({ topics: { of: () => 'a' } }),
    (connection, call) => connection.onMessage(call, { topic: 'a' }),
  ],
  [
    'the URL function',
    (call) => ({
      url: () => {
        call();
        return URL_A;
      },
    }),
  ],
  [
    'the asynchronous URL function',
    (call) => ({
      url: async () => {
        await Promise.resolve();
        call();
        return URL_A;
      },
    }),
  ],
  [
    'the protocols function',
    (call) => ({
      protocols: () => {
        call();
        return ['v1'];
      },
    }),
  ],
  [
    'a signal listener',
    (call) => ({
      url: ({ signal }) => {
        signal.addEventListener('abort', call);
        return URL_A;
      },
    }),
  ],
  [
    'random',
    (call) => ({
      random: () => {
        call();
        return 0.5;
      },
    }),
  ],
  [
    'reconnect.decide',
    (call) => ({
      reconnect: {
        decide: () => {
          call();
          return undefined;
        },
      },
    }),
  ],
  [
    'decode',
    (call) => ({
      contract: {
        sends: 'text',
        accepts: 'text',
        encode: String,
        decode: (data) => {
          call();
          return data;
        },
      },
    }),
  ],
  [
    'encode',
    (call) => ({
      contract: {
        sends: 'text',
        accepts: 'text',
        encode: (message) => {
          call();
          return message;
        },
        decode: (data) => data,
      },
    }),
  ],
  [
    'topics.of',
    (call) => ({
      topics: {
        of: () => {
          call();
          return 'a';
        },
      },
    }),
    (connection) => connection.onMessage(() => undefined, { topic: 'a' }),
  ],
  [
    'topics.subscribe',
    (call) => ({
      topics: {
        of: () => 'a',
        subscribe: (topic) => {
          call();
          return topic;
        },
      },
    }),
    (connection) => connection.onMessage(() => undefined, { topic: 'a' }),
  ],
  [
    'ready',
    (call) => ({
      ready: () => {
        call();
        return true;
      },
    }),
  ],
  [
    'heartbeat.isReply',
    (call) => ({
      heartbeat: {
        message: 'ping',
        interval: 1_000,
        isReply: () => {
          call();
          return false;
        },
      },
    }),
  ],
  [
    'a getter of an option',
    (call) => ({
      reconnect: {
        get decide() {
          call();
          return undefined;
        },
      },
    }),
  ],
  [
    'a getter of a rule',
    (call) => ({
      reconnect: {
        codes: {
          get 1006() {
            call();
            return { minDelay: 1_000 };
          },
        },
      },
    }),
  ],
  [
    'a getter of the contract',
    (call) => ({
      contract: {
        sends: 'any',
        get accepts() {
          call();
          return 'any' as const;
        },
        encode: (message) => message,
        decode: (data) => data,
      },
    }),
  ],
  [
    'a getter of topics',
    (call) => ({
      topics: {
        of: () => 'a',
        get subscribe() {
          call();
          return undefined;
        },
      },
    }),
    (connection) => connection.onMessage(() => undefined, { topic: 'a' }),
  ],
  [
    'reportError',
    (call) => ({ onMessage: fail, onClose: fail, onOpen: () => vi.stubGlobal('reportError', call) }),
  ],
];

function fail(): never {
  throw new Error('This callback is broken.');
}

/** What careless code calls, whatever is going on. */
const acts: readonly (readonly [string, (connection: Connection) => void])[] = [
  ['close()', (connection) => connection.close()],
  ['reconnect()', (connection) => connection.reconnect()],
  ['send()', (connection) => connection.send('again')],
  ['retain() and its release', (connection) => connection.retain()()],
  [
    'close(), then reconnect()',
    (connection) => {
      connection.close();
      connection.reconnect();
    },
  ],
  [
    'reconnect(), then close()',
    (connection) => {
      connection.reconnect();
      connection.close(4000, 'enough');
    },
  ],
  [
    'getState(), onMessage() and its end',
    (connection) => {
      connection.getState();
      connection.onMessage(() => undefined)();
    },
  ],
  [
    'a listener that removes itself',
    (connection) => {
      const stop = connection.subscribe(() => stop());
      connection.onEvent(() => undefined)();
    },
  ],
];

/** How often user code may act at one moment before it counts as a storm. */
const STORM = 50;

function createBench(place: (typeof places)[number], act: (connection: Connection) => void) {
  const [, createOptions, attach] = place;
  let harness: ConnectionHarness | null = null;
  let isArmed = false;
  let count = 0;
  let moment = -1;
  let countNow = 0;
  let mostAtOnce = 0;
  const call = (): void => {
    if (!harness || !isArmed) return;
    if (moment !== performance.now()) countNow = 0;
    moment = performance.now();
    countNow += 1;
    count += 1;
    if (countNow > STORM) return;
    act(harness.connection);
    mostAtOnce = Math.max(mostAtOnce, countNow);
  };
  harness = connect({ ...createOptions(call), unused: true });
  attach?.(harness.connection, call);
  return {
    harness,
    arm: () => (isArmed = true),
    disarm: () => (isArmed = false),
    count: () => count,
    mostAtOnce: () => mostAtOnce,
  };
}

/** What a server and an application do, one after the other. */
const life: readonly (readonly [by: 'server' | 'application', (harness: ConnectionHarness) => void])[] = [
  ['server', ({ socket }) => socket.accept()],
  ['server', ({ socket }) => socket.message('one', 'two')],
  ['application', ({ connection }) => connection.send('text')],
  ['server', ({ socket }) => socket.drop()],
  ['application', ({ connection }) => connection.send('expires')],
  ['server', ({ socket }) => socket.refuse()],
  ['server', ({ socket }) => socket.accept().serverClose(1003, 'binary only')],
  ['application', ({ connection }) => connection.reconnect()],
  ['server', ({ socket }) => socket.accept()],
  ['application', ({ connection }) => connection.close()],
];

/** Lets everything happen that a connection can meet. */
async function liveThrough(harness: ConnectionHarness): Promise<void> {
  for (const [by, act] of life) {
    // A server reaches only a socket that is in use.
    if (by === 'application' || harness.server.sockets.at(-1)?.isLive) act(harness);
    await settle();
    vi.advanceTimersByTime(6_000);
    await settle();
  }
}

describe.each(places.map((place) => ({ name: place[0], place })))('from $name', ({ place }) => {
  // An encode that sends calls itself; of a message for every message sent, answers.test.ts has all kinds.
  const isEndless = (name: string): boolean =>
    ['encode', 'a listener of onEvent'].includes(place[0]) && name === 'send()';

  it.each(acts.filter(([name]) => !isEndless(name)))(
    '%s leaves a connection that works and tells everything in order',
    async (_name, act) => {
      const { harness, arm, disarm, count, mostAtOnce } = createBench(place, act);
      const { connection } = harness;
      const seen: unknown[] = [];
      connection.subscribe(() => seen.push(connection.getState()));
      arm();
      releaseLater(connection.retain());
      await settle();
      await liveThrough(harness);
      disarm();
      expect(count(), 'the place was reached').toBeGreaterThan(0);
      expect(mostAtOnce(), 'no storm').toBeLessThan(STORM);
      expect(seen.at(-1), 'listeners know the newest state').toBe(connection.getState());

      // Whatever has happened, the connection can be closed and comes back.
      connection.close();
      expect(['closed', 'failed']).toContain(connection.getState().status);
      vi.advanceTimersByTime(5_000);
      await settle();
      connection.reconnect();
      await settle();
      vi.advanceTimersByTime(1_000);
      await settle();
      expect(connection.getState().status).toBe('connecting');
      harness.socket.accept();
      if (connection.getState().status === 'connecting') harness.socket.message('ready');
      expect(connection.getState().status).toBe('open');
      expect(connection.send('last')).toBe('sent');
      expect(harness.socket.sent.at(-1)).toBe('last');
      takeReported();
    },
  );
});
