import { decode, type OwnMessage } from './contract.js';
import { WebSocketError } from './errors.js';
import { describeFrame, type RawMessage } from './frames.js';
import type { Link } from './link.js';
import { addListener, attempt, callEach } from './listeners.js';
import { inMicrotask } from './timer.js';

/** Somebody who reads messages. */
export type Reader<In> = (message: In, event: MessageEvent<RawMessage>) => void;

/** How messages are divided among readers. */
export interface TopicOptions<In, Out> {
  /** The topic of a message, or `undefined` where it has none. */
  readonly of: (message: In) => string | undefined;
  /** What to send when a topic gets its first reader, and again after every reopen. */
  readonly subscribe?: ((topic: string) => OwnMessage<Out>) | undefined;
  /** What to send when the last reader of a topic has gone. */
  readonly unsubscribe?: ((topic: string) => OwnMessage<Out>) | undefined;
}

/** The way in of a connection: contract, then everybody who reads, at once and in order. */
export interface Inbox<In> {
  readonly receive: (event: MessageEvent<RawMessage>) => void;
  /** Adds a reader, of one topic or of all messages; returns what takes it out. */
  readonly add: (read: Reader<In>, topic?: string) => () => void;
  /** Subscribes every topic that has readers and that the socket has not been told of. */
  readonly resume: () => void;
  /** The socket is gone, and with it what it has been told. */
  readonly pause: () => void;
}

/** Creates the way in of a connection; `onViolation` is told of messages that break the contract. */
export function createInbox<In, Out>(
  { getOptions, isTapped, emit, tell }: Link<In, Out>,
  sendOwn: (makeMessage: () => OwnMessage<Out>) => boolean,
  onViolation: (error: WebSocketError) => void,
): Inbox<In> {
  /** Found by a map: a message costs its own readers and no others. Those of all messages have no topic. */
  const topics = new Map<string | undefined, Set<Reader<In>>>();
  /** What the present socket has been told. */
  const announced = new Set<string | undefined>();
  let hasComplained = false;

  const announce = (topic: string | undefined): void => {
    const subscribe = getOptions().topics?.subscribe;
    if (topic !== undefined && subscribe && !announced.has(topic) && sendOwn(() => subscribe(topic)))
      announced.add(topic);
  };
  const deliver = (topic: string | undefined, message: In, event: MessageEvent<RawMessage>): void => {
    const readers = topics.get(topic);
    if (readers) callEach(readers, message, event);
  };

  return {
    receive(event) {
      const { contract, maxMessageSize, heartbeat, topics: by } = getOptions();
      const { data } = event;
      let message: In;
      try {
        message = decode(contract, data, maxMessageSize);
      } catch (thrown) {
        const error = thrown as Error;
        emit({ type: 'violation', error });
        if (error instanceof WebSocketError) onViolation(error);
        else {
          // The program is wrong, not the message: said once.
          if (!hasComplained) tell('onError', error);
          hasComplained = true;
        }
        return;
      }
      if (heartbeat?.isReply && attempt(heartbeat.isReply, message)) {
        emit({ type: 'heartbeat', phase: 'reply' });
        return;
      }
      const frame = isTapped() && describeFrame(data);
      if (frame) emit({ type: 'message', message, kind: frame.kind, size: frame.size });
      deliver(undefined, message, event);
      const topic = by && attempt(() => by.of(message));
      if (topic !== undefined) deliver(topic, message, event);
    },
    add(read, topic) {
      if (topic !== undefined && !getOptions().topics)
        throw new TypeError(`The topic '${topic}' needs the option topics: { of }.`);
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
          const unsubscribe = getOptions().topics?.unsubscribe;
          if (topic !== undefined && !topics.has(topic) && announced.delete(topic) && unsubscribe)
            sendOwn(() => unsubscribe(topic));
        });
      };
    },
    resume() {
      for (const topic of topics.keys()) announce(topic);
    },
    pause() {
      announced.clear();
    },
  };
}
