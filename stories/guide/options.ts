import type {
  ConnectionStatus,
  DropReason,
  SendResult,
  WebSocketErrorKind,
  WebSocketOptions,
} from '../../src/index.js';

/** What the guide says about an option: its default and its meaning. Markdown. */
type OptionTexts = readonly [defaultValue: string, meaning: string];

type Callback = 'onOpen' | 'onMessage' | 'onClose' | 'onError' | 'onDrop';

/** The six states: the meaning of each, and which fields are not `null` or 0 in it. */
export const states: Readonly<Record<ConnectionStatus, readonly [meaning: string, fields: string]>> = {
  idle: ['No URL, disabled, rendered on the server, or no component mounted', '–'],
  connecting: ['The first attempt to connect is in progress', "`waitingFor: 'handshake'`"],
  open: ['Connected', '`lastClose`, if there was one'],
  reconnecting: [
    'The connection was lost and is coming back: waiting for the next attempt, or connecting',
    '`attempt`, `retryAt`, `waitingFor`, `cause`, `lastClose`',
  ],
  closed: ['Ended normally: by `close()`, by code 1000, or with `reconnect: false`', '`lastClose`'],
  failed: ['Stopped by an error that retrying cannot fix', '`error`, `attempt`, `lastClose`'],
};

/** Every option except the callbacks. The compiler reports a missing one. */
export const options: Readonly<Record<Exclude<keyof WebSocketOptions, Callback>, OptionTexts>> = {
  reconnect: [
    '1–5 s, see [Close codes](close-codes.md)',
    'When to reconnect: an object, `false` for never, or a function that decides each close. See [Reconnect policy](reconnect-policy.md).',
  ],
  contract: [
    'none',
    'What each side may send: `json()`, `text()`, `binary()` or your own. It gives messages their types. See [Contracts](contracts.md).',
  ],
  onViolation: [
    "`'report'`",
    "What an incoming message that breaks the contract does: `'report'` calls `onError`, `'fail'` closes with 4003 and fails.",
  ],
  maxMessageSize: ['no limit', 'Larger incoming messages, in bytes, are violations. They are not decoded.'],
  topics: [
    'none',
    'How messages are assigned to topics, and what to send to subscribe. See [Topics](topics.md).',
  ],
  sendQueue: [
    '100 messages, 1 MiB, 30 s',
    'What `send()` keeps while not connected: `{ maxMessages, maxBytes, maxAge }`, or `false` for nothing. See [Sending, queueing, offline](sending-queueing-offline.md).',
  ],
  heartbeat: [
    '`false`',
    'Detects a dead connection: `{ message, interval, timeout, isReply }`, 25 s and 10 s by default. See [Sleep, tabs and phones](sleep-tabs-and-phones.md).',
  ],
  ready: [
    'none',
    'Recognises the message that acknowledges a login. The connection counts as `open` only once it has come.',
  ],
  connectTimeout: [
    '20,000 ms',
    'How long an attempt may take, including a URL function and the `ready` message.',
  ],
  pageAware: [
    '`true`',
    'Waits for the network while offline, and reconnects promptly when the network or the page returns.',
  ],
  protocols: ['none', 'The subprotocols to offer, or a function that is called for every attempt.'],
  enabled: ['`true`', '`false` means `idle`: the component does not use the connection.'],
  share: [
    '`false`',
    'One connection for all components with the same URL, protocols and key. See [Sharing](sharing.md).',
  ],
  key: ['none', 'A different key means a different connection, like a different URL.'],
  linger: ['0 ms', 'How long the connection stays open after the last component has unmounted.'],
  throwOnError: [
    '`false`',
    'Throws a terminal error while rendering, so that the nearest error boundary shows it. A function decides for each error.',
  ],
  binaryType: ["`'arraybuffer'`", "The type of incoming binary messages: `'arraybuffer'` or `'blob'`."],
  WebSocket: ['the global `WebSocket`', 'The WebSocket class to use, for React Native, Node and tests.'],
  random: ['`Math.random`', 'The source of random numbers for delays, for tests.'],
};

export const callbacks: Readonly<Record<Callback, string>> = {
  onOpen: 'When a socket has opened. What you send in it goes out first, before subscriptions and the queue.',
  onMessage: 'For every message, at once and in order.',
  onClose: 'When a socket has closed, an attempt has failed, or you have called `close()`.',
  onError: 'When the connection has failed, a message broke the contract, or the URL function threw.',
  onDrop: 'When a queued message will not be sent, with the reason.',
};

export const sendResults: Readonly<Record<SendResult, string>> = {
  sent: 'Passed to an open socket.',
  queued: 'Will be sent once, in order, or passed to `onDrop`.',
  refused: 'Not accepted: the queue is full or off, or the connection is `closed` or `failed`.',
};

export const dropReasons: Readonly<Record<DropReason, string>> = {
  expired: 'It waited longer than `maxAge`.',
  closed: 'The connection was closed.',
  failed: 'The connection failed.',
  unmounted: 'The last component unmounted.',
  replaced: 'Another connection replaced this one: a different URL, protocol or key.',
};

export const errorKinds: Readonly<Record<WebSocketErrorKind, string>> = {
  contract:
    'One side cannot accept what the other sends: code 1003, 1007, 1009, 1010 or a repeated 1002, or a message that breaks the contract.',
  policy: "The server rejects this client: code 1008, 3000, 3003, or a code with your rule `'fail'`.",
  exhausted: 'All attempts that `maxAttempts` allows have failed.',
  setup:
    'No socket can be created: an invalid URL or subprotocol, `ws:` on an https page, or a blocked address.',
};
