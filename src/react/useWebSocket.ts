import { useState } from 'react';
import { useSyncExternalStore } from 'use-sync-external-store/shim';

import type { Connection } from '../core/connection.js';
import type { WithContract } from '../core/messages/contract.js';
import type { MessageData, RawMessage } from '../core/messages/frames.js';
import {
  ConnectionObserver,
  type WebSocketHandle,
  type WebSocketOptions,
  type WebSocketSource,
} from './connectionObserver.js';
import { useCommitEffect, useLifetimeEffect } from './effects.js';

/** Always the same object, so that there is nothing to compare. */
export const NO_OPTIONS = {};

const subscribeToNothing = () => () => undefined;

/**
 * Uses a WebSocket connection while the component is mounted, and re-renders when its state changes, never for a
 * message. It reconnects automatically after a close that promises a return (1012 and most others), and ends as
 * `failed` after one that does not (1003).
 *
 * @throws a `RangeError` or `TypeError` that names the option and the value
 * @example const { status, error, attempt, retryAt, send } = useWebSocket('wss://example.com/quotes');
 */
export function useWebSocket<In = RawMessage, const Out = MessageData>(
  source: WebSocketSource<In, Out>,
  options: WebSocketOptions<In, Out> & WithContract<In, Out>,
): WebSocketHandle<In, Out>;
export function useWebSocket<In = RawMessage, const Out = MessageData>(
  source: Connection<In, Out> | null | undefined | false,
  options?: WebSocketOptions<In, Out>,
): WebSocketHandle<In, Out>;
export function useWebSocket(source: WebSocketSource, options?: WebSocketOptions): WebSocketHandle;
export function useWebSocket<In, Out>(
  source: WebSocketSource<In, Out>,
  options: WebSocketOptions<In, Out> = NO_OPTIONS,
): WebSocketHandle<In, Out> {
  const [kept, keep] = useState(() => new ConnectionObserver(source, options, null));
  let observer = kept;
  if (!kept.matches(source, options)) {
    observer = new ConnectionObserver(source, options, kept);
    keep(observer);
  }

  const isEnabled = options.enabled !== false;
  useLifetimeEffect(() => {
    observer.update(source, options);
    return () => observer.leave();
  }, [observer, source, options]);
  useCommitEffect(() => observer.attach(isEnabled), [observer, isEnabled]);
  const { subscribe, getHandle } = observer;
  const getIdleHandle = () => observer.getIdleHandle();
  const handle = useSyncExternalStore(
    isEnabled ? subscribe : subscribeToNothing,
    isEnabled ? getHandle : getIdleHandle,
    getIdleHandle,
  );

  const { error } = handle;
  const { throwOnError } = options;
  if (error && (typeof throwOnError === 'function' ? throwOnError(error) : throwOnError)) throw error;
  return handle;
}
