import { callEach, runInMicrotask, runSafely } from '../platform/runSafely.js';
import type { OwnMessage } from './contract.js';
import type { RawMessage } from './frames.js';

/** How messages are divided among readers. */
export interface TopicOptions<In, Out> {
  /** The topic of a message, or `undefined` if it has none. */
  readonly of: (message: In) => string | undefined;
  /** The message that subscribes a topic: sent when it gets its first reader, and again after every reopen. */
  readonly subscribe?: ((topic: string) => OwnMessage<Out>) | undefined;
  /** The message that unsubscribes a topic: sent when its last reader has left. */
  readonly unsubscribe?: ((topic: string) => OwnMessage<Out>) | undefined;
}

/** A callback for messages. */
export type MessageListener<In> = (message: In, event: MessageEvent<RawMessage>) => void;

/** The readers of one topic. */
interface Topic<In> {
  readonly listeners: Set<MessageListener<In>>;
  /** The newest message, for readers that mount later. */
  newest: In | undefined;
}

/** What the listeners need of their connection. */
interface TopicHost<In, Out> {
  readonly topicOptions: TopicOptions<In, Out> | undefined;
  /** Sends a message if a socket is open, and returns whether it did. */
  sendOwn(makeMessage: () => OwnMessage<Out>): boolean;
}

/** The listeners of a connection: for all messages, and by topic through a map, so that a message costs only its own. */
export class MessageListeners<In, Out> {
  readonly #host: TopicHost<In, Out>;
  #all: Set<MessageListener<In>> | null = null;
  #topics: Map<string, Topic<In>> | null = null;
  /** The topics that the present socket has been sent the subscription of. */
  #announced: Set<string> | null = null;

  constructor(host: TopicHost<In, Out>) {
    this.#host = host;
  }

  /** Adds a listener for all messages or for those of a topic; returns the function that removes it. */
  add(listener: MessageListener<In>, topic: string | undefined): () => void {
    if (topic !== undefined) return this.#addToTopic(listener, topic);
    const all = (this.#all ??= new Set());
    all.add(listener);
    return () => all.delete(listener);
  }

  deliver(message: In, event: MessageEvent<RawMessage>): void {
    callEach(this.#all, message, event);
    if (!this.#topics || this.#topics.size === 0) return;
    const name = runSafely(() => this.#host.topicOptions?.of(message));
    const topic = name === undefined ? undefined : this.#topics.get(name);
    if (!topic) return;
    topic.newest = message;
    callEach(topic.listeners, message, event);
  }

  /** The newest message of a topic that has readers. */
  newestOf(topic: string): In | undefined {
    return this.#topics?.get(topic)?.newest;
  }

  /** Subscribes every topic that has readers and that the socket has not been told about. */
  announceTopics(): void {
    for (const name of this.#topics?.keys() ?? []) this.#announce(name);
  }

  /** The socket is gone, and with it what the server knew about topics. */
  forgetAnnouncements(): void {
    this.#announced = null;
  }

  #addToTopic(listener: MessageListener<In>, name: string): () => void {
    if (!this.#host.topicOptions) throw new TypeError(`The topic '${name}' needs the option topics: { of }.`);
    const topics = (this.#topics ??= new Map<string, Topic<In>>());
    const topic = topics.get(name) ?? { listeners: new Set(), newest: undefined };
    topics.set(name, topic);
    topic.listeners.add(listener);
    this.#announce(name);
    return () => {
      topic.listeners.delete(listener);
      if (topic.listeners.size > 0 || topics.get(name) !== topic) return;
      topics.delete(name);
      // In a microtask, because a reader that comes back within the tick has never been away.
      runInMicrotask(() => this.#unsubscribeIfUnread(name));
    };
  }

  #unsubscribeIfUnread(name: string): void {
    if (this.#topics?.has(name) || !this.#announced?.delete(name)) return;
    const unsubscribe = this.#host.topicOptions?.unsubscribe;
    if (unsubscribe) this.#host.sendOwn(() => unsubscribe(name));
  }

  #announce(name: string): void {
    const subscribe = this.#host.topicOptions?.subscribe;
    const announced = (this.#announced ??= new Set());
    if (!subscribe || announced.has(name)) return;
    // Before it is sent, because `subscribe` and those told of the message may add readers of the topic.
    announced.add(name);
    if (!this.#host.sendOwn(() => subscribe(name))) announced.delete(name);
  }
}
