import { Server } from 'mock-socket';

import type { WebSocketConstructor } from '../../src/index.js';
import { FrozenSocket } from './frozenSocket.js';
import { type DemoServer, REMEMBERED_FRAMES, type ServerState, INITIAL_STATE } from './serverState.js';
import { StorySocket } from './storySocket.js';

/** The payload of a frame. */
export type FrameData = string | Blob | ArrayBuffer | ArrayBufferView;

/** One socket, from the server's side. */
export interface StoryClient {
  readonly send: (data: string | ArrayBuffer) => void;
}

/** Called for every opened socket; returns the handler of its frames. */
export type Serve = (client: StoryClient) => (data: FrameData) => void;

/** Options of a server in the page. */
export interface StoryServerOptions {
  /**
   * The host name in the address.
   * @default 'quotes'
   */
  readonly name?: string | undefined;
  /**
   * Duration of a restart in ms.
   * @default 800
   */
  readonly downFor?: number | undefined;
  /** Ends a restart after this many refused connections instead of a duration. */
  readonly refuse?: number | undefined;
  /**
   * Accepted frames; a text-only server closes with 1003 on binary.
   * @default 'any'
   */
  readonly accepts?: 'any' | 'text' | undefined;
  /** @default false */
  readonly isFlapping?: boolean | undefined;
  /** @default false */
  readonly isFrozen?: boolean | undefined;
  /** By default it sends a quote first and then echoes. */
  readonly serve?: Serve | undefined;
  /** Whether to accept a connection. @default accepts all */
  readonly isAllowed?: ((url: URL) => boolean) | undefined;
}

/** A server that runs in the page. */
export interface StoryServer extends DemoServer {
  readonly url: string;
  /** The socket class to pass as the option `WebSocket`. The global one is not changed. */
  readonly WebSocket: WebSocketConstructor;
  /** Sends a frame to every open socket synchronously, each as its own event. */
  readonly send: (data: string | ArrayBuffer) => void;
  /** Stopping closes all sockets with 1012 and refuses connections until it runs again. */
  readonly setRunning: (isRunning: boolean) => void;
  /** While frozen, it receives and sends nothing and answers no handshake. */
  readonly setFrozen: (isFrozen: boolean) => void;
}

type Client = ReturnType<Server['clients']>[number];

/** Makes addresses unique, because one docs page shows many servers. */
let count = 0;

/** No server listens here. */
const UNUSED_URL = 'ws://unused.example/';

const echo: Serve = (client) => {
  client.send(JSON.stringify({ symbol: 'ACME', price: 118.25 }));
  return (data) => client.send(data as string | ArrayBuffer);
};

/** Creates a server in the page; it starts to listen when a client connects. */
export function createStoryServer({
  name = 'quotes',
  downFor = 800,
  refuse,
  accepts = 'any',
  isFlapping = false,
  isFrozen = false,
  serve = echo,
  isAllowed = () => true,
}: StoryServerOptions = {}): StoryServer {
  const url = `ws://${name}-${++count}.example/`;
  const listeners = new Set<() => void>();
  let state: ServerState = { ...INITIAL_STATE, isFlapping, isFrozen, refused: 0 };
  let refusalsLeft = 0;
  let server: Server | undefined;

  const update = (change: Partial<ServerState>): void => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const finishRestart = (): void => update({ isUp: true });
  const countRefused = (): void => update({ refused: (state.refused ?? 0) + 1 });
  const verifyClient = (): boolean => {
    if (state.isUp) return true;
    countRefused();
    if (refusalsLeft > 0 && --refusalsLeft === 0) finishRestart();
    return false;
  };
  const closeClient = (client: Client, code: number, reason = ''): void => {
    client.close({ code, reason, wasClean: code !== 1006 });
  };
  const closeAll = (code: number, reason?: string): void => {
    for (const client of server?.clients() ?? []) closeClient(client, code, reason);
  };
  const receive = (client: Client, data: FrameData, handleFrame: (data: FrameData) => void): void => {
    if (state.isFrozen) return;
    const kind = typeof data === 'string' ? 'text' : 'binary';
    const frame = { kind, size: sizeOf(data), at: Date.now() } as const;
    update({ frames: [frame, ...state.frames].slice(0, REMEMBERED_FRAMES) });
    if (kind === 'binary' && accepts === 'text') closeClient(client, 1003, 'this server takes text only');
    else handleFrame(data);
  };
  const listen = (): void => {
    if (server) return;
    server = new Server(url, { mock: false, verifyClient });
    server.on('connection', (client) => {
      update({ accepted: state.accepted + 1, clients: state.clients + 1 });
      client.on('close', () => update({ clients: state.clients - 1 }));
      if (state.isFlapping) {
        closeClient(client, 1011, 'crashed during the greeting');
        return;
      }
      const handleFrame = serve(client);
      client.on('message', (data) => receive(client, data, handleFrame));
    });
  };

  /** A function, because the kind of socket is known only when a client connects. */
  function SocketFactory(target: string | URL, protocols?: string | string[]): StorySocket | FrozenSocket {
    listen();
    if (state.isFrozen) return new FrozenSocket();
    if (isAllowed(new URL(target))) return new StorySocket(target, protocols);
    countRefused();
    return new StorySocket(UNUSED_URL, protocols);
  }

  return {
    url,
    WebSocket: SocketFactory as unknown as WebSocketConstructor,
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    restart(seconds = downFor / 1_000) {
      update({ isUp: false });
      closeAll(1012, 'deploying a new version');
      if (refuse === undefined) setTimeout(finishRestart, seconds * 1_000);
      else refusalsLeft = refuse;
    },
    rejectData() {
      closeAll(1003, 'this server does not take this type of data');
    },
    kill() {
      closeAll(1006);
    },
    setFlapping(isFlapping) {
      update({ isFlapping });
      if (isFlapping) closeAll(1011, 'crashed');
    },
    send(data) {
      if (state.isFrozen) return;
      for (const client of server?.clients() ?? []) client.send(data);
    },
    setRunning(isRunning) {
      update({ isUp: isRunning });
      if (!isRunning) closeAll(1012, 'deploying a new version');
    },
    setFrozen(isFrozen) {
      update({ isFrozen });
    },
  };
}

function sizeOf(data: FrameData): number {
  if (typeof data === 'string') return new TextEncoder().encode(data).length;
  return 'byteLength' in data ? data.byteLength : data.size;
}
