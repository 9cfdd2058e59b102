import type { CloseInfo } from './closeCodes.js';
import type { MessageContract } from './contract.js';
import type { MessageData, RawMessage } from './frames.js';
import { within } from './defaults.js';
import type { WebSocketError } from './errors.js';
import { type HeartbeatOptions, type HeartbeatRules, resolveHeartbeat } from './heartbeat.js';
import { type ReconnectPolicy, type ReconnectRules, resolveReconnect } from './reconnectRules.js';
import {
  type DroppedMessage,
  type QueueBounds,
  resolveSendQueue,
  type SendQueueOptions,
} from './sendQueue.js';
import type { TopicOptions } from './topics.js';

/** What a connection knows when it dials. */
export interface DialContext {
  /** 0 for a first dial, then the number of the attempt within the outage. */
  readonly attempt: number;
  /** Aborts when this dial is no longer wanted: pass it to `fetch`. */
  readonly signal: AbortSignal;
  /** The latest close, or `null` before the first. */
  readonly lastClose: CloseInfo | null;
}

/**
 * Where to connect. A function is called for every dial, so that each one can carry a fresh token; its
 * rejection counts as a failed attempt, and its identity never matters.
 */
export type UrlSource = string | URL | ((dial: DialContext) => string | URL | Promise<string | URL>);

/** Subprotocols to offer. */
export type Protocols = string | readonly string[] | undefined;

/** The subprotocols to offer, or a function that is asked for them at every dial. */
export type ProtocolsSource = Protocols | ((dial: DialContext) => Protocols | Promise<Protocols>);

/** What is told when a socket has opened. */
export interface OpenInfo {
  /** Without its query and credentials. */
  readonly url: string;
  /** The subprotocol that the server chose, or `''`. */
  readonly protocol: string;
  /** 0 for a first dial, then the number of the attempt that succeeded. */
  readonly attempt: number;
  /** When it opened, in ms since the epoch. */
  readonly at: number;
}

/** What can be listened to; an exception in a callback is reported and disturbs nothing. */
export interface ConnectionCallbacks<In = RawMessage, Out = MessageData> {
  /** A socket has opened. What is sent in here goes out before anything queued. */
  readonly onOpen?: ((info: OpenInfo) => void) | undefined;
  /** A message has arrived: each one, at once and in order. */
  readonly onMessage?: ((message: In, event: MessageEvent<RawMessage>) => void) | undefined;
  /** A socket has ended, a dial was refused, or the connection was closed from here. */
  readonly onClose?: ((close: CloseInfo) => void) | undefined;
  /** The connection has failed, a message broke the contract, or the URL function has rejected. */
  readonly onError?: ((error: WebSocketError | Error) => void) | undefined;
  /** A queued message will not be sent. */
  readonly onDrop?: ((dropped: DroppedMessage<Out>) => void) | undefined;
}

/** A WHATWG `WebSocket` class: the browser's, React Native's, Node's, that of `ws`, or one for tests. */
export type WebSocketConstructor = new (url: string | URL, protocols?: string | string[]) => WebSocket;

/** Everything about a connection but its URL. */
export interface ConnectionOptions<In = RawMessage, Out = MessageData> extends ConnectionCallbacks<In, Out> {
  /** The subprotocols to offer. */
  readonly protocols?: ProtocolsSource;
  /** When and how often to come back. `false` ends where it would reconnect; what fails still fails. */
  readonly reconnect?: ReconnectPolicy | undefined;
  /** What each side may send; without it messages are passed on as they are. */
  readonly contract?: MessageContract<In, Out> | undefined;
  /**
   * What an incoming message that breaks the contract does: `'report'` calls `onError`, `'fail'` closes with
   * 4003 and fails the connection. It is not delivered either way.
   * @default 'report'
   */
  readonly onViolation?: 'report' | 'fail' | undefined;
  /**
   * The form in which binary messages come, as in WHATWG.
   * @default 'arraybuffer'
   */
  readonly binaryType?: BinaryType | undefined;
  /**
   * Incoming messages with more bytes are violations; checked before decoding.
   * @default Infinity
   */
  readonly maxMessageSize?: number | undefined;
  /**
   * What is kept while not open; `false` keeps nothing. A message that does not fit is refused.
   * @default 100 messages, 1 MiB, 30 s
   */
  readonly sendQueue?: SendQueueOptions | false | undefined;
  /**
   * How long a dial may take, in ms, the URL function included; `Infinity` for as long as it takes.
   * @default 20_000
   */
  readonly connectTimeout?: number | undefined;
  /**
   * How to find out that a peer is gone without a word; `false` for not at all.
   * @default false
   */
  readonly heartbeat?: HeartbeatOptions<In, Out> | false | undefined;
  /**
   * Whether to wait for the network while offline, and to come back promptly when the page is seen again.
   * @default true
   */
  readonly pageAware?: boolean | undefined;
  /** How messages are divided among readers with a `topic`. */
  readonly topics?: TopicOptions<In, Out> | undefined;
  /**
   * How long an unused connection stays, in ms: with 0 it goes in the next macrotask, with `Infinity` never.
   * @default 0
   */
  readonly linger?: number | undefined;
  /**
   * The class of the sockets, for React Native, Node and tests.
   * @default the global `WebSocket`, looked up at every dial
   */
  readonly WebSocket?: WebSocketConstructor | undefined;
  /**
   * The source of every draw: returns a number in [0, 1).
   * @default Math.random
   */
  readonly random?: (() => number) | undefined;
}

/** The options of a connection, those that are numbers with their defaults and checked. */
export interface ResolvedOptions<In, Out> extends Pick<
  ConnectionOptions<In, Out>,
  'contract' | 'topics' | 'protocols' | 'WebSocket' | 'onViolation' | 'binaryType' | 'pageAware' | 'random'
> {
  readonly maxMessageSize: number;
  readonly connectTimeout: number;
  readonly linger: number;
  readonly reconnect: ReconnectRules;
  readonly sendQueue: QueueBounds;
  readonly heartbeat: HeartbeatRules<In, Out> | null;
}

/** Fills in the defaults; throws a `RangeError` that names the option and the value. */
function resolveOptions<In, Out>(options: ConnectionOptions<In, Out>): ResolvedOptions<In, Out> {
  // Every render does this, and to name each option is far quicker than to spread them.
  const { contract, topics, protocols, WebSocket, onViolation, binaryType, pageAware, random } = options;
  const { maxMessageSize = Infinity, connectTimeout = 20_000, linger = 0 } = options;
  within('maxMessageSize', maxMessageSize);
  within('connectTimeout', connectTimeout, 1);
  within('linger', linger);
  return {
    contract,
    topics,
    protocols,
    WebSocket,
    onViolation,
    binaryType,
    pageAware,
    random,
    maxMessageSize,
    connectTimeout,
    linger,
    reconnect: resolveReconnect(options.reconnect),
    sendQueue: resolveSendQueue(options.sendQueue),
    heartbeat: resolveHeartbeat(options.heartbeat),
  };
}

/** What a connection reads anew for every decision. */
export interface Setup<In, Out> {
  readonly url: UrlSource;
  readonly options: ResolvedOptions<In, Out>;
  /** The options as they were given. */
  readonly given: object;
}

/** Prepares a connection: to one destination for life, whatever becomes of a URL object. */
export function createSetup<In, Out>(url: UrlSource, given: ConnectionOptions<In, Out>): Setup<In, Out> {
  return { url: typeof url === 'function' ? url : String(url || ''), options: resolveOptions(given), given };
}
