import type { Connection } from '../core/connection.js';
import { CONNECTING, type ConnectionState, IDLE } from '../core/connectionState.js';
import type { WebSocketError } from '../core/errors.js';
import type { ConnectionCallbacks } from '../core/events.js';
import type { MessageData, RawMessage } from '../core/messages/frames.js';
import type { Observer } from '../core/observers.js';
import { type ConnectionConfig, type ConnectionOptions, resolveConfig } from '../core/options.js';
import type { ProtocolsSource, UrlSource } from '../core/socket/dial.js';
import { WebSocketConnection } from '../core/webSocketConnection.js';
import { warnOfConflict, warnOfUnusedOptions } from './devWarnings.js';
import { mayAnticipate } from './effects.js';
import { joinShared, proposeShared } from './sharedConnections.js';

/** Where to connect, a connection that exists already, or nothing yet. */
export type WebSocketSource<In = RawMessage, Out = MessageData> =
  UrlSource | Connection<In, Out> | null | undefined | false;

/** The options of a connection, and those of a component that uses one. */
export interface WebSocketOptions<In = RawMessage, Out = MessageData> extends ConnectionOptions<In, Out> {
  /**
   * `false` shows `idle` and does not use the connection. A connection of the component's own ends at once, and `true`
   * is a fresh start then, after a failure too.
   * @default true
   */
  readonly enabled?: boolean | undefined;
  /**
   * Another key is another connection, like another URL. A function as URL needs one where it can stand for another
   * user or destination, because functions are not compared.
   */
  readonly key?: string | number | undefined;
  /**
   * Whether components with the same URL string, protocols and key use one connection; the options of the first one
   * count. A function as URL or protocols needs a `key` then.
   * @default false
   */
  readonly share?: boolean | undefined;
  /**
   * Throws a terminal error in render, to the nearest error boundary: always, or where the function returns true.
   * @default false
   */
  readonly throwOnError?: boolean | ((error: WebSocketError) => boolean) | undefined;
}

/** The state of a connection and what can be done with it. The functions last as long as the connection. */
export type WebSocketHandle<In = RawMessage, Out = MessageData> = ConnectionState &
  Pick<Connection<In, Out>, 'send' | 'reconnect' | 'close'> & {
    /** The connection itself, or `null` while there is no source. */
    readonly connection: Connection<In, Out> | null;
  };

/** What a handle does without a connection. */
const NO_CONNECTION: Pick<WebSocketHandle<unknown, unknown>, 'send' | 'reconnect' | 'close'> = {
  send: () => 'refused',
  reconnect: () => undefined,
  close: () => undefined,
};

const doNothing = (): void => undefined;

/**
 * One component's use of one connection: a given one, or one that lasts as long as the URL string, the protocols and
 * the key. Another connection is another observer. To create one acts on nothing, so it is safe in render.
 *
 * In the commit `update` brings the newest options, `attach` ends what is disabled, and `leave` silences the callbacks
 * of a component that unmounts. `subscribe` uses the connection; React calls it a moment later, and its cleanup too.
 */
export class ConnectionObserver<In, Out> implements Observer<In, Out> {
  /** The options that the component brings, or `null` for a connection that was created elsewhere. */
  config: ConnectionConfig<In, Out> | null = null;
  /** Renders the component again. */
  onStateChange: (() => void) | null = null;
  #source: WebSocketSource<In, Out>;
  #options: WebSocketOptions<In, Out>;
  #connection: WebSocketConnection<In, Out> | null;
  /** The key in the registry, or `''` for a connection that is not shared. */
  readonly #sharedAs: string = '';
  /** The observer whose place this one takes, until that is committed. */
  #replaces: ConnectionObserver<In, Out> | null;
  /** The observer that has taken its place. */
  #replacedBy: ConnectionObserver<In, Out> | null = null;
  /** Whether the component has unmounted or has another connection. */
  #hasLeft = false;
  #handle: WebSocketHandle<In, Out> | null = null;
  #idleHandle: WebSocketHandle<In, Out> | null = null;
  #shownState: ConnectionState | null = null;

  constructor(
    source: WebSocketSource<In, Out>,
    options: WebSocketOptions<In, Out>,
    replaces: ConnectionObserver<In, Out> | null,
  ) {
    this.#source = source;
    this.#options = options;
    this.#replaces = replaces;
    if (!isOwnSource(source)) {
      this.#connection = (source || null) as WebSocketConnection<In, Out> | null;
      if (source) warnOfUnusedOptions(options);
      return;
    }
    const config = (this.config = resolveConfig(source, options));
    if (options.share) this.#sharedAs = sharedKey(source, options);
    this.#connection = this.#sharedAs
      ? proposeShared(this.#sharedAs, (onReleased) => new WebSocketConnection(config, { onReleased }))
      : new WebSocketConnection(config, { onReleased: doNothing });
  }

  /** The newest callbacks. Once the component has left, only that for messages that are still queued. */
  get callbacks(): ConnectionCallbacks<In, Out> {
    if (!this.#hasLeft) return this.#options;
    const { onDrop } = this.#options;
    // After it has unmounted, the reason is always that.
    return {
      onDrop: (dropped) => onDrop?.(this.#replacedBy ? dropped : { ...dropped, reason: 'unmounted' }),
    };
  }

  /** Whether the source and the options mean the same connection. */
  matches(source: WebSocketSource<In, Out>, options: WebSocketOptions<In, Out>): boolean {
    if (source === this.#source && options === this.#options) return true;
    if (!isOwnSource(source) || !isOwnSource(this.#source))
      return (source || null) === (this.#source || null);
    const { protocols, key, share } = this.#options;
    return (
      identify(source) === identify(this.#source) &&
      identify(options.protocols) === identify(protocols) &&
      options.key === key &&
      !options.share === !share
    );
  }

  /** The component has committed to this connection. Runs in a layout effect. */
  attach(isEnabled: boolean): void {
    if (this.#replaces) this.#replaces.#replacedBy = this;
    this.#replaces = null;
    // A connection of the component's own ends in the commit, because React Native may run no timer any more. A shared
    // one that nothing has used yet refuses messages, because nothing would ever send them or hand them back.
    const connection = this.config && this.#connection;
    if (!isEnabled && connection && (!this.#sharedAs || connection.isUntouched)) connection.disable(this);
  }

  /** Takes the newest source and options. Runs in the commit, in which no component may be updated. */
  update(source: WebSocketSource<In, Out>, options: WebSocketOptions<In, Out>): void {
    this.#hasLeft = false;
    if (source === this.#source && options === this.#options) return;
    if (isOwnSource(source)) this.config = resolveConfig(source, options);
    else if (source) warnOfUnusedOptions(options);
    this.#source = source;
    this.#options = options;
    this.#connection?.optionsChanged();
  }

  /** The component has unmounted, or has other options, which {@link update} brings then. Runs in the commit. */
  leave(): void {
    this.#hasLeft = true;
  }

  /** Uses the connection while the store is subscribed to. */
  readonly subscribe = (listener: () => void): (() => void) => {
    if (!this.#connection) return doNothing;
    if (this.#sharedAs) {
      // Another component may have been first.
      this.#connection = joinShared(this.#sharedAs, this.#connection);
      warnOfConflict(this.#connection.config.rawOptions, this.#options);
    }
    const connection = this.#connection;
    this.#hasLeft = false;
    this.onStateChange = listener;
    connection.addObserver(this);
    // React 19.2 does not look again at what changed while Activity hid the component.
    listener();
    return () => {
      this.onStateChange = null;
      const isReplaced = this.#replacedBy !== null && this.#replacedBy.#connection !== null;
      connection.removeObserver(this, isReplaced ? 'replaced' : 'unmounted');
    };
  };

  /** The handle; the same object until the state changes. */
  readonly getHandle = (): WebSocketHandle<In, Out> => {
    const state = this.#connection?.getState() ?? IDLE;
    // The connection dials as soon as it is subscribed to, so there is no need to show idle before.
    const shown = state === IDLE && this.#connection && mayAnticipate ? CONNECTING : state;
    if (!this.#handle || shown !== this.#shownState || this.#handle.connection !== this.#connection) {
      this.#shownState = shown;
      this.#handle = this.#createHandle(shown);
    }
    return this.#handle;
  };

  /** The handle of a component that is disabled, or rendered on the server. React may ask for both in turn. */
  getIdleHandle(): WebSocketHandle<In, Out> {
    if (this.#idleHandle?.connection !== this.#connection) this.#idleHandle = null;
    return (this.#idleHandle ??= this.#createHandle(IDLE));
  }

  #createHandle(state: ConnectionState): WebSocketHandle<In, Out> {
    const connection = this.#connection;
    const { status, attempt, retryAt, waitingFor, cause, lastClose, error } = state;
    const { send, reconnect, close } = connection ?? NO_CONNECTION;
    // Every name is written out, because an object that is made by a spread takes more memory.
    return {
      status,
      attempt,
      retryAt,
      waitingFor,
      cause,
      lastClose,
      error,
      send,
      reconnect,
      close,
      connection,
    } as WebSocketHandle<In, Out>;
  }
}

/** Whether the component makes a connection from this source. */
function isOwnSource<In, Out>(source: WebSocketSource<In, Out>): source is UrlSource {
  return Boolean(source) && !('retain' in Object(source));
}

/** The key of a shared connection. */
function sharedKey<In, Out>(source: UrlSource, { protocols, key }: WebSocketOptions<In, Out>): string {
  if (key === undefined)
    for (const [name, value] of [
      ['URL', source],
      ['protocols', protocols],
    ] as const)
      if (typeof value === 'function')
        throw new TypeError(
          `share with a function as ${name} needs the option key, or in JSX a connection: functions are not compared.`,
        );
  return JSON.stringify([identify(source), identify(protocols), key]);
}

/** What tells sources apart; functions are not compared. */
function identify(value: UrlSource | ProtocolsSource): string {
  return typeof value === 'function' ? '()' : (value ?? '').toString();
}
