import { Server } from 'mock-socket';

import type { WebSocketConstructor } from '../../src/index.js';
import { FrozenSocket } from './frozenSocket.js';
import { type DemoServer, REMEMBERED_FRAMES, type ServerState, UNTOUCHED } from './serverState.js';
import { StorySocket } from './storySocket.js';

/** The payload of a frame. */
export type FrameData = string | Blob | ArrayBuffer | ArrayBufferView;

/** One socket, from the server's side. */
export interface StoryClient {
  readonly send: (data: string | ArrayBuffer) => void;
}

/** What a server does with a socket that has opened; returns what takes its frames. */
export type Serve = (client: StoryClient) => (data: FrameData) => void;

/** How a server in the page behaves. */
export interface StoryServerOptions {
  /**
   * How long a restart takes, in ms.
   * @default 800
   */
  readonly downFor?: number | undefined;
  /** Instead of a time: a restart is over once this many dials were refused. */
  readonly refuse?: number | undefined;
  /**
   * What it accepts; a text-only server closes with 1003 on binary.
   * @default 'any'
   */
  readonly accepts?: 'any' | 'text' | undefined;
  /** @default false */
  readonly isFlapping?: boolean | undefined;
  /** @default false */
  readonly isFrozen?: boolean | undefined;
  /** By default it greets with a quote and sends back what it gets. */
  readonly serve?: Serve | undefined;
  /** Whether a dial is accepted; by default every one is. */
  readonly admit?: ((url: URL) => boolean) | undefined;
}

/** A server that lives in the page. */
export interface StoryServer extends DemoServer {
  readonly url: string;
  /** The class of the sockets that reach it: the option `WebSocket`. The global one stays as it is. */
  readonly WebSocket: WebSocketConstructor;
  /** Sends a frame to every open socket, at once: each frame is an event of its own. */
  readonly send: (data: string | ArrayBuffer) => void;
  /** Closes all with 1012 and refuses dials until it is switched on again. */
  readonly power: (on: boolean) => void;
  /** Hears and says nothing from now on, and answers no handshake. */
  readonly freeze: (on: boolean) => void;
}

type Client = ReturnType<Server['clients']>[number];

/** Each server has an address of its own, because one page of documentation shows many. */
let count = 0;

/** An address at which no server listens. */
const NOWHERE = 'ws://nowhere.example/';

const echo: Serve = (client) => {
  client.send(JSON.stringify({ symbol: 'ACME', price: 118.25 }));
  return (data) => client.send(data as string | ArrayBuffer);
};

/** Creates a server in the page; it begins to listen with the first dial. */
export function createStoryServer({
  downFor = 800,
  refuse,
  accepts = 'any',
  isFlapping = false,
  isFrozen = false,
  serve = echo,
  admit = () => true,
}: StoryServerOptions = {}): StoryServer {
  const url = `ws://quotes-${++count}.example/`;
  const listeners = new Set<() => void>();
  let state: ServerState = { ...UNTOUCHED, isFlapping, isFrozen, refused: 0 };
  let toRefuse = 0;
  let server: Server | undefined;

  const update = (change: Partial<ServerState>): void => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const comeBack = (): void => update({ isUp: true });
  const countRefused = (): void => update({ refused: (state.refused ?? 0) + 1 });
  const verifyClient = (): boolean => {
    if (state.isUp) return true;
    countRefused();
    if (toRefuse > 0 && --toRefuse === 0) comeBack();
    return false;
  };
  const end = (client: Client, code: number, reason = ''): void => {
    client.close({ code, reason, wasClean: code !== 1006 });
  };
  const endAll = (code: number, reason?: string): void => {
    for (const client of server?.clients() ?? []) end(client, code, reason);
  };
  const receive = (client: Client, data: FrameData, take: (data: FrameData) => void): void => {
    if (state.isFrozen) return;
    const kind = typeof data === 'string' ? 'text' : 'binary';
    const frame = { kind, size: sizeOf(data), at: Date.now() } as const;
    update({ frames: [frame, ...state.frames].slice(0, REMEMBERED_FRAMES) });
    if (kind === 'binary' && accepts === 'text') end(client, 1003, 'this server takes text only');
    else take(data);
  };
  const listen = (): void => {
    if (server) return;
    server = new Server(url, { mock: false, verifyClient });
    server.on('connection', (client) => {
      update({ accepted: state.accepted + 1, clients: state.clients + 1 });
      client.on('close', () => update({ clients: state.clients - 1 }));
      if (state.isFlapping) {
        end(client, 1011, 'crashed while greeting');
        return;
      }
      const take = serve(client);
      client.on('message', (data) => receive(client, data, take));
    });
  };

  /** No class of its own, because which socket it is to be is known when it is dialled. */
  function Dialled(target: string | URL, protocols?: string | string[]): StorySocket | FrozenSocket {
    listen();
    if (state.isFrozen) return new FrozenSocket();
    if (admit(new URL(target))) return new StorySocket(target, protocols);
    countRefused();
    return new StorySocket(NOWHERE, protocols);
  }

  return {
    url,
    WebSocket: Dialled as unknown as WebSocketConstructor,
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    restart(seconds = downFor / 1_000) {
      update({ isUp: false });
      endAll(1012, 'deploying a new version');
      if (refuse === undefined) setTimeout(comeBack, seconds * 1_000);
      else toRefuse = refuse;
    },
    rejectData() {
      endAll(1003, 'this server does not take this type of data');
    },
    kill() {
      endAll(1006);
    },
    flap(on) {
      update({ isFlapping: on });
      if (on) endAll(1011, 'crashed');
    },
    send(data) {
      if (state.isFrozen) return;
      for (const client of server?.clients() ?? []) client.send(data);
    },
    power(on) {
      update({ isUp: on });
      if (!on) endAll(1012, 'deploying a new version');
    },
    freeze(on) {
      update({ isFrozen: on });
    },
  };
}

function sizeOf(data: FrameData): number {
  if (typeof data === 'string') return new TextEncoder().encode(data).length;
  return 'byteLength' in data ? data.byteLength : data.size;
}
