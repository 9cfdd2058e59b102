import { createContext, type ReactElement, type ReactNode, useContext, useMemo } from 'react';

import type { Connection } from '../core/connection.js';
import type { MessageData, RawMessage } from '../core/frames.js';
import type { ConnectionCallbacks } from '../core/options.js';
import {
  NO_OPTIONS,
  useWebSocket,
  type WebSocketHandle,
  type WebSocketOptions,
  type WebSocketSource,
} from './useWebSocket.js';

/** The connection of a tree, and the options that every user of it has. */
export interface WebSocketProviderProps<In = RawMessage, Out = MessageData>
  // In JSX `key` is React's own: another one mounts the tree anew.
  extends Omit<WebSocketOptions<In, Out>, 'key'> {
  /** Where to connect, a connection that exists already, or nothing yet. */
  readonly url: WebSocketSource<In, Out>;
  readonly children?: ReactNode;
}

/** What a component can ask of the connection of its tree. */
export type WebSocketContextOptions<In = RawMessage, Out = MessageData> = ConnectionCallbacks<In, Out> &
  Pick<WebSocketOptions<In, Out>, 'enabled' | 'throwOnError'>;

const Provided = /* @__PURE__ */ createContext<{
  readonly connection: unknown;
  readonly enabled: boolean;
} | null>(null);

/**
 * Gives a tree one connection; its options are props.
 *
 * @example <WebSocketProvider url="wss://example.com/quotes" reconnect={{ maxAttempts: 10 }}>…</WebSocketProvider>
 */
export function WebSocketProvider<In = RawMessage, const Out = MessageData>({
  url,
  children,
  ...options
}: WebSocketProviderProps<In, Out>): ReactElement {
  const { connection } = useWebSocket(url, options);
  const enabled = options.enabled !== false;
  const provided = useMemo(() => ({ connection, enabled }), [connection, enabled]);
  return <Provided.Provider value={provided}>{children}</Provided.Provider>;
}

/**
 * Uses the connection of the nearest {@link WebSocketProvider}.
 *
 * @throws an `Error` where there is none
 */
export function useWebSocketContext<In = RawMessage, Out = MessageData>(
  options: WebSocketContextOptions<In, Out> = NO_OPTIONS,
): WebSocketHandle<In, Out> {
  const provided = useContext(Provided);
  if (!provided) throw new Error('useWebSocketContext() needs a <WebSocketProvider> above the component.');
  const enabled = provided.enabled && options.enabled !== false;
  return useWebSocket(
    provided.connection as Connection<In, Out> | null,
    useMemo(() => ({ ...options, enabled }), [options, enabled]),
  );
}
