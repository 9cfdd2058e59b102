import { checkClose, type CloseInfo, createCloseInfo } from './closeCodes.js';
import type { OwnMessage } from './contract.js';
import { within } from './defaults.js';
import { createDial, type Dial, OPEN } from './dial.js';
import type { ConnectionEvent } from './events.js';
import type { MessageData, RawMessage } from './frames.js';
import { createHeartbeat } from './heartbeat.js';
import { createHolders, type Holder, type Holders } from './holders.js';
import { createInbox } from './inbox.js';
import type { Link } from './link.js';
import { addListener, attempt, callEach } from './listeners.js';
import {
  type ConnectionState,
  type ConnectionStatus,
  INITIAL,
  type MachineEvent,
  transition,
} from './machine.js';
import {
  type ConnectionCallbacks,
  type ConnectionOptions,
  createSetup,
  type ResolvedOptions,
  type Setup,
  type UrlSource,
} from './options.js';
import { createOutbox, type SendResult } from './outbox.js';
import { createPageWatch, isOffline } from './page.js';
import { createTimer, inMicrotask } from './timer.js';
import { createTopicReaders } from './topics.js';

/**
 * A connection to one destination. It outlives its sockets: every attempt dials a fresh one, and the
 * connection says at every moment where it stands. It dials while somebody uses it and not before.
 */
export interface Connection<In = RawMessage, Out = MessageData> {
  /** The snapshot; the same object until something in it changes. */
  readonly getState: () => ConnectionState;
  /** Calls back after every change of the state; returns what ends that. */
  readonly subscribe: (listener: () => void) => () => void;
  /**
   * Sends a message, or queues it until a socket is open.
   *
   * @throws a {@link WebSocketError} of kind `contract` when the message breaks the contract: nothing is sent
   */
  readonly send: (message: Out) => SendResult;
  /**
   * Dials now: skips a wait, leaves `closed` and `failed`, replaces an open socket. Calls within one tick
   * dial once.
   */
  readonly reconnect: () => void;
  /**
   * Closes for good, at once and without waiting for the peer.
   *
   * @param code 1000, or 3000 to 4999; another one is a `RangeError`
   * @param reason at most 123 bytes of UTF-8; a longer one is a `RangeError`, what is no string a `TypeError`
   */
  readonly close: (code?: number, reason?: string) => void;
  /** Calls back with each message, at once and in order; with a `topic`, for its messages only. */
  readonly onMessage: (
    listener: (message: In, event: MessageEvent<RawMessage>) => void,
    options?: { readonly topic?: string | undefined },
  ) => () => void;
  /** Taps everything that happens, for logs and inspectors; costs nothing while nobody listens. */
  readonly onEvent: (listener: (event: ConnectionEvent<In>) => void) => () => void;
  /** Keeps the connection alive without a component; returns what lets go of it. */
  readonly retain: () => () => void;
}

/** A connection as the hooks see it. */
export interface HeldConnection<In, Out> extends Connection<In, Out> {
  /** With `uses` false the holder only stands by: what it has queued is handed back when it leaves. */
  readonly hold: Holders<In, Out>['hold'];
  /** The options in force. */
  readonly getSetup: Holders<In, Out>['getSetup'];
  /** Others may be in force from now on. */
  readonly review: () => void;
}

/**
 * Creates a connection that the application owns; nothing is dialled until a component or `retain()` uses it.
 *
 * @throws a `RangeError` that names an option out of bounds
 * @example const quotes = createConnection('wss://example.com/quotes', { contract: json({ receive: Quote }) });
 */
export function createConnection<In = RawMessage, const Out = MessageData>(
  url: UrlSource,
  options: ConnectionOptions<In, Out> = {},
): Connection<In, Out> {
  return openConnection(createSetup(url, options), options);
}

/** How long after a wake-up, in ms, the end of a socket is still put down to what went before it. */
const WAKING = 5_000;

/** How soon a jump of the clock is noticed in a long delay, in ms. */
const STEP = 1_000;

/** The code of a close that this side makes because of a message (private use, RFC 6455 section 7.4.2). */
const CONTRACT_VIOLATION = 4003;

/**
 * The one place that acts: it feeds events to the machine and performs the effects. Options are read anew
 * for every decision, so that others need no other connection.
 */
export function openConnection<In, Out>(
  setup: Setup<In, Out>,
  callbacks: ConnectionCallbacks<In, Out> = {},
  onReleased?: (released: unknown) => void,
): HeldConnection<In, Out> {
  let machine = INITIAL;
  let dial: Dial | null = null;
  let socket: WebSocket | null = null;
  /** `reconnect()` was called in this tick, and nothing has become of it since. */
  let isFresh = false;
  /** Nobody used it when the component that it belonged to went, or got another one. */
  let isForsaken = false;
  let openedAt = 0;
  let wokenAt = -Infinity;

  const tellings: (() => void)[] = [];
  const watchers = new Set<() => void>();
  const taps = new Set<(event: ConnectionEvent<In, Out>) => void>();
  const delayTimer = createTimer(STEP);

  const emit: Link<In, Out>['emit'] = (happening) => {
    if (taps.size > 0) callEach(taps, { at: Date.now(), ...happening });
  };
  const getStatus = (): ConnectionStatus => machine.snapshot.status;
  const isOpen = (): boolean => getStatus() === 'open';
  const isIdle = (): boolean => getStatus() === 'idle';
  const isOwned = onReleased !== undefined;
  const isOf = ({ present }: Holder<In, Out>): boolean => present === connection;
  const { isUsed, getSetup, tell, hold, forget } = createHolders<In, Out>(setup, { callbacks }, isOwned, {
    isIdle,
    isOf,
    hasQueued: () => outbox.hasQueued(),
    // Of one that has failed there is nothing to keep.
    getLinger: () => (isIdle() || getStatus() === 'failed' ? 0 : getOptions().linger),
    onUsed() {
      dispatch({ type: 'connect' });
    },
    onUnused(last) {
      dispatch({ type: 'release', close: localCloseIfOpen() });
      isForsaken = isOwned;
      outbox.giveUp(last.present && !isOf(last) ? 'replaced' : 'unmounted');
      isForsaken = !forget() && isOwned;
      if (!isUsed()) onReleased?.(connection);
    },
  });
  const getOptions = (): ResolvedOptions<In, Out> => getSetup().options;
  const isPageAware = (): boolean => getOptions().pageAware ?? true;
  /** A source that throws or is out of bounds is reported: a delay outside its window would be worse than another draw. */
  const draw = (): number =>
    attempt(() => within('The result of random', (getOptions().random ?? Math.random)(), 0, 1)) ??
    Math.random();
  const link: Link<In, Out> = {
    getOptions,
    getStatus,
    getSocket: () => socket,
    isOver: () => (isForsaken && !isUsed()) || ['closed', 'failed'].includes(getStatus()),
    isTapped: () => taps.size > 0,
    emit,
    tell,
  };

  const outbox = createOutbox(link);
  const topics = createTopicReaders<In, Out>(() => getOptions().topics, outbox.sendOwn);
  const inbox = createInbox(link, topics.deliver, (error) => {
    if (getOptions().onViolation !== 'fail') {
      tell('onError', error);
      return;
    }
    settle();
    const close = localClose(CONTRACT_VIOLATION, 'message breaks the contract');
    dispatch({ type: 'broken', error: Object.assign(error, { close, code: CONTRACT_VIOLATION }) });
  });
  const heartbeat = createHeartbeat(
    () => getOptions().heartbeat,
    () => {
      emit({ type: 'heartbeat', phase: 'probe' });
      return (
        outbox.sendOwn(() => getOptions().heartbeat?.message as OwnMessage<Out>) ||
        socket?.readyState !== OPEN
      );
    },
    () => {
      emit({ type: 'heartbeat', phase: 'dead' });
      end(createCloseInfo({ opened: true }));
    },
  );
  const watchPage = createPageWatch(
    () => {
      if (isPageAware()) dispatch({ type: 'offline' });
    },
    () => {
      if (!isPageAware() && machine.snapshot.waitingFor !== 'network') return;
      wokenAt = Date.now();
      heartbeat.wake();
      wake();
    },
  );
  if (callbacks.onMessage) inbox.add(callbacks.onMessage);

  /** The one writer: next state, then effects, then everybody is told, and what is told of a dial comes after that. */
  function dispatch(event: MachineEvent): void {
    const before = machine;
    const [next, effects] = transition(before, event);
    // The event means nothing here, or `reconnect.decide` has moved the connection on by itself.
    if (next === before || machine !== before) return;
    machine = next;
    const { status, attempt: number, retryAt, waitingFor, cause, error } = next.snapshot;
    const ended = 'close' in event ? event.close : event.type === 'broken' ? event.error.close : null;
    const telling = (): void => {
      if (next.snapshot !== before.snapshot) callEach(watchers);
      if (ended) {
        emit({ type: 'close', close: ended });
        tell('onClose', ended);
      }
      // True only while none of those who were told has moved the connection on.
      if (machine === next && error) {
        emit({ type: 'fail', error });
        tell('onError', error);
      } else if (machine === next && cause && event.type === 'closed') {
        emit({ type: 'retry', attempt: number, retryAt, cause });
      }
      if (machine !== next) return;
      if (status === 'failed' || status === 'closed') outbox.giveUp(status);
      // What failed while it lingered is not shared any more.
      if (status === 'failed' && !isUsed()) onReleased?.(connection);
      if (effects.includes('dial')) startDial();
    };
    // What is told while something is being done or told comes after it.
    const isFirst = tellings.push(telling) === 1;
    if (effects.includes('abandon')) letGo(ended);
    // Who hears the signal of the dial may have moved the connection on already.
    if (machine === next) {
      if (effects.includes('wait'))
        delayTimer(Number(retryAt) - Date.now(), () => {
          dispatch({ type: 'due' });
        });
      outbox.watchAge();
      watchPage(waitingFor !== null || isOpen());
    }
    if (!isFirst) return;
    for (const tell of tellings) tell();
    tellings.length = 0;
  }

  function startDial(): void {
    const { url, options } = getSetup();
    const { attempt: number } = machine.snapshot;
    const begun = createDial(
      { ...options, url, attempt: number, lastClose: machine.lastClose },
      {
        onDial(shown) {
          emit({ type: 'dial', attempt: number, url: shown });
        },
        onOpen(opened, shown) {
          socket = opened;
          openedAt = Date.now();
          isFresh = false;
          heartbeat.heard();
          outbox.pause();
          dispatch({ type: 'opened' });
          if (dial !== begun) return;
          const info = { url: shown, protocol: opened.protocol, attempt: number, at: openedAt };
          emit({ type: 'open', ...info });
          outbox.open(() => {
            tell('onOpen', info);
            topics.resume();
          });
        },
        onMessage(event) {
          heartbeat.heard();
          inbox.receive(event);
        },
        onClose: end,
        onRejected(error) {
          tell('onError', error);
        },
        onBroken(error) {
          dispatch({ type: 'broken', error });
        },
      },
    );
    dial = begun;
    dial.start();
  }

  /** Drops what is under way. */
  function letGo(close: CloseInfo | null): void {
    const former = dial;
    dial = socket = null;
    isFresh = false;
    delayTimer();
    heartbeat.stop();
    topics.pause();
    // Last, because it may have those called who hear the signal of the dial.
    former?.abandon(close?.code, close?.reason);
  }

  /** A socket has ended, or a dial was refused. */
  function end(close: CloseInfo): void {
    settle();
    letGo(null);
    const offline = isPageAware() && isOffline();
    const { reconnect: rules } = getOptions();
    dispatch({ type: 'closed', close, rules, draw: draw(), offline, lastSent: outbox.getLastSent() });
    if (isPageAware() && !offline && close.opened && close.at - wokenAt < WAKING) wake();
  }

  /** An outage is over once a socket was open for long: by the clock, because a throttled page holds timers back. */
  function settle(): void {
    if (Date.now() - openedAt >= getOptions().reconnect.stableAfter) dispatch({ type: 'stable' });
  }

  function wake(): void {
    dispatch({ type: 'wake', now: Date.now(), draw: draw() });
  }

  /** The end of the connection by this side. */
  function localClose(code = 1000, reason = ''): CloseInfo {
    return createCloseInfo({ code, reason, opened: isOpen(), local: true });
  }

  /** The end of what is open, if anything is. */
  function localCloseIfOpen(): CloseInfo | null {
    return isOpen() ? localClose() : null;
  }

  const connection: HeldConnection<In, Out> = {
    getState: () => machine.snapshot,
    subscribe: (listener) => addListener(watchers, listener),
    send: outbox.send,
    getSetup,
    review() {
      if (isOpen()) heartbeat.review();
    },
    reconnect() {
      if (isFresh) return;
      dispatch({ type: 'reconnect', close: localCloseIfOpen(), wanted: isUsed() });
      isFresh = true;
      inMicrotask(() => {
        isFresh = false;
      });
    },
    close(code = 1000, reason = '') {
      checkClose(code, reason);
      // A `reconnect()` after it is another one.
      isFresh = false;
      dispatch({ type: 'close', close: localClose(code, reason) });
    },
    onMessage: (listener, { topic } = {}) =>
      topic === undefined ? inbox.add(listener) : topics.add(topic, listener),
    onEvent: (listener) => addListener(taps, listener),
    retain: () => hold({ callbacks: {} }, true),
    hold,
  };
  return connection;
}
