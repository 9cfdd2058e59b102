import { useState } from 'react';
import { useSyncExternalStore } from 'use-sync-external-store/shim';

import type { Connection } from '../core/connection.js';
import type { WebSocketHandle } from './connectionObserver.js';
import { useCommitEffect } from './effects.js';
import { MessageReading } from './messageReading.js';

/** Where messages come from: a connection, which is used then, or the handle of a component that uses one. */
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
 * Folds every message into state, as it arrives and outside rendering, and renders at most once a frame. Another
 * connection or topic begins with the initial state again.
 *
 * @example const book = useMessageReducer(socket, applyToBook, emptyBook);
 */
export function useMessageReducer<In, State>(
  source: MessageSource<In>,
  reducer: (state: State, message: In) => State,
  initialState: State | (() => State),
  { topic, pace }: MessageReducerOptions = {},
): State {
  return useMessageReading(source, reducer, initialState, { topic, pace, beginsWithNewest: false });
}

/** The same; with `beginsWithNewest`, the newest message of the topic that other readers have seen is folded first. */
export function useMessageReading<In, State>(
  source: MessageSource<In>,
  reducer: (state: State, message: In) => State,
  initialState: State | (() => State),
  { topic, pace, beginsWithNewest }: MessageReducerOptions & { readonly beginsWithNewest: boolean },
): State {
  const isHandle = 'connection' in source;
  const connection = isHandle ? source.connection : source;
  const create = () => new MessageReading(connection, topic, initialState, beginsWithNewest);
  const [kept, keep] = useState(create);
  let reading = kept;
  if (kept.connection !== connection || kept.topic !== topic) {
    reading = create();
    keep(reading);
  }

  const isImmediate = pace === 'immediate';
  useCommitEffect(() => reading.follow(reducer, isImmediate), [reading, reducer, isImmediate]);
  const { read, readAndRetain, get } = reading;
  return useSyncExternalStore(isHandle ? read : readAndRetain, get, get);
}
