import { useEffect, useMemo, useRef } from 'react';
import { useSyncExternalStore } from 'use-sync-external-store/shim';

import type { Connection } from '../core/connection.js';
import type { WebSocketError } from '../core/errors.js';
import type { MessageData, RawMessage } from '../core/frames.js';
import type { Holder } from '../core/holders.js';
import { type ConnectionState, IDLE } from '../core/machine.js';
import type { ConnectionCallbacks, ConnectionOptions, UrlSource } from '../core/options.js';
import { joinShared } from '../core/sharing.js';
import { useConnection } from './useConnection.js';
import { useCommitEffect } from './useLatest.js';
import { warnOfConflict } from './warn.js';

/** Where to connect, a connection that exists already, or nothing yet. */
export type WebSocketSource<In = RawMessage, Out = MessageData> =
  UrlSource | Connection<In, Out> | null | undefined | false;

/** The options of a connection, and those of a component that uses one. */
export interface WebSocketOptions<In = RawMessage, Out = MessageData> extends ConnectionOptions<In, Out> {
  /**
   * `false` shows `idle` and does not use the connection.
   * @default true
   */
  readonly enabled?: boolean | undefined;
  /** Another key means another connection, like another URL. */
  readonly key?: string | number | undefined;
  /**
   * Whether components with equal URL string, protocols and key use one connection; the options of the first
   * one count. A function as URL needs a `key`.
   * @default false
   */
  readonly share?: boolean | undefined;
  /**
   * Throws a terminal error in render, to the nearest error boundary: always, or where the function says so.
   * @default false
   */
  readonly throwOnError?: boolean | ((error: WebSocketError) => boolean) | undefined;
}

/** The state of a connection, and what can be done with it; the functions last as long as the connection. */
export type WebSocketHandle<In = RawMessage, Out = MessageData> = ConnectionState &
  Can<In, Out> & {
    /** The connection itself, or `null` while the source is none. */
    readonly connection: Connection<In, Out> | null;
  };

type Can<In, Out> = Pick<Connection<In, Out>, 'send' | 'reconnect' | 'close'>;

/** What a handle does without a connection. */
const NOTHING: Can<unknown, unknown> = {
  send: () => 'refused',
  reconnect: () => undefined,
  close: () => undefined,
};

const getIdle = (): ConnectionState => IDLE;
const subscribeToNothing = () => (): void => undefined;

/**
 * Uses a WebSocket connection for as long as the component is mounted, and re-renders when its state changes;
 * never for a message. It comes back by itself after a close that promises a return (1012 and most others),
 * and ends as `failed` after one that does not (1003).
 *
 * @throws a `RangeError` that names an option out of bounds
 * @example const { status, error, attempt, retryAt, send } = useWebSocket('wss://example.com/quotes');
 */
export function useWebSocket<In = RawMessage, const Out = MessageData>(
  source: WebSocketSource<In, Out>,
  options: WebSocketOptions<In, Out> = {},
): WebSocketHandle<In, Out> {
  const found = useConnection(source, options);
  const { connection, sharedAs } = found;
  const used = options.enabled === false ? null : connection;
  const newest = useRef(found);
  const member = useRef<Holder<In, Out>>({ callbacks: {}, setup: null, present: null });
  const isOwn = found.setup !== null;
  const listens = options.onMessage !== undefined;

  const state = useSyncExternalStore(
    used?.subscribe ?? subscribeToNothing,
    used?.getState ?? getIdle,
    getIdle,
  );

  useCommitEffect(() => {
    newest.current = found;
    const me = member.current;
    me.callbacks = options;
    if (me.present === connection) me.setup = found.setup;
    connection?.review();
  });
  // A layout effect ends with the unmount; the effects below end a moment later, and messages may come.
  useCommitEffect(() => {
    const me = member.current;
    return () => {
      me.callbacks = afterUnmount(me.callbacks);
    };
  }, []);
  useEffect(
    () =>
      listens
        ? used?.onMessage((message, event) => member.current.callbacks.onMessage?.(message, event))
        : undefined,
    [used, listens],
  );
  useEffect(() => {
    if (!connection || !(used ?? isOwn)) return undefined;
    const me = member.current;
    const { setup, adopt } = newest.current;
    let winner = connection;
    if (used && setup && sharedAs !== null) {
      winner = joinShared(sharedAs, connection);
      warnOfConflict(winner.getSetup().given, setup.given);
    }
    me.present = winner;
    me.setup = setup;
    const release = connection.hold(me, used === winner);
    if (winner !== connection) adopt(winner);
    return () => {
      me.present = null;
      release();
    };
  }, [connection, used, isOwn, sharedAs]);

  const handle = useMemo(() => {
    const { send, reconnect, close }: Can<In, Out> = connection ?? NOTHING;
    return { ...state, send, reconnect, close, connection };
  }, [state, connection]);

  const { throwOnError } = options;
  if (state.error && (typeof throwOnError === 'function' ? throwOnError(state.error) : throwOnError))
    throw state.error;
  return handle;
}

/** A component that has gone hears no more, except of the messages that it left behind. */
function afterUnmount<In, Out>({ onDrop }: ConnectionCallbacks<In, Out>): ConnectionCallbacks<In, Out> {
  return onDrop ? { onDrop: ({ message }) => onDrop({ message, reason: 'unmounted' }) } : {};
}
