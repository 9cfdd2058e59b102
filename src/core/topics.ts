import type { OwnMessage } from './contract.js';
import type { Reader } from './inbox.js';
import { addListener, attempt, callEach } from './listeners.js';
import { inMicrotask } from './timer.js';

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
  readonly add: (topic: string, read: Reader<In>) => () => void;
  readonly deliver: Reader<In>;
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
  const topics = new Map<string, Set<Reader<In>>>();
  /** What the present socket has been told. */
  const announced = new Set<string>();

  const announce = (topic: string): void => {
    const subscribe = getOptions()?.subscribe;
    if (subscribe && !announced.has(topic) && transmit(() => subscribe(topic))) announced.add(topic);
  };

  return {
    add(topic, read) {
      if (!getOptions()) throw new TypeError(`The topic '${topic}' needs the option topics: { of }.`);
      const readers = topics.get(topic) ?? new Set();
      const remove = addListener(readers, read);
      topics.set(topic, readers);
      announce(topic);
      return () => {
        remove();
        // Called again, it takes nothing from those who came after.
        if (readers.size > 0 || topics.get(topic) !== readers) return;
        topics.delete(topic);
        // In a microtask: a reader that comes back within the tick has never been away.
        inMicrotask(() => {
          const unsubscribe = getOptions()?.unsubscribe;
          if (!topics.has(topic) && announced.delete(topic) && unsubscribe)
            transmit(() => unsubscribe(topic));
        });
      };
    },
    deliver(message, event) {
      if (topics.size === 0) return;
      const topic = attempt(() => getOptions()?.of(message));
      const readers = topic === undefined ? topic : topics.get(topic);
      if (readers) callEach(readers, message, event);
    },
    resume() {
      for (const topic of topics.keys()) announce(topic);
    },
    pause() {
      announced.clear();
    },
  };
}
