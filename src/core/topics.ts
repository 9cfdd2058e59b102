import type { OwnMessage } from './contract.js';
import type { RawMessage } from './frames.js';
import { addListener, attempt, callEach, type Listener } from './listeners.js';

/** How messages are divided among readers. */
export interface TopicOptions<In, Out> {
  /** The topic of a message, or `undefined` where it has none. */
  readonly of: (message: In) => string | undefined;
  /** What to send when a topic gets its first reader, and again after every reopen. */
  readonly subscribe?: ((topic: string) => OwnMessage<Out>) | undefined;
  /** What to send when the last reader of a topic has gone. */
  readonly unsubscribe?: ((topic: string) => OwnMessage<Out>) | undefined;
}

/** The readers of topics, found by a map: a message costs its own readers and no others. */
export interface TopicReaders<In> {
  /** Adds a reader; returns what takes it out. */
  readonly add: (topic: string, read: (message: In, event: MessageEvent<RawMessage>) => void) => () => void;
  readonly deliver: (message: In, event: MessageEvent<RawMessage>) => void;
  /** Subscribes every topic that has readers and that the socket has not been told of. */
  readonly resume: () => void;
  /** The socket is gone, and with it what it has been told. */
  readonly pause: () => void;
}

/**
 * Creates the readers of a connection.
 *
 * @param getOptions the `topics` option as it is now
 * @param transmit sends a message if a socket is open, and says whether
 */
export function createTopicReaders<In, Out>(
  getOptions: () => TopicOptions<In, Out> | undefined,
  transmit: (makeMessage: () => OwnMessage<Out>) => boolean,
): TopicReaders<In> {
  const readers = new Map<string, Set<Listener<[In, MessageEvent<RawMessage>]>>>();
  /** What the present socket has been told. */
  const announced = new Set<string>();

  const announce = (topic: string): void => {
    const subscribe = getOptions()?.subscribe;
    if (subscribe && !announced.has(topic) && transmit(() => subscribe(topic))) announced.add(topic);
  };

  return {
    add(topic, read) {
      if (!getOptions()) throw new TypeError(`The topic '${topic}' needs the option topics: { of }.`);
      const listeners = readers.get(topic) ?? new Set();
      const remove = addListener(listeners, read);
      readers.set(topic, listeners);
      announce(topic);
      return () => {
        remove();
        // Called again, it takes nothing from those who came after.
        if (listeners.size > 0 || readers.get(topic) !== listeners) return;
        readers.delete(topic);
        // In a microtask: a reader that comes back within the tick has never been away.
        void Promise.resolve().then(() => {
          const unsubscribe = getOptions()?.unsubscribe;
          if (!readers.has(topic) && announced.delete(topic) && unsubscribe)
            transmit(() => unsubscribe(topic));
        });
      };
    },
    deliver(message, event) {
      const topic = readers.size > 0 ? attempt(() => getOptions()?.of(message)) : undefined;
      const listeners = topic === undefined ? undefined : readers.get(topic);
      if (listeners) callEach(listeners, message, event);
    },
    resume() {
      for (const topic of readers.keys()) announce(topic);
    },
    pause() {
      announced.clear();
    },
  };
}
