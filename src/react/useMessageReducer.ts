import { useState } from 'react';
import { useSyncExternalStore } from 'use-sync-external-store/shim';

import type { Connection } from '../core/connection.js';
import { useCommitEffect } from './commitEffects.js';
import { createFrameStore } from './frameStore.js';
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
  const [kept, keep] = useState(() => createReading(connection, topic, initialState));
  let reading = kept;
  if (kept.connection !== connection || kept.topic !== topic) {
    reading = createReading(connection, topic, initialState);
    keep(reading);
  }

  const { follow, read, readAndRetain, get, getInitial } = reading;
  const isImmediate = pace === 'immediate';
  useCommitEffect(() => follow(reducer, isImmediate), [follow, reducer, isImmediate]);
  return useSyncExternalStore(isHandle ? read : readAndRetain, get, getInitial);
}

/**
 * What one component reads of a connection and topic, folded. To subscribe is to read, which saves an Effect.
 */
function createReading<In, State>(
  connection: Connection<In, never> | null,
  topic: string | undefined,
  initialState: State | (() => State),
) {
  const initial = typeof initialState === 'function' ? (initialState as () => State)() : initialState;
  const store = createFrameStore(initial);
  let fold: (message: In) => void;
  const read = (listener: () => void): (() => void) => {
    const stopReading = connection?.onMessage((message) => fold(message), { topic });
    const stop = store.subscribe(listener);
    return () => {
      stopReading?.();
      stop();
    };
  };

  return {
    connection,
    topic,
    /** Folds with what has been committed. */
    follow: (reducer: (state: State, message: In) => State, isImmediate: boolean): void => {
      fold = (message) => {
        store.fold((state) => reducer(state, message), isImmediate);
      };
    },
    /** For a component with the handle of another one, which uses the connection. */
    read,
    /** For one that uses the connection itself. */
    readAndRetain: (listener: () => void): (() => void) => {
      const stop = read(listener);
      const release = connection?.retain();
      return () => {
        stop();
        release?.();
      };
    },
    get: store.get,
    getInitial: (): State => initial,
  };
}
