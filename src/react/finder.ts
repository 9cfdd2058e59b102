import { type HeldConnection, openConnection } from '../core/connection.js';
import type { Holder } from '../core/holders.js';
import { type ConnectionState, IDLE } from '../core/machine.js';
import { createSetup, type ProtocolsSource, type Setup, type UrlSource } from '../core/options.js';
import { joinShared, leaveShared, proposeShared } from '../core/sharing.js';
import type { WebSocketHandle, WebSocketOptions, WebSocketSource } from './useWebSocket.js';
import { warnOfConflict } from './warn.js';

/** The connection of a component, for as long as its source means the same one. */
interface Found<In, Out> {
  /** The connection that this means: the same one, or another one. */
  readonly find: Find<In, Out>;
  /** Hands over what has been committed. */
  readonly commit: (setup: Setup<In, Out> | null, options: WebSocketOptions<In, Out>) => void;
  /** The component has gone. */
  readonly leave: () => void;
  /** For a component that uses the connection. */
  readonly used: HandleStore<In, Out>;
  /** For one that does not. */
  readonly idle: HandleStore<In, Out>;
}

type Find<In, Out> = (source: WebSocketSource<In, Out>, setup: Setup<In, Out> | null) => Found<In, Out>;

/**
 * What `useSyncExternalStore` takes. To subscribe is to hold the connection, which saves an Effect; the
 * snapshot is the handle, which saves a memo.
 */
interface HandleStore<In, Out> {
  readonly subscribe: (listener: () => void) => () => void;
  /** The same object until the state changes. */
  readonly get: () => WebSocketHandle<In, Out>;
}

/** What a handle does without a connection. */
const NOTHING: Pick<WebSocketHandle<unknown, unknown>, 'send' | 'reconnect' | 'close'> = {
  send: () => 'refused',
  reconnect: () => undefined,
  close: () => undefined,
};

/**
 * Creates what finds the connections of one component: a given one, or one of its own that lasts as long as
 * the URL string, the protocols and the key. To find one acts on nothing, so it is safe in render; what is
 * remembered of the component is written at commits only.
 */
export function createFinder<In, Out>(): Find<In, Out> {
  const me: Holder<In, Out> = { callbacks: {} };
  /** What has been committed last. */
  let newest: Setup<In, Out> | null = null;
  let given: WebSocketOptions<In, Out> = {};
  /** What is held now: nothing before Effects have run, and nothing while Activity hides the component. */
  let held: HeldConnection<In, Out> | null = null;
  /** Who holds it: another source may come with the same connection, and hears only after this one has let go. */
  let holding: Found<In, Out> | null = null;

  /** Gives up what was queued for one that is not held: without a setup it is not dialled for that. */
  const handBack = (connection: HeldConnection<In, Out>): void => {
    me.setup = null;
    connection.hold(me, false)();
  };
  const commitTo = (connection: HeldConnection<In, Out> | null): void => {
    const former = me.present as HeldConnection<In, Out> | null | undefined;
    me.present = connection;
    // One that is held is let go by its subscription, and that of somebody else goes on without this component.
    if (newest && former && former !== connection && former !== held) handBack(former);
  };
  /** Who has gone hears no more, except of the messages that it left behind. */
  const leave = (): void => {
    const { onDrop } = me.callbacks;
    me.callbacks = { onDrop: ({ message }) => onDrop?.({ message, reason: 'unmounted' }) };
    commitTo(null);
  };

  const find: Find<In, Out> = (source, setup) => {
    const target = describe(source, setup);
    const sharedAs = target[3] ? '' : JSON.stringify(target);
    if (sharedAs && typeof source === 'function' && target[2] === undefined) {
      throw new TypeError(
        'share with a function as URL needs the option key, or in JSX a connection: a function has no identity.',
      );
    }
    const create = () =>
      setup
        ? openConnection(setup, {}, (released) => leaveShared(sharedAs, released))
        : ((source || null) as HeldConnection<In, Out> | null);
    let connection = sharedAs ? proposeShared(sharedAs, create) : create();

    let stopHearing: (() => void) | null | undefined;
    /** Reads messages while there is a callback for them. */
    const hear = (isHeard: unknown): void => {
      if (isHeard) {
        stopHearing ??= connection?.onMessage((message, event) => me.callbacks.onMessage?.(message, event));
      } else {
        stopHearing?.();
        stopHearing = null;
      }
    };

    const createStore = (isUsed: boolean): HandleStore<In, Out> => {
      let shown: ConnectionState | undefined;
      let handle: WebSocketHandle<In, Out> | undefined;
      return {
        subscribe(listener) {
          if (!connection || !(isUsed || setup)) return NOTHING.close;
          const proposed = connection;
          const joined = isUsed && sharedAs;
          if (joined) connection = joinShared(joined, proposed);
          me.present = held = connection;
          holding = found;
          // Another component was first.
          if (connection !== proposed) handBack(proposed);
          me.setup = newest;
          me.callbacks = given;
          hear(isUsed && given.onMessage);
          const stop = connection.subscribe(listener);
          const release = connection.hold(me, isUsed);
          warnOfConflict(joined, connection, newest);
          // For the other connection, and for what was missed while Activity hid it: see the store of a frame.
          listener();
          return () => {
            stop();
            hear(false);
            held = holding = null;
            release();
          };
        },
        get() {
          const state = (isUsed && connection?.getState()) || IDLE;
          if (handle && state === shown && handle.connection === connection) return handle;
          const { send, reconnect, close } = connection ?? (NOTHING as HeldConnection<In, Out>);
          shown = state;
          handle = { ...state, send, reconnect, close, connection };
          return handle;
        },
      };
    };

    const found: Found<In, Out> = {
      find: (otherSource, otherSetup) =>
        describe(otherSource, otherSetup).every((part, i) => Object.is(part, target[i]))
          ? found
          : find(otherSource, otherSetup),
      commit(committed, options) {
        commitTo(connection);
        newest = committed;
        given = options;
        if (holding === found) {
          me.setup = committed;
          me.callbacks = options;
          hear(options.onMessage && options.enabled !== false);
        } else {
          // What the one before says until it is let go is not for the callbacks of this one.
          me.callbacks = { onDrop: options.onDrop };
        }
        connection?.review();
      },
      leave,
      used: createStore(true),
      idle: createStore(false),
    };
    return found;
  };
  return find;
}

/** What a connection of its own would be like; `null` where the source is none, or is a connection already. */
export function findSetup<In, Out>(
  source: WebSocketSource<In, Out>,
  options: WebSocketOptions<In, Out>,
): Setup<In, Out> | null {
  return source && !('retain' in Object(source)) ? createSetup(source as UrlSource, options) : null;
}

/** What tells connections apart: the URL string or the connection that was given, the protocols and the key. */
function describe<In, Out>(
  source: WebSocketSource<In, Out>,
  setup: Setup<In, Out> | null,
): readonly unknown[] {
  const { protocols, key, share }: WebSocketOptions<In, Out> = setup?.given ?? {};
  return [setup ? identify(setup.url) : source || null, identify(protocols), key, !share];
}

/** A function has no identity. */
function identify(value: UrlSource | ProtocolsSource): string {
  return typeof value === 'function' ? '()' : (value ?? '').toString();
}
