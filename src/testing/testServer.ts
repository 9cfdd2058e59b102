import type { MessageData } from '../core/index.js';
import { type ClientSocket, createWebSocketClass, type TestWebSocketConstructor } from './webSocketClass.js';

/** One socket, from the end of the server. */
export interface TestSocket {
  /** The address that was dialled, in full. */
  readonly url: string;
  /** The subprotocols that the client offers. */
  readonly protocols: readonly string[];
  /** Where it stands: `'closing'` once the client has closed it and the server has not answered. */
  readonly state: 'connecting' | 'open' | 'closing' | 'closed';
  /** Every frame that the client has sent, with the bytes of that moment. */
  readonly received: readonly MessageData[];
  /** What the client has closed it with, or `null`. */
  readonly closedWith: { readonly code: number | undefined; readonly reason: string | undefined } | null;
  /** Answers the handshake, with one of the subprotocols that are offered. */
  readonly accept: (protocol?: string) => void;
  /** Refuses the dial, as a server that is down: `error`, then `close` 1006. */
  readonly refuse: () => void;
  /** Sends frames to the client, each one in an event of its own. */
  readonly send: (...frames: readonly MessageData[]) => void;
  /**
   * Closes with a close frame.
   * @param code any: servers send more than `WebSocket.close()` allows; 1005 without one
   */
  readonly close: (code?: number, reason?: string) => void;
  /** Breaks the connection without a close frame: 1006, and no `error`. */
  readonly drop: () => void;
}

/** How a server of a test behaves; without options nothing happens by itself. */
export interface TestServerOptions {
  /** What to do with each dial, in the microtask after it: `(socket) => socket.accept()`. */
  readonly onDial?: ((socket: TestSocket) => void) | undefined;
  /** What to do with each frame of the client, in the microtask after it. */
  readonly onMessage?: ((data: MessageData, socket: TestSocket) => void) | undefined;
  /**
   * Runs whatever fires events at sockets: give the `act` of React, so that components are up to date after it.
   * @default runs it
   */
  readonly act?: ((run: () => void) => unknown) | undefined;
}

/** A WebSocket server that lives in a test or a story. */
export interface TestServer {
  /** The class of the sockets that reach it, for the option `WebSocket`. */
  readonly WebSocket: TestWebSocketConstructor;
  /** Every socket that was made, oldest first. */
  readonly sockets: readonly TestSocket[];
  /** The newest socket; throws an `Error` before the first dial, with the reason if the dial ended in the constructor. */
  readonly socket: TestSocket;
  /** Puts its class in the place of the global `WebSocket`; returns what puts that back. */
  readonly install: () => () => void;
  /** Sends a frame to every open socket. */
  readonly broadcast: (frame: MessageData) => void;
  /**
   * Goes down: every open socket is closed with this code, or breaks (1006) without one, and every dial is
   * refused until `start()`.
   */
  readonly stop: (code?: number, reason?: string) => void;
  /** Accepts dials again after `stop()`. */
  readonly start: () => void;
  /**
   * Resets the server for the next test: breaks the sockets that are left (1006), forgets all sockets and starts
   * again. Unmount the components and release or close the retained connections of the test before, because they
   * dial again otherwise.
   *
   * @example
   * afterEach(() => {
   *   cleanup(); // of Testing Library
   *   server.reset();
   * });
   */
  readonly reset: () => void;
}

const STATES = ['connecting', 'open', 'closing', 'closed'] as const;

/**
 * Creates a WebSocket server that lives in a test or a story: no network and no timers, and nothing happens unless
 * the test says so.
 *
 * @example
 * const server = createTestServer({ act });
 * render(<Quotes connection={createConnection('wss://example.com', { WebSocket: server.WebSocket })} />);
 * server.socket.accept();
 * server.socket.close(1012);
 */
export function createTestServer({
  onDial,
  onMessage,
  act = (run) => {
    run();
  },
}: TestServerOptions = {}): TestServer {
  const sockets: TestSocket[] = [];
  let isUp = true;
  /** What the constructor threw at the newest dial. */
  let fault: { readonly error: unknown } | null = null;

  const serve = (client: ClientSocket): ((data: MessageData) => void) => {
    const received: MessageData[] = [];
    const socket = createTestSocket(client, received);
    sockets.push(socket);
    fault = null;
    inMicrotask(() => {
      if (socket.state !== 'connecting') return;
      if (isUp) onDial?.(socket);
      else socket.refuse();
    });
    return (data) => {
      received.push(data);
      inMicrotask(() => onMessage?.(data, socket));
    };
  };
  const inState = (state: TestSocket['state']): readonly TestSocket[] =>
    sockets.filter((socket) => socket.state === state);

  const Class = createWebSocketClass({
    serve,
    refuseToDial(error) {
      fault = { error };
    },
    act,
  });

  const breakAll = (): void => {
    for (const socket of inState('connecting')) socket.refuse();
    for (const socket of inState('open')) socket.drop();
  };

  return {
    WebSocket: Class,
    sockets,
    get socket() {
      const newest = sockets.at(-1);
      if (newest) return newest;
      if (!fault) throw new Error('The test server has no socket yet.');
      throw new Error(
        `The test server has no socket yet: the last dial failed with "${String(fault.error)}".`,
        {
          cause: fault.error,
        },
      );
    },
    install() {
      const { WebSocket: original } = globalThis;
      globalThis.WebSocket = Class as typeof WebSocket;
      return () => {
        globalThis.WebSocket = original;
      };
    },
    broadcast(frame) {
      for (const socket of inState('open')) socket.send(frame);
    },
    stop(code, reason) {
      isUp = false;
      if (code !== undefined) for (const socket of inState('open')) socket.close(code, reason);
      breakAll();
    },
    start() {
      isUp = true;
    },
    reset() {
      breakAll();
      sockets.length = 0;
      fault = null;
      isUp = true;
    },
  };
}

/** The server's end of a socket. */
function createTestSocket(client: ClientSocket, received: readonly MessageData[]): TestSocket {
  /** Says what is wrong where a test asks for what cannot be; what the client has closed hears nothing any more. */
  const isThere = (act: string, state: TestSocket['state']): boolean => {
    if (client.closedWith) return false;
    if (socket.state !== state)
      throw new Error(`${act}() needs a socket that is ${state}, and this one is ${socket.state}.`);
    return true;
  };
  const socket: TestSocket = {
    url: client.url,
    protocols: client.offered,
    received,
    get state() {
      return STATES[client.readyState] ?? 'closed';
    },
    get closedWith() {
      return client.closedWith;
    },
    accept(protocol = '') {
      if (protocol && !client.offered.includes(protocol))
        throw new Error(
          `accept('${protocol}') needs a subprotocol that is offered: ${client.offered.join(', ')}.`,
        );
      if (isThere('accept', 'connecting')) client.open(protocol);
    },
    refuse() {
      if (isThere('refuse', 'connecting')) client.end({});
    },
    send(...frames) {
      for (const frame of frames) if (isThere('send', 'open')) client.receive(frame);
    },
    close(code = 1005, reason = '') {
      if (isThere('close', 'open')) client.end({ code, reason, wasClean: true });
    },
    drop() {
      if (isThere('drop', 'open')) client.end({});
    },
  };
  return socket;
}

function inMicrotask(run: () => void): void {
  void Promise.resolve().then(run);
}
