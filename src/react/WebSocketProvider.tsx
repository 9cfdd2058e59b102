import { createContext, type ReactElement, type ReactNode, useContext, useMemo } from 'react';

import type { Connection } from '../core/connection.js';
import type { ConnectionCallbacks } from '../core/events.js';
import type { WithContract } from '../core/messages/contract.js';
import type { MessageData, RawMessage } from '../core/messages/frames.js';
import type { WebSocketHandle, WebSocketOptions, WebSocketSource } from './connectionObserver.js';
import { NO_OPTIONS, useWebSocket } from './useWebSocket.js';

/** The connection of a tree, and its options. */
export interface WebSocketProviderProps<In = RawMessage, Out = MessageData>
  // In JSX, `key` belongs to React: another key mounts the tree again.
  extends Omit<WebSocketOptions<In, Out>, 'key'> {
  /** Where to connect, a connection that exists already, or nothing yet. */
  readonly url: WebSocketSource<In, Out>;
  readonly children?: ReactNode;
}

/** The options of a component that uses the connection of its tree. */
export type WebSocketContextOptions<In = RawMessage, Out = MessageData> = ConnectionCallbacks<In, Out> &
  Pick<WebSocketOptions<In, Out>, 'enabled' | 'throwOnError'>;

const Provided = /* @__PURE__ */ createContext<{
  readonly connection: unknown;
  readonly enabled: boolean;
} | null>(null);

/**
 * Provides one connection to a tree. The options of the connection are props.
 *
 * @example <WebSocketProvider url="wss://example.com/quotes" reconnect={{ maxAttempts: 10 }}>…</WebSocketProvider>
 */
export function WebSocketProvider<In = RawMessage, const Out = MessageData>(
  props: WebSocketProviderProps<In, Out> &
    (WithContract<In, Out> | { readonly url: Connection<In, Out> | null | undefined | false }),
): ReactElement;
export function WebSocketProvider(props: WebSocketProviderProps): ReactElement;
export function WebSocketProvider<In, Out>({
  url,
  children,
  ...options
}: WebSocketProviderProps<In, Out>): ReactElement {
  const { connection } = useWebSocket(url as Connection<In, Out> | null, options);
  const enabled = options.enabled !== false;
  const provided = useMemo(() => ({ connection, enabled }), [connection, enabled]);
  return <Provided.Provider value={provided}>{children}</Provided.Provider>;
}

/**
 * Uses the connection of the nearest {@link WebSocketProvider}.
 *
 * @throws an `Error` if there is no provider above the component
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
