/**
 * Clients that run from a published package on the virtual platform, and complete connections of our own library,
 * which show that its policy alone gives the same figures.
 */

/**
 * @typedef {object} PackageClient
 * @property {string} name
 * @property {'ours' | 'peer'} kind
 * @property {string} source
 * @property {(context: { library: import('./library.mjs').Library }) => Promise<(client: StartedClient) => void>} load
 *   imports the package and returns a function that starts one client
 * @property {(data: unknown) => string | undefined} [reply] the answer of its server to a message
 * @property {readonly string[]} [only] the scenarios it runs in; by default all
 *
 * @typedef {object} StartedClient
 * @property {string} url
 * @property {typeof WebSocket} WebSocket
 * @property {() => number} draw the next number of this client's stream, in [0, 1)
 */

const published = 'the published package';

const parse = (data) => JSON.parse(String(data).split('\n')[0]);

/** @type {readonly PackageClient[]} */
export const packageClients = [
  {
    name: 'react-websocket-hooks, complete',
    kind: 'ours',
    source: 'createConnection() with its timers, to show that the policy alone gives the same figures',
    only: ['restart'],
    load:
      async ({ library }) =>
      ({ url, WebSocket, draw }) => {
        library.createConnection(url, { WebSocket, random: draw }).retain();
      },
  },
  {
    name: 'partysocket 1.3.0',
    kind: 'peer',
    source: published,
    async load() {
      const { WebSocket: PartySocket } = await import('partysocket');
      return ({ url, WebSocket }) => {
        new PartySocket(url, undefined, { WebSocket });
      };
    },
  },
  {
    name: 'reconnecting-websocket 4.4.0',
    kind: 'peer',
    source: `${published}; its shortest delay, which is random for each page load, is random for each client`,
    async load() {
      const { default: module } = await import('reconnecting-websocket');
      const ReconnectingWebSocket = module.default ?? module;
      return ({ url, WebSocket, draw }) => {
        new ReconnectingWebSocket(url, [], { WebSocket, minReconnectionDelay: 1_000 + draw() * 4_000 });
      };
    },
  },
  {
    name: 'socket.io-client 4.8.4',
    kind: 'peer',
    source:
      'the Backoff class of the package with the defaults of its Manager, without the engine.io handshake',
    async load() {
      const file = new URL('../node_modules/socket.io-client/build/esm/contrib/backo2.js', import.meta.url);
      const { Backoff } = await import(file.href);
      return ({ url, WebSocket }) => {
        const backoff = new Backoff({ min: 1_000, max: 5_000, jitter: 0.5 });
        const connect = () => {
          const socket = new WebSocket(url);
          const timeout = setTimeout(() => socket.close(), 20_000);
          socket.onopen = () => {
            clearTimeout(timeout);
            backoff.reset();
          };
          socket.onclose = () => {
            clearTimeout(timeout);
            setTimeout(connect, backoff.duration());
          };
        };
        connect();
      };
    },
  },
  {
    name: 'phoenix 1.8.16',
    kind: 'peer',
    source: published,
    async load() {
      const { Socket } = await import('phoenix');
      return ({ url, WebSocket }) => {
        new Socket(url, { transport: WebSocket }).connect();
      };
    },
    reply(data) {
      const [joinRef, ref, topic] = parse(data);
      return JSON.stringify([joinRef, ref, topic, 'phx_reply', { status: 'ok', response: {} }]);
    },
  },
  {
    name: 'centrifuge 5.8.0',
    kind: 'peer',
    source: published,
    async load() {
      const { Centrifuge } = await import('centrifuge');
      return ({ url, WebSocket }) => {
        new Centrifuge(url, { websocket: WebSocket }).connect();
      };
    },
    reply(data) {
      const { id, connect } = parse(data);
      return connect ? JSON.stringify({ id, connect: { client: 'client', version: '' } }) : undefined;
    },
  },
  {
    name: 'graphql-ws 6.4.2',
    kind: 'peer',
    source: `${published}, with lazy: false`,
    async load() {
      const { createClient } = await import('graphql-ws');
      return ({ url, WebSocket }) => {
        createClient({ url, webSocketImpl: WebSocket, lazy: false, onNonLazyError: () => undefined });
      };
    },
    reply: (data) => (parse(data).type === 'connection_init' ? '{"type":"connection_ack"}' : undefined),
  },
];
