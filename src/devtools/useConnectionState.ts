import { useCallback } from 'react';
import { useSyncExternalStore } from 'use-sync-external-store/shim';

import type { ConnectionState } from '../core/index.js';
import type { InspectedConnection } from './connectionRecorder.js';

const NO_CONNECTION: ConnectionState = Object.freeze({
  status: 'idle',
  attempt: 0,
  retryAt: null,
  waitingFor: null,
  cause: null,
  lastClose: null,
  error: null,
});

const getNoConnection = (): ConnectionState => NO_CONNECTION;

/** The state of a connection; `idle` without one and on a server. */
export function useConnectionState(connection: InspectedConnection | null): ConnectionState {
  return useSyncExternalStore(
    useCallback((listener: () => void) => subscribe(connection, listener), [connection]),
    connection?.getState ?? getNoConnection,
    getNoConnection,
  );
}

function subscribe(connection: InspectedConnection | null, listener: () => void): () => void {
  const unsubscribe = connection?.subscribe(listener);
  // React 19.2 does not look again by itself when Activity reveals a component.
  listener();
  return () => unsubscribe?.();
}
