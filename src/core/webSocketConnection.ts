import { assertCloseArguments } from './closeInfo.js';
import type { Connection, SendResult } from './connection.js';
import { type ConnectionState, IDLE } from './connectionState.js';
import { warnOfReconnectLoop } from './devWarnings.js';
import type { ConnectionCallbacks, ConnectionEvent } from './events.js';
import { Lifecycle } from './lifecycle.js';
import { registerInDevelopment } from './liveConnections.js';
import type { MessageListener } from './messages/messageListeners.js';
import { type Observer, Observers } from './observers.js';
import type { ConnectionConfig } from './options.js';
import { runInMicrotask } from './platform/runSafely.js';
import { Timer } from './platform/timer.js';
import { RECONNECT_FLOOR_MS, ReconnectBrake, SETUP_FLOOR_MS } from './reconnect/reconnectBrake.js';

/** How a connection was made. */
interface Origin<In, Out> {
  /** The callbacks of the application that made it; they do not keep it alive. */
  readonly callbacks?: ConnectionCallbacks<In, Out>;
  /** For a connection that belongs to components: called when nothing uses it any more. */
  readonly onReleased?: (connection: WebSocketConnection<In, Out>) => void;
}

/**
 * A connection with the things that have a say in it: observers keep it alive, and when the last one leaves, it ends
 * after `linger`. What happens meanwhile is the business of its {@link Lifecycle}.
 */
export class WebSocketConnection<In, Out> implements Connection<In, Out> {
  readonly #observers: Observers<In, Out>;
  readonly #lifecycle: Lifecycle<In, Out>;
  readonly #onReleased: ((connection: WebSocketConnection<In, Out>) => void) | undefined;
  /** Runs after the last observer has left; cleared by the next one, and by `disable`. */
  #lingerTimer: Timer | null = null;
  #unregister: (() => void) | null = null;

  constructor(config: ConnectionConfig<In, Out>, { callbacks, onReleased }: Origin<In, Out>) {
    this.#onReleased = onReleased;
    this.#observers = new Observers(config, callbacks);
    this.#lifecycle = new Lifecycle(this.#observers, this);
  }

  // The public interface. These are functions of their own, because components take them out of the handle.

  readonly getState = (): ConnectionState => this.#lifecycle.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    const listeners = (this.#lifecycle.stateListeners ??= new Set());
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  readonly send = (message: Out): SendResult => this.#lifecycle.messaging.sender.send(message);

  readonly reconnect = (): void => {
    // Without a use there is no dial, and nothing to slow down.
    if (!this.isUsed) {
      this.#reconnect();
      return;
    }
    const { waitingFor, status, error } = this.#lifecycle.state;
    const floor = error?.kind === 'setup' ? SETUP_FLOOR_MS : RECONNECT_FLOOR_MS;
    const hasEnded = waitingFor !== 'handshake' && status !== 'open';
    const brake = (this.#lifecycle.brake ??= new ReconnectBrake());
    if (brake.request(floor, hasEnded, () => this.#reconnect())) warnOfReconnectLoop();
  };

  readonly close = (code = 1000, reason = ''): void => {
    assertCloseArguments(code, reason);
    this.#lifecycle.brake?.cancel();
    this.#lifecycle.dispatch({ type: 'close', close: this.#lifecycle.localClose(code, reason) });
  };

  readonly onMessage = (
    listener: MessageListener<In>,
    options?: { readonly topic?: string | undefined },
  ): (() => void) => this.#lifecycle.messaging.listeners.add(listener, options?.topic);

  readonly onEvent = (listener: (event: ConnectionEvent<In>) => void): (() => void) => {
    const taps = (this.#lifecycle.messaging.taps ??= new Set());
    taps.add(listener);
    return () => taps.delete(listener);
  };

  readonly retain = (): (() => void) => {
    let isRetained = true;
    this.addObserver(null);
    return () => {
      if (isRetained) this.removeObserver(null, 'unmounted');
      isRetained = false;
    };
  };

  // What components do with it.

  /** The options in force. */
  get config(): ConnectionConfig<In, Out> {
    return this.#observers.config;
  }

  /** Whether anything uses the connection. */
  get isUsed(): boolean {
    return !this.#observers.isEmpty;
  }

  /** Whether nothing uses the connection and nothing is left of an earlier use. */
  get isUntouched(): boolean {
    return !this.isUsed && this.getState() === IDLE;
  }

  /** The newest message of a topic that has readers. */
  newestOf(topic: string): In | undefined {
    return this.#lifecycle.messaging.listeners.newestOf(topic);
  }

  /** A component uses the connection, or with `null` something else: it dials if it is idle. */
  addObserver(observer: Observer<In, Out> | null): void {
    this.#lingerTimer?.clear();
    this.#lifecycle.isReleased = false;
    this.#observers.add(observer);
    this.#unregister ??= registerInDevelopment(this, this.#lifecycle);
    // Effects of children run before those of the component that the connection belongs to, and that one brings the
    // options.
    if (this.#onReleased && !this.#observers.haveConfig) runInMicrotask(() => this.#connectIfUsed());
    else this.#connectIfUsed();
  }

  /** The last observer that leaves starts the linger timer. */
  removeObserver(observer: Observer<In, Out> | null, reason: 'unmounted' | 'replaced'): void {
    if (!this.#observers.remove(observer) || !this.#observers.isEmpty) return;
    const { status } = this.#lifecycle.state;
    // There is no socket to keep: of a connection that has failed, only the state stays.
    const linger = status === 'idle' || status === 'failed' ? 0 : this.config.linger;
    this.#lingerTimer ??= new Timer();
    this.#lingerTimer.start(linger, () => this.#release(reason, false));
  }

  /**
   * The component that the connection belongs to is disabled: it ends at once, without a timer, and the next use is a
   * fresh start.
   */
  disable(observer: Observer<In, Out>): void {
    // It may have sent something before it used the connection, which is handed back to observers that left.
    this.#observers.add(observer);
    this.#observers.remove(observer);
    this.#lingerTimer?.clear();
    this.#release('unmounted', true);
  }

  onFailedUnused(): void {
    this.#onReleased?.(this);
  }

  /** Other options may be in force. */
  optionsChanged(): void {
    this.#lifecycle.optionsChanged();
  }

  #reconnect(): void {
    const close = this.#lifecycle.localCloseIfOpen();
    this.#lifecycle.dispatch({ type: 'reconnect', close, isUsed: !this.#observers.isEmpty });
  }

  #connectIfUsed(): void {
    if (!this.#observers.isEmpty) this.#lifecycle.dispatch({ type: 'connect' });
  }

  /** Nothing uses the connection any more: the transition cancels a retry, and queued messages are dropped. */
  #release(reason: 'unmounted' | 'replaced', isReset: boolean): void {
    this.#lifecycle.brake?.cancel();
    // Messages of an application that are sent from now on wait for the next use; a component can no longer send any.
    this.#lifecycle.isReleased = this.#onReleased !== undefined;
    this.#lifecycle.dispatch({ type: 'release', close: this.#lifecycle.localCloseIfOpen(), isReset });
    this.#lifecycle.messaging.onEnd(reason);
    // `onDrop` may have called close(), which is over with the next use, too.
    if (isReset) this.#lifecycle.dispatch({ type: 'release', close: null, isReset });
    // A callback may have used the connection again.
    if (!this.#observers.isEmpty && !isReset) return;
    this.#unregister?.();
    this.#unregister = null;
    this.#onReleased?.(this);
  }
}
