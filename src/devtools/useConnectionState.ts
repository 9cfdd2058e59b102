import { useCallback } from 'react';
import { useSyncExternalStore } from 'use-sync-external-store/shim';

import { IDLE } from '../core/connectionState.js';
import type { ConnectionState } from '../core/index.js';
import type { InspectedConnection } from './connectionRecorder.js';

const getIdle = (): ConnectionState => IDLE;

/** The state of a connection; `idle` without one and on a server. */
export function useConnectionState(connection: InspectedConnection | null): ConnectionState {
  return useSyncExternalStore(
    useCallback((listener: () => void) => subscribe(connection, listener), [connection]),
    connection?.getState ?? getIdle,
    getIdle,
  );
}

function subscribe(connection: InspectedConnection | null, listener: () => void): () => void {
  const unsubscribe = connection?.subscribe(listener);
  // React 19.2 does not look again by itself when Activity reveals a component.
  listener();
  return () => unsubscribe?.();
}
