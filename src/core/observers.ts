import type { CallbackInfo, CallbackName } from './connectionHost.js';
import type { ConnectionCallbacks } from './events.js';
import type { RawMessage } from './messages/frames.js';
import type { ConnectionConfig } from './options.js';
import { runInMicrotask, runSafely } from './platform/runSafely.js';

/** A component that uses a connection. */
export interface Observer<In, Out> {
  /** The newest callbacks. */
  readonly callbacks: ConnectionCallbacks<In, Out>;
  /** The newest options, or `null` if it brings none. */
  readonly config: ConnectionConfig<In, Out> | null;
  /** Called after every change of the state. */
  readonly onStateChange: (() => void) | null;
}

const NO_CALLBACKS = {};

/** Everything that uses a connection, in the order in which it came. */
export class Observers<In, Out> {
  /** The callbacks that the connection was created with; they do not keep it alive. */
  readonly #creator: ConnectionCallbacks<In, Out>;
  /** The options in force while no observer brings any. */
  #config: ConnectionConfig<In, Out>;
  #current: Set<Observer<In, Out>> | null = null;
  /** How many uses there are without a component. */
  #retained = 0;
  /** Those that left in the tick in which the last one did: messages that are dropped then may be theirs. */
  #departed: Set<Observer<In, Out>> | null = null;

  constructor(config: ConnectionConfig<In, Out>, creator: ConnectionCallbacks<In, Out> = NO_CALLBACKS) {
    this.#config = config;
    this.#creator = creator;
  }

  get isEmpty(): boolean {
    return this.#retained === 0 && (!this.#current || this.#current.size === 0);
  }

  /** The options in force: those of the first observer that brought any, else the last ones known. */
  get config(): ConnectionConfig<In, Out> {
    this.#config = this.#broughtConfig ?? this.#config;
    return this.#config;
  }

  /** Whether any observer brings options. */
  get haveConfig(): boolean {
    return this.#broughtConfig !== null;
  }

  get #broughtConfig(): ConnectionConfig<In, Out> | null {
    if (this.#current) for (const { config } of this.#current) if (config) return config;
    return null;
  }

  /** Adds an observer, or with `null` a use without a component. */
  add(observer: Observer<In, Out> | null): void {
    this.#departed = null;
    if (observer) (this.#current ??= new Set()).add(observer);
    else this.#retained += 1;
  }

  /** Removes an observer, or a use without a component; returns whether it was there. */
  remove(observer: Observer<In, Out> | null): boolean {
    if (!observer) {
      this.#retained -= 1;
      return true;
    }
    if (!this.#current?.has(observer)) return false;
    this.#config = this.config;
    this.#current.delete(observer);
    (this.#departed ??= new Set()).add(observer);
    runInMicrotask(() => {
      if (!this.isEmpty) this.#departed = null;
    });
    return true;
  }

  /** Calls the callback of this name of the creator and of every observer. */
  call<Name extends CallbackName>(name: Name, info: CallbackInfo<Name, In, Out>): void {
    const isDropAfterAllLeft = name === 'onDrop' && this.isEmpty;
    const find = (callbacks: ConnectionCallbacks<In, Out>): (() => void) | undefined => {
      const callback = callbacks[name] as ((info: unknown) => void) | undefined;
      return callback && (() => callback.call(callbacks, info));
    };
    runSafely(() => find(this.#creator)?.());
    this.#each(isDropAfterAllLeft ? this.#departed : this.#current, ({ callbacks }) => find(callbacks));
  }

  /** Calls `onMessage` of the creator and of every observer. */
  deliver(message: In, event: MessageEvent<RawMessage>): void {
    const find = ({ onMessage }: ConnectionCallbacks<In, Out>): (() => void) | undefined =>
      onMessage && (() => onMessage(message, event));
    runSafely(() => find(this.#creator)?.());
    this.#each(this.#current, ({ callbacks }) => find(callbacks));
  }

  /** Tells every observer that the state has changed. */
  notifyOfState(): void {
    this.#each(this.#current, ({ onStateChange }) => onStateChange ?? undefined);
  }

  /**
   * Calls what `find` returns for each observer. One that is removed meanwhile is not called, and one that is added
   * meanwhile is not called either. Most observers of a message have no callback, so that comes first.
   */
  #each(
    observers: Set<Observer<In, Out>> | null,
    find: (observer: Observer<In, Out>) => (() => void) | undefined,
  ): void {
    if (!observers) return;
    const callIfPresent = (observer: Observer<In, Out>): void => {
      const call = find(observer);
      if (call && observers.has(observer)) call();
    };
    for (const observer of [...observers]) runSafely(callIfPresent, observer);
  }
}
