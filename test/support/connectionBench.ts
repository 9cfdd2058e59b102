import { afterEach, beforeEach, expect, vi } from 'vitest';
import {
  type CloseInfo,
  type Connection,
  type ConnectionOptions,
  type ConnectionState,
  createConnection,
  type DroppedMessage,
  type MessageData,
  type OpenInfo,
  type RawMessage,
  type UrlSource,
} from '../../src/core/index.js';
import { createFakeServer, type FakeServer, type FakeSocket } from './fakeSocket.js';
import { countPageListeners } from './page.js';

export const URL_A = 'wss://example.com/quotes';
/** The time at which every test begins. */
export const START = Date.UTC(2026, 0, 1);

/** What `onEvent` tells. */
export type TappedEvent<In, Out> = Parameters<Parameters<Connection<In, Out>['onEvent']>[0]>[0];

/** A connection in use, with everything that is known about it. */
export interface Bench<In = RawMessage, Out = MessageData> {
  readonly connection: Connection<In, Out>;
  readonly server: FakeServer;
  /** The newest socket, at the moment of asking. */
  readonly socket: FakeSocket;
  /** The snapshot, at the moment of asking. */
  readonly state: ConnectionState;
  /** What each callback was called with. */
  readonly opens: OpenInfo[];
  readonly messages: In[];
  readonly closes: CloseInfo[];
  readonly errors: Error[];
  readonly drops: DroppedMessage<Out>[];
  /** Everything that was tapped. */
  readonly events: TappedEvent<In, Out>[];
  /** The status after every change. */
  readonly statuses: string[];
  release(): void;
}

interface BenchOptions<In, Out> extends ConnectionOptions<In, Out> {
  readonly url?: UrlSource;
  readonly server?: FakeServer;
  /** Nobody uses the connection yet. */
  readonly unused?: boolean;
}

let servers: FakeServer[] = [];
let releases: (() => void)[] = [];
let lingering = 0;
let reported: unknown[] = [];
let pageListeners: ReturnType<typeof countPageListeners>;
/** How far the clocks are ahead of the timers, in ms, and what the monotonic clock says without that. */
let ahead = 0;
let timerNow: () => number;

/** What has been reported since the last time; what a test does not take makes it fail. */
export function takeReported(): unknown[] {
  return reported.splice(0);
}

/** Creates a connection under test. Draws are in the middle of their window unless `random` says otherwise. */
export function connect<In = RawMessage, Out = MessageData>({
  url = URL_A,
  server = createFakeServer(),
  unused = false,
  ...options
}: BenchOptions<In, Out> = {}): Bench<In, Out> {
  const opens: OpenInfo[] = [];
  const messages: In[] = [];
  const closes: CloseInfo[] = [];
  const errors: Error[] = [];
  const drops: DroppedMessage<Out>[] = [];
  const events: TappedEvent<In, Out>[] = [];
  const statuses: string[] = [];
  // Most tests name their types instead of passing a contract, which users have to.
  const create = createConnection as (
    url: UrlSource,
    options: ConnectionOptions<In, Out>,
  ) => Connection<In, Out>;
  const connection = create(url, {
    WebSocket: server.WebSocket,
    random: () => 0.5,
    ...options,
    onOpen(info) {
      opens.push(info);
      options.onOpen?.(info);
    },
    onMessage(message, event) {
      messages.push(message);
      options.onMessage?.(message, event);
    },
    onClose(close) {
      closes.push(close);
      options.onClose?.(close);
    },
    onError(error) {
      errors.push(error);
      options.onError?.(error);
    },
    onDrop(dropped) {
      drops.push(dropped);
      options.onDrop?.(dropped);
    },
  });
  connection.onEvent((event) => events.push(event));
  connection.subscribe(() => statuses.push(connection.getState().status));
  servers.push(server);
  lingering = Math.max(lingering, options.linger ?? 0);
  const release = unused ? () => {} : connection.retain();
  releases.push(release);
  return {
    connection,
    server,
    get socket() {
      return server.socket;
    },
    get state() {
      return connection.getState();
    },
    ...{ opens, messages, closes, errors, drops, events, statuses, release },
  };
}

/** The same, with its first socket open. */
export function connectOpen<In = RawMessage, Out = MessageData>(
  options: BenchOptions<In, Out> = {},
): Bench<In, Out> {
  const bench = connect(options);
  bench.socket.accept();
  return bench;
}

/** Lets the present wait pass: the next dial is made. */
export function passDelay({ connection }: { readonly connection: Pick<Connection, 'getState'> }): void {
  vi.advanceTimersByTime(Math.ceil(present(connection.getState().retryAt) - Date.now()));
}

/** Lets the clocks advance while timers are held back, as on a page that is throttled or suspended. */
export function passTimeWithoutTimers(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
  ahead += ms;
  vi.spyOn(performance, 'now').mockImplementation(() => timerNow() + ahead);
}

/** Counts the timers of a connection: the one that notices a sleep is shared by all and does not count. */
export function countTimers({ connection }: { readonly connection: Pick<Connection, 'getState'> }): number {
  const { status, waitingFor } = connection.getState();
  return vi.getTimerCount() - (status === 'open' || waitingFor !== null ? 1 : 0);
}

/** Lets go of a connection at the end of the test. */
export function releaseLater(release: () => void): void {
  releases.push(release);
}

/** Waits for promises, not for time. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}

/** Narrows what must be there. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error(`It is ${String(value)}.`);
  return value;
}

/**
 * Fake timers for every test of the file, and at the end of each: no timer, no socket in use, no listener on a
 * socket or the page, and no exception that the test did not take.
 */
export function leaveNothingBehind(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.setSystemTime(START);
    ahead = 0;
    timerNow = performance.now.bind(performance);
    pageListeners = countPageListeners();
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
  });

  afterEach(() => {
    for (const release of releases) release();
    vi.advanceTimersByTime(lingering);
    try {
      for (const { sockets, mostLive } of servers) {
        expect(mostLive, 'a connection has one socket at a time').toBeLessThanOrEqual(1);
        for (const socket of sockets) {
          if (socket.isLive) throw new Error('A socket is left open.');
          socket.settle();
          const { onopen, onmessage, onclose, onerror } = socket;
          if (onopen ?? onmessage ?? onclose) throw new Error('Somebody listens to a socket that is over.');
          onerror?.(new Event('error'));
        }
      }
      expect(vi.getTimerCount(), 'no timer is left').toBe(0);
      expect(pageListeners.count(), 'nobody listens to the page').toBe(0);
      expect(takeReported(), 'nothing was reported that the test does not know of').toEqual([]);
    } finally {
      pageListeners.stop();
      servers = [];
      releases = [];
      lingering = 0;
      reported = [];
      vi.restoreAllMocks();
      vi.unstubAllGlobals();
      vi.useRealTimers();
    }
  });
}
