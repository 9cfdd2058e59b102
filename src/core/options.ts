import type { ConnectionCallbacks } from './events.js';
import type { MessageContract } from './messages/contract.js';
import type { MessageData, RawMessage } from './messages/frames.js';
import type { TopicOptions } from './messages/messageListeners.js';
import { type QueueLimits, resolveSendQueue, type SendQueueOptions } from './messages/sendQueue.js';
import {
  assertEach,
  assertInRange,
  assertOneOf,
  assertType,
  isMissing,
  isObject,
} from './platform/validation.js';
import { type ReconnectPolicy, type ReconnectRules, resolveReconnect } from './reconnect/reconnectRules.js';
import type { ProtocolsSource, UrlSource, WebSocketConstructor } from './socket/dial.js';
import { type HeartbeatOptions, type HeartbeatRules, resolveHeartbeat } from './socket/heartbeat.js';

/** Everything about a connection but its URL. */
export interface ConnectionOptions<In = RawMessage, Out = MessageData> extends ConnectionCallbacks<In, Out> {
  /** The subprotocols to offer. */
  readonly protocols?: ProtocolsSource;
  /** When and how often to reconnect. `false` stops where it would reconnect; what fails still fails. */
  readonly reconnect?: ReconnectPolicy | undefined;
  /** What each side may send. Without it messages are passed on as they are. */
  readonly contract?: MessageContract<In, Out> | undefined;
  /**
   * What an incoming message that breaks the contract does: `'report'` calls `onError`, `'fail'` closes the connection
   * with 4003 and fails it. The message is not delivered either way.
   * @default 'report'
   */
  readonly onViolation?: 'report' | 'fail' | undefined;
  /**
   * The form of incoming binary messages, as in WHATWG.
   * @default 'arraybuffer'
   */
  readonly binaryType?: BinaryType | undefined;
  /**
   * Larger incoming messages, in bytes, are violations. It is checked before decoding.
   * @default Infinity
   */
  readonly maxMessageSize?: number | undefined;
  /**
   * What may wait while no socket is open; `false` turns the queue off. A message that does not fit is refused.
   * @default 100 messages, 1 MiB, 30 s
   */
  readonly sendQueue?: SendQueueOptions | false | undefined;
  /**
   * How long a dial may take, in ms, the URL function and the `ready` message included; `Infinity` for any time.
   * @default 20_000
   */
  readonly connectTimeout?: number | undefined;
  /**
   * How to find out that the peer is gone although the socket says that it is open; `false` does not.
   * @default false
   */
  readonly heartbeat?: HeartbeatOptions<In, Out> | false | undefined;
  /**
   * Recognises the message with which the server acknowledges a login. The connection counts as `open` only once it
   * has come, and until then it waits for the handshake: only what `onOpen` sends goes out. The message itself is
   * delivered.
   */
  readonly ready?: ((message: In) => boolean) | undefined;
  /**
   * Whether to wait for the network while offline, to come back promptly when the page is seen again, and to replace
   * a socket after the page slept.
   * @default true
   */
  readonly pageAware?: boolean | undefined;
  /** How messages are divided among readers with a `topic`. */
  readonly topics?: TopicOptions<In, Out> | undefined;
  /**
   * How long an unused connection stays, in ms: with 0 it ends in the next macrotask, with `Infinity` never.
   * @default 0
   */
  readonly linger?: number | undefined;
  /**
   * The class of the sockets, for React Native, Node and tests.
   * @default the global `WebSocket`, looked up for every dial
   */
  readonly WebSocket?: WebSocketConstructor | undefined;
  /**
   * The source of every random draw: returns a number in [0, 1).
   * @default Math.random
   */
  readonly random?: (() => number) | undefined;
}

/** The options of a connection with their defaults, checked, and its URL. */
export interface ConnectionConfig<In, Out> {
  readonly url: UrlSource;
  /** The options as they were given. */
  readonly rawOptions: ConnectionOptions<In, Out>;
  readonly protocols: ProtocolsSource;
  readonly contract: MessageContract<In, Out> | undefined;
  readonly topics: TopicOptions<In, Out> | undefined;
  readonly WebSocket: WebSocketConstructor | undefined;
  readonly random: (() => number) | undefined;
  readonly ready: ((message: In) => boolean) | undefined;
  readonly onViolation: 'report' | 'fail';
  readonly binaryType: BinaryType;
  readonly pageAware: boolean;
  readonly maxMessageSize: number;
  readonly connectTimeout: number;
  readonly linger: number;
  readonly reconnect: ReconnectRules;
  readonly sendQueue: QueueLimits;
  readonly heartbeat: HeartbeatRules | null;
}

const FUNCTIONS = ['WebSocket', 'random', 'ready', 'onOpen', 'onMessage', 'onClose', 'onError', 'onDrop'];

/**
 * Fills in the defaults and checks everything; the destination is fixed from now on, whatever becomes of a URL object.
 *
 * @throws a `RangeError` or `TypeError` that names the option and the value
 */
export function resolveConfig<In, Out>(
  url: UrlSource,
  options: ConnectionOptions<In, Out>,
): ConnectionConfig<In, Out> {
  // Naming each option is far quicker than spreading them.
  const { protocols, contract, topics, WebSocket, random, ready } = options;
  const onViolation = options.onViolation ?? 'report';
  const binaryType = options.binaryType ?? 'arraybuffer';
  assertType('topics', topics, 'an object with the function of', isOptionalWith('of', topics));
  const canDecode = isOptionalWith('decode', contract) || isOptionalWith('decodeAll', contract);
  assertType(
    'contract',
    contract,
    'an object with the functions encode and decode (or decodeAll)',
    isOptionalWith('encode', contract) && canDecode,
  );
  assertType('url', url, 'a string, a URL or a function', !url || isSource(url) || 'href' in Object(url));
  assertType('protocols', protocols, 'a string, an array of strings or a function', areProtocols(protocols));
  assertEach('function', options, FUNCTIONS);
  assertEach('function', topics ?? {}, ['subscribe', 'unsubscribe'], 'topics.');
  assertEach('boolean', options, ['pageAware']);
  assertOneOf('onViolation', onViolation, 'report', 'fail');
  assertOneOf('binaryType', binaryType, 'arraybuffer', 'blob');
  return {
    url: typeof url === 'function' ? url : String(url || ''),
    rawOptions: options,
    protocols,
    contract: contract ?? undefined,
    topics: topics ?? undefined,
    WebSocket: WebSocket ?? undefined,
    random: random ?? undefined,
    ready: ready ?? undefined,
    onViolation,
    binaryType,
    pageAware: options.pageAware ?? true,
    maxMessageSize: assertInRange('maxMessageSize', options.maxMessageSize ?? Infinity),
    connectTimeout: assertInRange('connectTimeout', options.connectTimeout ?? 20_000, 1),
    linger: assertInRange('linger', options.linger ?? 0),
    reconnect: resolveReconnect(
      options.reconnect,
      typeof url === 'function' || typeof protocols === 'function',
    ),
    sendQueue: resolveSendQueue(options.sendQueue),
    heartbeat: resolveHeartbeat(options.heartbeat),
  };
}

/** Whether an option is not given, or is an object with this function. */
function isOptionalWith(method: string, value: unknown): boolean {
  return (
    isMissing(value) || (isObject(value) && typeof (value as Record<string, unknown>)[method] === 'function')
  );
}

function areProtocols(value: unknown): boolean {
  return Array.isArray(value)
    ? value.every((protocol) => typeof protocol === 'string')
    : isMissing(value) || isSource(value);
}

/** Whether a value is a text, or a function that makes one. */
function isSource(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'function';
}
