import type { CallbackInfo, CallbackName } from './connectionHost.js';
import type { ConnectionCallbacks } from './events.js';
import type { RawMessage } from './messages/frames.js';
import type { ConnectionConfig } from './options.js';
import { runInMicrotask, runSafely } from './platform/runSafely.js';

/** One use of a connection: by a component, or by `retain()`. */
export interface Observer<In, Out> {
  /** The newest callbacks. */
  readonly callbacks: ConnectionCallbacks<In, Out>;
  /** The newest options, or `null` if it brings none. */
  readonly config: ConnectionConfig<In, Out> | null;
  /** Called after every change of the state. */
  readonly onStateChange: (() => void) | null;
}

const NO_CALLBACKS = {};

/** A use without a component. */
export function createRetainer<In, Out>(): Observer<In, Out> {
  return { callbacks: NO_CALLBACKS, config: null, onStateChange: null };
}

/** Everything that uses a connection, in the order in which it came. */
export class Observers<In, Out> {
  /** The callbacks that the connection was created with; they do not keep it alive. */
  readonly #creator: ConnectionCallbacks<In, Out>;
  /** The options in force while no observer brings any. */
  #config: ConnectionConfig<In, Out>;
  #current: Set<Observer<In, Out>> | null = null;
  /** Those that left in the tick in which the last one did: messages that are dropped then may be theirs. */
  #departed: Set<Observer<In, Out>> | null = null;

  constructor(config: ConnectionConfig<In, Out>, creator: ConnectionCallbacks<In, Out> = NO_CALLBACKS) {
    this.#config = config;
    this.#creator = creator;
  }

  get isEmpty(): boolean {
    return !this.#current || this.#current.size === 0;
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

  add(observer: Observer<In, Out>): void {
    this.#departed = null;
    (this.#current ??= new Set()).add(observer);
  }

  /** Removes an observer; returns whether it was there. */
  remove(observer: Observer<In, Out>): boolean {
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
    const call = ({ callbacks }: Pick<Observer<In, Out>, 'callbacks'>): void => {
      (callbacks[name] as ((info: unknown) => void) | undefined)?.(info);
    };
    runSafely(call, { callbacks: this.#creator });
    this.#each(isDropAfterAllLeft ? this.#departed : this.#current, call);
  }

  /** Calls `onMessage` of the creator and of every observer. */
  deliver(message: In, event: MessageEvent<RawMessage>): void {
    if (this.#creator.onMessage) runSafely(this.#creator.onMessage, message, event);
    this.#each(this.#current, ({ callbacks }) => callbacks.onMessage?.(message, event));
  }

  /** Tells every observer that the state has changed. */
  notifyOfState(): void {
    this.#each(this.#current, ({ onStateChange }) => onStateChange?.());
  }

  /** An observer that is removed meanwhile is not called, and one that is added meanwhile is not called either. */
  #each(observers: Set<Observer<In, Out>> | null, call: (observer: Observer<In, Out>) => void): void {
    if (observers)
      for (const observer of [...observers]) if (observers.has(observer)) runSafely(call, observer);
  }
}
