import type { Connection } from '../core/connection.js';
import { runSafely } from '../core/platform/runSafely.js';
import { cancelNextFrame, showInNextFrame, type Shown } from './nextFrame.js';

/** What connections of this library remember beside the public interface. */
interface TopicMemory<In> {
  newestOf(topic: string): In | undefined;
}

/** What one component reads of a connection and topic, folded into state that is shown at most once a frame. */
export class MessageReading<In, State> implements Shown {
  readonly connection: Connection<In, never> | null;
  readonly topic: string | undefined;
  /** Whether the newest message of the topic, which came before this reading began, is folded first. */
  readonly #beginsWithNewest: boolean;
  #shown: State;
  #folded: State;
  #listener: (() => void) | null = null;
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
    this.#shown = this.#folded =
      typeof initialState === 'function' ? (initialState as () => State)() : initialState;
    this.#beginsWithNewest = beginsWithNewest;
  }

  /** Folds with what has been committed. */
  follow(reducer: (state: State, message: In) => State, isImmediate: boolean): void {
    this.#reducer = reducer;
    this.#isImmediate = isImmediate;
  }

  /** The state to show. */
  readonly get = (): State => this.#shown;

  /** Reads, for a component with the handle of another one that uses the connection. */
  readonly read = (listener: () => void): (() => void) => {
    const { connection, topic } = this;
    const stopReading = connection?.onMessage((message) => this.#fold(message, this.#isImmediate), { topic });
    if (this.#beginsWithNewest && connection && topic !== undefined) {
      const newest = (connection as Partial<TopicMemory<In>>).newestOf?.(topic);
      if (newest !== undefined) runSafely(() => this.#fold(newest, true));
    }
    this.#listener = listener;
    // React 19.2 does not look again at what changed while Activity hid the component.
    listener();
    return () => {
      stopReading?.();
      this.#listener = null;
      this.show();
      cancelNextFrame(this);
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

  show(): void {
    this.#shown = this.#folded;
  }

  notify(): void {
    if (this.#listener) runSafely(this.#listener);
  }

  #fold(message: In, now: boolean): void {
    if (this.#reducer) this.#folded = this.#reducer(this.#folded, message);
    if (Object.is(this.#folded, this.#shown)) return;
    if (now) {
      this.show();
      this.notify();
    } else showInNextFrame(this);
  }
}
