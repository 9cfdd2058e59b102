import type { ConnectionState } from './connectionState.js';
import type { ConnectionEvent } from './events.js';
import type { MessageData, RawMessage } from './messages/frames.js';

/**
 * What became of a message: handed to an open socket, accepted to be sent once and in order, or not accepted (the queue
 * is full or off, the connection is closed, failed, disabled or has no component mounted any more, or a listener of
 * `onEvent` or `onDrop` sends without an end).
 */
export type SendResult = 'sent' | 'queued' | 'refused';

/**
 * A connection to one destination. It outlives its sockets: every attempt dials a fresh one, and the connection is
 * always in one of six states. It dials while something uses it: a component, or `retain()`.
 */
export interface Connection<In = RawMessage, Out = MessageData> {
  /** The snapshot; the same object until something in it changes. */
  readonly getState: () => ConnectionState;
  /** Calls back after every change of the state; returns the unsubscribe function. */
  readonly subscribe: (listener: () => void) => () => void;
  /**
   * Sends a message, or queues it until a socket is open.
   *
   * @throws a {@link WebSocketError} of kind `contract` when the message breaks the contract; nothing is sent then
   */
  readonly send: (message: Out) => SendResult;
  /**
   * Dials now: skips a wait, leaves `closed` and `failed`, replaces an open socket. Calls within one tick dial once,
   * and from the third call in a row on it dials no faster than every 250 ms (every second where no socket can be
   * made).
   */
  readonly reconnect: () => void;
  /**
   * Closes for good, at once and without waiting for the peer.
   *
   * @param code 1000, or 3000 to 4999; another one is a `RangeError`
   * @param reason at most 123 bytes of UTF-8; a longer one is a `RangeError`, and no string a `TypeError`
   */
  readonly close: (code?: number, reason?: string) => void;
  /** Calls back for every message, at once and in order; with a `topic`, for its messages only. */
  readonly onMessage: (
    listener: (message: In, event: MessageEvent<RawMessage>) => void,
    options?: { readonly topic?: string | undefined },
  ) => () => void;
  /** Reports everything that happens, for logs and inspectors. It costs nothing while there is no listener. */
  readonly onEvent: (listener: (event: ConnectionEvent<In>) => void) => () => void;
  /** Keeps the connection alive without a component; returns the release function. */
  readonly retain: () => () => void;
}
