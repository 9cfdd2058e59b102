import { useMemo, useState } from 'react';
import { useSyncExternalStore } from 'use-sync-external-store/shim';

import type { Connection } from '../core/connection.js';
import type { WebSocketError } from '../core/errors.js';
import type { MessageData, RawMessage } from '../core/frames.js';
import type { ConnectionState } from '../core/machine.js';
import type { ConnectionOptions, UrlSource } from '../core/options.js';
import { useCommitEffect, useLifetimeEffect } from './commitEffects.js';
import { createFinder, findSetup } from './finder.js';
import { warnOfIdleOptions } from './warn.js';

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

/** Always the same, so that there is nothing to hand over. */
export const NO_OPTIONS = {};

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
  options: WebSocketOptions<In, Out> = NO_OPTIONS,
): WebSocketHandle<In, Out> {
  const setup = useMemo(() => findSetup(source, options), [source, options]);
  const [kept, keep] = useState(() => createFinder<In, Out>()(source, setup));
  const found = kept.find(source, setup);
  if (found !== kept) keep(found);
  warnOfIdleOptions(source, setup, options);

  const { used, idle, leave } = found;
  // Before the store, which holds the connection with what is handed over here.
  useCommitEffect(() => found.commit(setup, options), [found, setup, options]);
  useLifetimeEffect(() => leave, [leave]);
  const { subscribe, get } = options.enabled === false ? idle : used;
  const handle = useSyncExternalStore(subscribe, get, idle.get);

  const { error } = handle;
  const { throwOnError } = options;
  if (error && (typeof throwOnError === 'function' ? throwOnError(error) : throwOnError)) throw error;
  return handle;
}
