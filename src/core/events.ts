import type { CloseInfo } from './closeInfo.js';
import type { WebSocketError } from './errors.js';
import type { FrameInfo, MessageData, RawMessage, SentFrame } from './messages/frames.js';
import type { DroppedMessage } from './messages/sendQueue.js';

/** What `onOpen` is called with. */
export interface OpenInfo {
  /** Without its query and credentials. */
  readonly url: string;
  /** The subprotocol that the server chose, or `''`. */
  readonly protocol: string;
  /** 0 for a first dial, then the number of the attempt that succeeded. */
  readonly attempt: number;
  /**
   * Whether this connection has been open before, by whatever way it came back: fetch again what may have been missed.
   */
  readonly reopened: boolean;
  /** When it opened, in ms since the epoch. */
  readonly at: number;
}

/** The callbacks of a connection. An exception in one is reported and disturbs nothing. */
export interface ConnectionCallbacks<In = RawMessage, Out = MessageData> {
  /** A socket has opened. What is sent in here goes out before everything that was queued. */
  readonly onOpen?: ((info: OpenInfo) => void) | undefined;
  /** Called for every message, at once and in order. */
  readonly onMessage?: ((message: In, event: MessageEvent<RawMessage>) => void) | undefined;
  /** A socket has ended, a dial was refused, or this side has closed the connection. */
  readonly onClose?: ((close: CloseInfo) => void) | undefined;
  /** The connection has failed, a message broke the contract, or the URL or protocols function has thrown. */
  readonly onError?: ((error: WebSocketError | Error) => void) | undefined;
  /** A queued message will not be sent. */
  readonly onDrop?: ((dropped: DroppedMessage<Out>) => void) | undefined;
}

/**
 * What `connection.onEvent` reports, for logs and inspectors. URLs come without query and credentials, `at` is in
 * milliseconds since the epoch.
 */
export type ConnectionEvent<In = unknown, Out = unknown> = { readonly at: number } & ConnectionEventBody<
  In,
  Out
>;

/** An event without its time. */
export type ConnectionEventBody<In, Out> =
  | { readonly type: 'dial'; readonly attempt: number; readonly url: string }
  | ({ readonly type: 'open' } & OpenInfo)
  | ({ readonly type: 'message'; readonly message: In } & Pick<FrameInfo, 'kind' | 'size'>)
  | ({ readonly type: 'sent' | 'queued'; readonly message: Out } & Pick<FrameInfo, 'kind' | 'size'>)
  | ({ readonly type: 'dropped' } & DroppedMessage<Out>)
  | { readonly type: 'close'; readonly close: CloseInfo }
  | {
      readonly type: 'retry';
      /** The number of the dial to come. */
      readonly attempt: number;
      /** When it is due, in ms since the epoch, or `null` while there is no network. */
      readonly retryAt: number | null;
      readonly cause: CloseInfo;
      /** The frame that seems to end the connection every time, or `null`: see `CloseInfo.suspect`. */
      readonly suspect: SentFrame | null;
    }
  | { readonly type: 'fail'; readonly error: WebSocketError }
  | { readonly type: 'violation'; readonly error: WebSocketError | Error }
  | { readonly type: 'heartbeat'; readonly phase: 'probe' | 'reply' | 'dead' };
