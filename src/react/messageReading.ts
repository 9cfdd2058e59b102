import type { Connection } from '../core/connection.js';
import { FrameStore } from './messageStore.js';

/** What connections of this library remember beside the public interface. */
interface TopicMemory<In> {
  newestOf(topic: string): In | undefined;
}

/** What one component reads of a connection and topic, folded into state. To subscribe is to read. */
export class MessageReading<In, State> {
  readonly connection: Connection<In, never> | null;
  readonly topic: string | undefined;
  readonly #initial: State;
  readonly #store: FrameStore<State>;
  /** Whether the newest message of the topic, which came before this reading began, is folded first. */
  readonly #beginsWithNewest: boolean;
  #reducer: ((state: State, message: In) => State) | null = null;
  #isImmediate = false;

  constructor(
    connection: Connection<In, never> | null,
    topic: string | undefined,
    initialState: State | (() => State),
    beginsWithNewest: boolean,
  ) {
    this.connection = connection;
    this.topic = topic;
    this.#initial = typeof initialState === 'function' ? (initialState as () => State)() : initialState;
    this.#store = new FrameStore(this.#initial);
    this.#beginsWithNewest = beginsWithNewest;
  }

  /** Folds with what has been committed. */
  follow(reducer: (state: State, message: In) => State, isImmediate: boolean): void {
    this.#reducer = reducer;
    this.#isImmediate = isImmediate;
  }

  readonly get = (): State => this.#store.get();
  readonly getInitial = (): State => this.#initial;

  /** Reads, for a component with the handle of another one that uses the connection. */
  readonly read = (listener: () => void): (() => void) => {
    const { connection, topic } = this;
    const stopReading = connection?.onMessage((message) => this.#fold(message, this.#isImmediate), { topic });
    if (this.#beginsWithNewest && connection && topic !== undefined) {
      const newest = (connection as Partial<TopicMemory<In>>).newestOf?.(topic);
      if (newest !== undefined) this.#fold(newest, true);
    }
    const unsubscribe = this.#store.subscribe(listener);
    return () => {
      stopReading?.();
      unsubscribe();
    };
  };

  /** Reads, for a component that uses the connection itself. */
  readonly readAndRetain = (listener: () => void): (() => void) => {
    const stopReading = this.read(listener);
    const release = this.connection?.retain();
    return () => {
      stopReading();
      release?.();
    };
  };

  #fold(message: In, now: boolean): void {
    const reducer = this.#reducer;
    if (reducer) this.#store.fold((state) => reducer(state, message), now);
  }
}
