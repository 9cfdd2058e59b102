import { useEffect, useState } from 'react';
import { useSyncExternalStore } from 'use-sync-external-store/shim';

import type { Connection } from '../core/connection.js';
import { createFrameStore } from './frameStore.js';
import { useLatest } from './commitEffects.js';
import type { WebSocketHandle } from './useWebSocket.js';

/** Where messages come from: a connection, which is then used, or the handle of a component that uses one. */
export type MessageSource<In> = Connection<In, never> | WebSocketHandle<In, never>;

/** Which messages are folded, and when the result is shown. */
export interface MessageReducerOptions {
  /** Only messages of this topic; needs the `topics` option of the connection. */
  readonly topic?: string | undefined;
  /**
   * `'frame'` renders at most once a frame, `'immediate'` in the task of each message.
   * @default 'frame'
   */
  readonly pace?: 'frame' | 'immediate' | undefined;
}

/**
 * Folds every message into state, as it arrives and outside rendering, and renders at most once a frame.
 * Another connection or topic begins with the initial state again.
 *
 * @example const book = useMessageReducer(socket, applyToBook, emptyBook);
 */
export function useMessageReducer<In, State>(
  source: MessageSource<In>,
  reducer: (state: State, message: In) => State,
  initialState: State | (() => State),
  { topic, pace }: MessageReducerOptions = {},
): State {
  const isHandle = 'connection' in source;
  const connection = isHandle ? source.connection : source;
  const latest = useLatest({ reducer, isImmediate: pace === 'immediate' });

  const [kept, keep] = useState(() => createReading(connection, topic, initialState));
  let reading = kept;
  if (reading.connection !== connection || reading.topic !== topic) {
    reading = createReading(connection, topic, initialState);
    keep(reading);
  }
  const { store, initial } = reading;

  useEffect(() => {
    if (!connection) return undefined;
    const stopReading = connection.onMessage(
      (message) => {
        const { reducer: newest, isImmediate } = latest.current;
        store.fold((state) => newest(state, message), isImmediate);
      },
      { topic },
    );
    const release = isHandle ? undefined : connection.retain();
    return () => {
      stopReading();
      release?.();
    };
  }, [connection, isHandle, topic, store, latest]);

  return useSyncExternalStore(store.subscribe, store.get, () => initial);
}

function createReading<State>(
  connection: unknown,
  topic: string | undefined,
  initialState: State | (() => State),
) {
  const initial = typeof initialState === 'function' ? (initialState as () => State)() : initialState;
  return { connection, topic, initial, store: createFrameStore(initial) };
}
