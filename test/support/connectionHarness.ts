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

/** An event of `onEvent`. */
export type ObservedEvent<In, Out> = Parameters<Parameters<Connection<In, Out>['onEvent']>[0]>[0];

/** A connection in use, with a record of everything that it reports. */
export interface ConnectionHarness<In = RawMessage, Out = MessageData> {
  readonly connection: Connection<In, Out>;
  readonly server: FakeServer;
  /** The newest socket. */
  readonly socket: FakeSocket;
  /** The current snapshot. */
  readonly state: ConnectionState;
  /** The arguments of all calls of each callback. */
  readonly opens: OpenInfo[];
  readonly messages: In[];
  readonly closes: CloseInfo[];
  readonly errors: Error[];
  readonly drops: DroppedMessage<Out>[];
  /** All events of `onEvent`. */
  readonly events: ObservedEvent<In, Out>[];
  /** The status after every change. */
  readonly statuses: string[];
  release(): void;
}

interface HarnessOptions<In, Out> extends ConnectionOptions<In, Out> {
  readonly url?: UrlSource;
  readonly server?: FakeServer;
  /** Does not retain the connection. */
  readonly unused?: boolean;
}

let servers: FakeServer[] = [];
let releases: (() => void)[] = [];
let lingering = 0;
let reported: unknown[] = [];
let pageListeners: ReturnType<typeof countPageListeners>;
/** How far the clocks are ahead of the timers, in ms, and the monotonic clock without that. */
let ahead = 0;
let timerNow: () => number;

/** Returns the exceptions that were reported since the last call. A test fails if it leaves any. */
export function takeReported(): unknown[] {
  return reported.splice(0);
}

/** Creates and retains a connection. By default its random delays are in the middle of their window. */
export function connect<In = RawMessage, Out = MessageData>({
  url = URL_A,
  server = createFakeServer(),
  unused = false,
  ...options
}: HarnessOptions<In, Out> = {}): ConnectionHarness<In, Out> {
  const opens: OpenInfo[] = [];
  const messages: In[] = [];
  const closes: CloseInfo[] = [];
  const errors: Error[] = [];
  const drops: DroppedMessage<Out>[] = [];
  const events: ObservedEvent<In, Out>[] = [];
  const statuses: string[] = [];
  // Most tests name the types of messages instead of passing a contract, which the types of users do not allow.
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

/** The same, with an open socket. */
export function connectOpen<In = RawMessage, Out = MessageData>(
  options: HarnessOptions<In, Out> = {},
): ConnectionHarness<In, Out> {
  const harness = connect(options);
  harness.socket.accept();
  return harness;
}

/** Waits for the current delay, so that the next dial starts. */
export function passDelay({ connection }: { readonly connection: Pick<Connection, 'getState'> }): void {
  vi.advanceTimersByTime(Math.ceil(present(connection.getState().retryAt) - Date.now()));
}

/** Advances the clocks without running timers, as on a page that is throttled or suspended. */
export function passTimeWithoutTimers(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
  ahead += ms;
  vi.spyOn(performance, 'now').mockImplementation(() => timerNow() + ahead);
}

/** Counts the timers of a connection, without the one that all connections share to notice a sleep. */
export function countTimers({ connection }: { readonly connection: Pick<Connection, 'getState'> }): number {
  const { status, waitingFor } = connection.getState();
  return vi.getTimerCount() - (status === 'open' || waitingFor !== null ? 1 : 0);
}

/** Calls a function at the end of the test. */
export function releaseLater(release: () => void): void {
  releases.push(release);
}

/** Lets promises settle, without any time passing. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}

/** Throws if a value is null or undefined, and narrows its type. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error(`The value is ${String(value)}.`);
  return value;
}

/**
 * Installs fake timers for every test of the file, and checks at the end of each test that no timer, no socket in use,
 * no listener on a socket or the page and no reported exception is left.
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
          if (onopen ?? onmessage ?? onclose) throw new Error('A closed socket still has handlers.');
          onerror?.(new Event('error'));
        }
      }
      expect(vi.getTimerCount(), 'no timer is left').toBe(0);
      expect(pageListeners.count(), 'no listener on the page is left').toBe(0);
      expect(takeReported(), 'no unexpected exception was reported').toEqual([]);
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
