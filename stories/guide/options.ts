import type { DropReason, SendResult, WebSocketErrorKind, WebSocketOptions } from '../../src/index.js';

/** What the guide says of an option: its default, and what it is for. In a text, backticks enclose code. */
type Told = readonly [fallback: string, meaning: string];

type Callback = 'onOpen' | 'onMessage' | 'onClose' | 'onError' | 'onDrop';

/** Every option but the callbacks; the compiler misses one that is forgotten. */
export const options: Readonly<Record<Exclude<keyof WebSocketOptions, Callback>, Told>> = {
  reconnect: [
    '1–5 s, see the close codes',
    'When to come back. `false` for never, a function to decide each close.',
  ],
  contract: [
    'none',
    'What each side may send: `json()`, `text()`, `binary()` or your own. It gives messages their types.',
  ],
  onViolation: [
    "`'report'`",
    "What a message does that breaks the contract: `'report'` tells `onError`, `'fail'` closes with 4003.",
  ],
  maxMessageSize: ['no limit', 'Bytes above which a message is a violation. It is not decoded then.'],
  topics: [
    'none',
    'How messages are divided among readers, and what to send for the first and the last reader of a topic.',
  ],
  sendQueue: [
    '100 messages, 1 MiB, 30 s',
    'What `send()` accepts while no socket is open, as `{ maxMessages, maxBytes, maxAge }`. `false` for nothing.',
  ],
  heartbeat: [
    '`false`',
    'Finds a peer that is gone without a word: `{ message, interval, timeout, isReply }`, 25 s and 10 s by default.',
  ],
  connectTimeout: ['20,000 ms', 'How long a dial may take, a URL function included.'],
  pageAware: [
    '`true`',
    'Waits for the network while offline, and comes back promptly when it or the page returns.',
  ],
  protocols: ['none', 'The subprotocols to offer, or a function that is asked for them at every dial.'],
  enabled: ['`true`', '`false` shows `idle` and does not use the connection.'],
  share: [
    '`false`',
    'One connection for all components with the same URL, protocols and key. A URL function needs a key.',
  ],
  key: ['none', 'Another key is another connection, like another URL. In JSX `key` is React’s own.'],
  linger: ['0 ms', 'How long the connection stays when nobody uses it any more.'],
  throwOnError: [
    '`false`',
    'Throws a terminal error in render, to the nearest error boundary; a function says which.',
  ],
  binaryType: ["`'arraybuffer'`", "How binary messages come: `'arraybuffer'` or `'blob'`."],
  WebSocket: ['the global one', 'The class of the sockets: for React Native, Node and tests.'],
  random: ['`Math.random`', 'The source of every random draw, for tests.'],
};

export const callbacks: Readonly<Record<Callback, string>> = {
  onOpen: 'A socket has opened. What is sent in here goes out first, before subscriptions and the queue.',
  onMessage: 'A message has come: each one, at once and in order.',
  onClose: 'A socket has ended, a dial has failed, or the connection was closed from here.',
  onError: 'The connection has failed, a message broke the contract, or the URL function has thrown.',
  onDrop: 'A message that was queued will not be sent; with the reason.',
};

export const sendResults: Readonly<Record<SendResult, string>> = {
  sent: 'It was handed to an open socket.',
  queued: 'It will be sent once, in order, or handed back to `onDrop`.',
  refused: 'It was not accepted: the queue is full or off, or the connection is `closed` or `failed`.',
};

export const dropReasons: Readonly<Record<DropReason, string>> = {
  expired: 'It has waited for `maxAge`.',
  closed: 'The connection was closed.',
  failed: 'The connection has failed.',
  unmounted: 'The last component has gone.',
  replaced: 'Another connection took the place of this one: another URL, protocol or key.',
};

export const errorKinds: Readonly<Record<WebSocketErrorKind, string>> = {
  contract:
    'One side cannot take what the other one sends: 1003 and its kin, or a message that breaks the contract.',
  policy: "The server does not want this client: 1008, 3000, 3003, or a code with the rule `'fail'`.",
  exhausted: 'The attempts that `maxAttempts` allows are spent.',
  setup: 'No socket can be made: the URL, a subprotocol, `ws:` on an https page.',
};
