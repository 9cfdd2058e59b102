import { checkClose, type CloseInfo, createCloseInfo } from './closeCodes.js';
import { createDial, type Dial } from './dial.js';
import { asError, report, WebSocketError } from './errors.js';
import { type ConnectionEvent, createTaps } from './events.js';
import type { MessageData, RawMessage } from './frames.js';
import { createHeartbeat } from './heartbeat.js';
import { createInbox } from './inbox.js';
import { addListener, attempt, callEach, type Listener } from './listeners.js';
import { type ConnectionState, type Effect, INITIAL, type MachineEvent, transition } from './machine.js';
import {
  type ConnectionCallbacks,
  type ConnectionOptions,
  type ResolvedOptions,
  resolveOptions,
  type UrlSource,
} from './options.js';
import { createOutbox, type SendResult } from './outbox.js';
import { isOffline, watchPage } from './page.js';
import { createTimer } from './timer.js';
import { createTopicReaders } from './topics.js';

/**
 * A connection to one destination. It outlives its sockets: every attempt dials a fresh one, and the
 * connection says at every moment where it stands. It dials while somebody uses it and not before.
 */
export interface Connection<In = RawMessage, Out = MessageData> {
  /** The snapshot; the same object until something in it changes. */
  getState(): ConnectionState;
  /** Calls back after every change of the state; returns what ends that. */
  subscribe(listener: () => void): () => void;
  /**
   * Sends a message, or queues it until a socket is open.
   *
   * @throws a {@link WebSocketError} of kind `contract` when the message breaks the contract: nothing is sent
   */
  send(message: Out): SendResult;
  /**
   * Dials now: skips a wait, leaves `closed` and `failed`, replaces an open socket. Calls within one tick
   * dial once.
   */
  reconnect(): void;
  /**
   * Closes for good, at once and without waiting for the peer.
   *
   * @param code 1000, or 3000 to 4999; another one is a `RangeError`
   * @param reason at most 123 bytes of UTF-8; a longer one is a `RangeError`, what is no string a `TypeError`
   */
  close(code?: number, reason?: string): void;
  /** Calls back with each message, at once and in order; with a `topic`, for its messages only. */
  onMessage(
    listener: (message: In, event: MessageEvent) => void,
    options?: { readonly topic?: string | undefined },
  ): () => void;
  /** Taps everything that happens, for logs and inspectors; costs nothing while nobody listens. */
  onEvent(listener: (event: ConnectionEvent<In, Out>) => void): () => void;
  /** Keeps the connection alive without a component; returns what lets go of it. */
  retain(): () => void;
}

/** Somebody who uses a connection and wants to be told. */
export interface Holder<In, Out> {
  /** The newest callbacks; `onMessage` is not among them, it is a listener of its own. */
  readonly getCallbacks: () => ConnectionCallbacks<In, Out>;
  /** Whether it has left for another connection. */
  readonly hasMovedOn: () => boolean;
  /** It was the last one, and the connection has been closed. */
  readonly onReleased?: () => void;
}

/** A connection as the hooks see it. */
export interface HeldConnection<In, Out> extends Connection<In, Out> {
  retain(holder?: Holder<In, Out>): () => void;
}

/** What a connection reads anew for every decision. */
export interface Setup<In, Out> {
  readonly url: UrlSource;
  readonly options: ResolvedOptions<In, Out>;
}

/**
 * Creates a connection that the application owns; nothing is dialled until a component or `retain()` uses it.
 *
 * @throws a `RangeError` that names an option out of bounds
 * @example const quotes = createConnection('wss://example.com/quotes', { contract: json({ receive: Quote }) });
 */
export function createConnection<In = RawMessage, Out = MessageData>(
  url: UrlSource,
  options: ConnectionOptions<In, Out> = {},
): Connection<In, Out> {
  const setup = { url, options: resolveOptions(options) };
  return openConnection(() => setup, options);
}

/** Someone without callbacks. */
const NOBODY: Holder<unknown, unknown> = { getCallbacks: () => ({}), hasMovedOn: () => false };

/** How long after a wake-up, in ms, the end of a socket is still put down to what went before it. */
const WAKING = 5_000;

/** The code of a close that this side makes because of a message (private use, RFC 6455 section 7.4.2). */
const CONTRACT_VIOLATION = 4003;

/**
 * The one place that acts: it feeds events to the machine and performs the effects. `getSetup` is asked for
 * every decision, so that new options need no new connection.
 */
export function openConnection<In, Out>(
  getSetup: () => Setup<In, Out>,
  ownCallbacks: ConnectionCallbacks<In, Out> = {},
): HeldConnection<In, Out> {
  let machine = INITIAL;
  let dial: Dial | null = null;
  /** The dial was begun in this tick. */
  let isFresh = false;
  let openedAt = 0;
  let wokenAt = -Infinity;
  let stopWatching: (() => void) | null = null;

  const holders = new Set<Holder<In, Out>>();
  const watchers = new Set<Listener<[]>>();
  const delayTimer = createTimer();
  const stableTimer = createTimer();
  const lingerTimer = createTimer();

  const getOptions = (): ResolvedOptions<In, Out> => getSetup().options;
  const onError = (error: Error): void => {
    tell('onError', error);
  };
  const taps = createTaps<In, Out>();
  const outbox = createOutbox<In, Out>({
    getOptions,
    taps,
    onError,
    getDial: () => dial,
    getStatus: () => machine.snapshot.status,
    onDrop(dropped) {
      tell('onDrop', dropped);
    },
  });
  const topics = createTopicReaders<In, Out>(() => getOptions().topics, outbox.sendOwn);
  const inbox = createInbox<In, Out>({ getOptions, taps, topics, onError, onViolation: violated });
  const heartbeat = createHeartbeat(() => getOptions().heartbeat, {
    onProbe(rules) {
      taps.emit({ type: 'heartbeat', phase: 'probe' });
      outbox.sendOwn(() => rules.message);
    },
    onDead() {
      taps.emit({ type: 'heartbeat', phase: 'dead' });
      dial?.giveUp();
    },
  });
  if (ownCallbacks.onMessage) inbox.add(ownCallbacks.onMessage);

  /** The one writer: next state, then effects, then everybody is told. */
  function dispatch(event: MachineEvent): void {
    const before = machine;
    const [next, effects] = transition(before, event);
    // The event means nothing here, or `reconnect.decide` has moved the connection on by itself.
    if ((next === before && effects.length === 0) || machine !== before) return;
    machine = next;
    const ended = 'close' in event ? event.close : event.type === 'broken' ? event.error.close : null;
    for (const effect of effects) perform(effect, ended);
    watchPageWhileAlive();

    if (next.snapshot !== before.snapshot) callEach(watchers);
    if (ended) {
      taps.emit({ type: 'close', close: ended });
      tell('onClose', ended);
    }
    // What follows is true only while none of those who were told has moved the connection on.
    if (machine !== next) return;
    const { status, attempt: number, retryAt, cause, error } = next.snapshot;
    if (error) {
      taps.emit({ type: 'fail', error });
      onError(error);
      outbox.handBack('failed');
    } else if (status === 'closed') {
      outbox.handBack('closed');
    } else if (cause && event.type === 'closed') {
      taps.emit({ type: 'retry', attempt: number, retryAt, cause });
      outbox.watchAge();
    }
  }

  function perform(effect: Effect, ended: CloseInfo | null): void {
    switch (effect.type) {
      case 'dial':
        return beginDial();
      case 'abandon':
        return letGo(ended);
      case 'wait':
        return delayTimer.startUntil(effect.until, () => {
          dispatch({ type: 'due' });
        });
      case 'cancel':
        return delayTimer.stop();
      case 'report':
        return report(effect.problem);
    }
  }

  function beginDial(): void {
    const { url, options } = getSetup();
    const number = machine.snapshot.attempt;
    const begun = createDial(
      { ...options, url, attempt: number, lastClose: machine.lastClose },
      {
        onDial(shown) {
          taps.emit({ type: 'dial', attempt: number, url: shown });
        },
        onOpen(shown, protocol) {
          openedAt = Date.now();
          stableTimer.start(getOptions().reconnect.stableAfter, () => {
            dispatch({ type: 'stable' });
          });
          heartbeat.start();
          dispatch({ type: 'opened' });
          const info = { url: shown, protocol, attempt: number, at: openedAt };
          taps.emit({ type: 'open', ...info });
          tell('onOpen', info);
          if (dial !== begun) return;
          topics.resume();
          outbox.flush();
        },
        onMessage(event) {
          heartbeat.heard();
          inbox.receive(event);
        },
        onClose: ended,
        onRejected(error) {
          onError(asError(error));
        },
        onBroken(error) {
          dispatch({ type: 'broken', error });
        },
      },
    );
    dial = begun;
    isFresh = true;
    void Promise.resolve().then(() => {
      isFresh = false;
    });
    begun.start();
    outbox.watchAge();
  }

  /** Lets go of the dial, which may be over. */
  function letGo(close: CloseInfo | null): void {
    dial?.abandon(close?.code, close?.reason);
    dial = null;
    isFresh = false;
    stableTimer.stop();
    heartbeat.stop();
  }

  function ended(close: CloseInfo): void {
    const { reconnect, pageAware, random } = getOptions();
    letGo(null);
    // The clock decides, because the timer may have been held back.
    if (close.opened && close.at - openedAt >= reconnect.stableAfter) dispatch({ type: 'stable' });
    dispatch({
      type: 'closed',
      close,
      rules: reconnect,
      draw: random(),
      online: !(pageAware && isOffline()),
      woken: pageAware && close.at - wokenAt < WAKING,
      lastSent: outbox.getLastSent(),
    });
  }

  function violated(error: WebSocketError): void {
    if (getOptions().onViolation === 'report') return onError(error);
    const close = createCloseInfo({
      code: CONTRACT_VIOLATION,
      reason: 'message breaks the contract',
      opened: true,
      local: true,
    });
    dispatch({
      type: 'broken',
      error: new WebSocketError(error.message, { ...error, code: close.code, close }),
    });
  }

  function watchPageWhileAlive(): void {
    const { status } = machine.snapshot;
    if (status === 'idle' || status === 'closed' || status === 'failed') {
      stopWatching?.();
      stopWatching = null;
      return;
    }
    stopWatching ??= watchPage({
      onOffline() {
        if (getOptions().pageAware) dispatch({ type: 'offline' });
      },
      onWake() {
        const { pageAware, random } = getOptions();
        if (!pageAware) return;
        wokenAt = Date.now();
        heartbeat.wake();
        dispatch({ type: 'wake', now: wokenAt, draw: random() });
      },
    });
  }

  type Told = Omit<ConnectionCallbacks<In, Out>, 'onMessage'>;
  function tell<Name extends keyof Told>(name: Name, ...args: Parameters<NonNullable<Told[Name]>>): void {
    const callbacks = [ownCallbacks, ...[...holders].map((holder) => holder.getCallbacks())];
    for (const { [name]: callback } of callbacks)
      attempt(callback as ((...given: typeof args) => void) | undefined, ...args);
  }

  /** The end of what is open, by this side; `null` where nothing is. */
  function localClose(): CloseInfo | null {
    return machine.snapshot.status === 'open'
      ? createCloseInfo({ code: 1000, opened: true, local: true })
      : null;
  }

  return {
    getState: () => machine.snapshot,
    subscribe: (listener) => addListener(watchers, listener),
    send: outbox.send,
    reconnect() {
      if (!isFresh) dispatch({ type: 'reconnect', close: localClose(), wanted: holders.size > 0 });
    },
    close(code = 1000, reason = '') {
      checkClose(code, reason);
      dispatch({
        type: 'close',
        close: createCloseInfo({ code, reason, opened: machine.snapshot.status === 'open', local: true }),
      });
    },
    onMessage: (listener, { topic } = {}) =>
      topic === undefined ? inbox.add(listener) : topics.add(topic, listener),
    onEvent: taps.add,
    retain(holder = { ...NOBODY }) {
      holders.add(holder);
      lingerTimer.stop();
      dispatch({ type: 'connect' });
      return () => {
        if (!holders.delete(holder) || holders.size > 0) return;
        lingerTimer.start(getOptions().linger, () => {
          dispatch({ type: 'release', close: localClose() });
          // The last one to leave has still to hear what became of its messages.
          holders.add(holder);
          outbox.handBack(holder.hasMovedOn() ? 'replaced' : 'unmounted');
          holders.delete(holder);
          holder.onReleased?.();
        });
      };
    },
  };
}
