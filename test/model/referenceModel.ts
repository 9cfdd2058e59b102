/**
 * A connection once more, small and slow: the state table, the rules of the close codes and the delays as they are
 * described, without sockets, timers or React. The runner tells it when its timers are due.
 */
import type { ConnectionStatus } from '../../src/core/index.js';
import { CONNECTING, type DepartedObserver, MessageAccounting } from './messageAccounting.js';
import { isBadDecision, type ModelClose, type ModelOutage, NO_OUTAGE, ruleOn } from './referenceRules.js';
import type { ModelError, ModelOptions, Reaction, TimerKind, Environment } from './modelTypes.js';

/** Where `retryAt` may lie: in one of the windows, or where it was before. */
export interface RetryExpectation {
  readonly windows: readonly (readonly [low: number, high: number])[];
  readonly orStay?: number;
  /** It was decided while a timer callback was running. */
  readonly isTicking: boolean;
}

/** How an observer leaves. */
export interface Departure extends DepartedObserver {
  readonly reason: 'unmounted' | 'replaced';
  /** Called when the last observer has left and the connection has ended. */
  readonly onReleased: () => void;
}

/** A transition that callbacks have to be called for. */
interface Notification {
  readonly transition: number;
  readonly status: ConnectionStatus;
  /** Whether the snapshot changed. */
  readonly isShown: boolean;
  readonly close: ModelClose | null;
  readonly error: ModelError | null;
  readonly dials: boolean;
}

/** From the third call of `reconnect()` in a row on, there is a least time between dials, in ms. */
const FREE_CALLS = 2;
const RECONNECT_FLOOR = 250;
const SETUP_FLOOR = 1_000;

/** A close within this time after a wake-up, in ms, is put down to the sleep of the page. */
const RESUME_GRACE = 5_000;

export class ReferenceModel extends MessageAccounting {
  waitingFor: 'delay' | 'network' | 'handshake' | null = null;
  retryAt: number | null = null;
  /** Where `retryAt` may lie, until the true value is known. */
  expected: RetryExpectation | null = null;
  outage: ModelOutage = NO_OUTAGE;
  lastClose: ModelClose | null = null;
  error: ModelError | null = null;
  /** It failed while nothing used it: only the components that have it keep it. */
  hasFailedUnused = false;
  /** The component that it belongs to is gone, hidden or disabled: it refuses messages. */
  isReleased = false;
  #transitions = 0;
  #notifications: Notification[] = [];
  #isNotifying = false;
  /** By the monotonic clock. */
  #openedAt = 0;
  #isProbing = false;
  #hasReceived = false;
  /** The heartbeat gave the socket up without having received anything. */
  #isUnproven = false;
  #resumedAt = -Infinity;
  /** The latest `reconnect()` that dialled or tried to: when, in which tick, and how many came in a row. */
  #lastCall = { at: -Infinity, tick: -1 };
  #callsInARow = 0;
  #onReleased: () => void = () => undefined;

  constructor(
    environment: Environment,
    url: string,
    getOptions: () => ModelOptions,
    kind: {
      /** Whether the application made it, with callbacks; else a component did. */
      readonly isOfApplication: boolean;
      /** Whether the URL is a function. */
      readonly canRefresh: boolean;
    },
  ) {
    super(environment, url, getOptions, kind.isOfApplication);
    this.#canRefresh = kind.canRefresh;
  }
  readonly #canRefresh: boolean;

  get isAlive(): boolean {
    return this.status === 'open' || CONNECTING.includes(this.status);
  }

  get attempt(): number {
    return this.status === 'reconnecting' || this.status === 'failed' ? this.outage.attempt : 0;
  }

  addObserver(name: string, hasCallbacks: boolean): void {
    this.observers.set(name, hasCallbacks);
    this.hasFailedUnused = this.isReleased = false;
    this.departed = [];
    this.timers.delete('linger');
    if (this.status === 'idle') this.#dialAnew();
  }

  /** The last observer that leaves starts the linger timer. */
  removeObserver(name: string, departure: Departure): void {
    if (!this.observers.delete(name)) return;
    if (this.departedIn !== this.environment.tick) this.departed = [];
    this.departed = [...this.departed.filter((each) => each.name !== name), departure];
    this.departedIn = this.environment.tick;
    if (this.observers.size > 0) return;
    const isOver = this.status === 'idle' || this.status === 'failed';
    this.startTimer('linger', isOver ? 0 : this.getOptions().linger);
    this.#onReleased = () => this.#release(departure);
  }

  /** The component that it belongs to is disabled: it ends at once, and the next use is a fresh start. */
  disable(departure: Departure): void {
    this.observers.delete(departure.name);
    // It may have sent something before it used the connection.
    this.departed = [departure];
    this.departedIn = this.environment.tick;
    this.timers.delete('linger');
    this.#release(departure);
    if (this.status !== 'idle') this.#reset();
  }

  #release({ reason, onReleased }: Pick<Departure, 'reason' | 'onReleased'>): void {
    this.timers.delete('brake');
    this.isReleased = !this.isOfApplication;
    if (this.isAlive || this.status === 'closed') this.#reset();
    this.dropAll(reason);
    if (this.observers.size === 0) onReleased();
  }

  /** Back to `idle`. */
  #reset(): void {
    const close = this.#localCloseIfOpen();
    this.#stopEffects();
    this.lastClose = this.error = null;
    this.outage = NO_OUTAGE;
    this.#become('idle', null);
    this.#announce({ close });
  }

  /**
   * Calls in one tick dial once. One that comes after a dial of this tick has failed runs in a later task, and the
   * third in a row waits until the floor is over.
   */
  reconnect(): void {
    if (this.observers.size === 0) {
      if (this.status === 'failed' || this.status === 'closed') this.#reset();
      return;
    }
    const hasEnded = this.waitingFor !== 'handshake' && this.status !== 'open';
    const isSameTick = this.#lastCall.tick === this.environment.tick;
    if (isSameTick && !hasEnded) return;
    const floor = this.error?.kind === 'setup' ? SETUP_FLOOR : RECONNECT_FLOOR;
    const elapsed = this.monotonic - this.#lastCall.at;
    this.#callsInARow = elapsed < floor ? this.#callsInARow + 1 : 1;
    const isSlowed = this.#callsInARow > FREE_CALLS;
    if (isSlowed) this.startTimer('brake', floor - elapsed);
    else if (isSameTick) this.startTimer('brake', 0);
    else this.#reconnectNow();
  }

  #reconnectNow(): void {
    this.timers.delete('brake');
    this.#lastCall = { at: this.monotonic, tick: this.environment.tick };
    const { status } = this;
    if (this.observers.size === 0) {
      if (status === 'failed' || status === 'closed') this.#reset();
      return;
    }
    const close = this.#localCloseIfOpen();
    this.#stopEffects();
    if (status === 'reconnecting') {
      const isShown = this.waitingFor !== 'handshake';
      this.#become('reconnecting', 'handshake');
      this.#announce({ isShown, dials: true });
    } else this.#dialAnew(close);
  }

  /** A first dial. */
  #dialAnew(close: ModelClose | null = null): void {
    const isShown = this.status !== 'connecting';
    this.outage = NO_OUTAGE;
    this.error = null;
    this.lastClose = close ?? this.lastClose;
    this.#become('connecting', 'handshake');
    this.#announce({ isShown, close, dials: true });
  }

  close(code = 1000, reason = ''): void {
    this.timers.delete('brake');
    if (!this.isAlive && this.status !== 'idle') return;
    const close = this.#localClose(code, reason);
    this.#stopEffects();
    this.#end('closed', close, null);
  }

  /** Returns what `send()` has to return, or `throws` if the socket's own `send` throws. */
  send(id: string, size: number): 'sent' | 'queued' | 'refused' | 'throws' {
    if (this.socket?.state === 'open') return this.transmit(id) ? 'sent' : 'throws';
    if (this.isReleased || this.status === 'closed' || this.status === 'failed') return 'refused';
    return this.enqueue(id, size);
  }

  /** The socket has opened. */
  onOpened(): void {
    const { socket } = this;
    if (socket?.state !== 'connecting') return;
    Object.assign(socket, { state: 'open', hasOpened: true });
    this.timers.delete('dial');
    this.#openedAt = this.monotonic;
    this.#hasReceived = this.#isUnproven = false;
    this.#listen();
    this.#become('open', null);
    this.#announce({});
    if (this.socket !== socket) return;
    this.tell('open', String(this.outage.attempt));
    if (this.socket === socket) this.flush();
  }

  /** A message has come in. */
  onMessage(what: 'good' | 'rubbish' | 'pong', id: string): void {
    if (this.socket?.state !== 'open') return;
    const { contract, onViolation, heartbeat } = this.getOptions();
    this.#hasReceived = true;
    this.#listen();
    if (what === 'rubbish' && contract !== 'none') {
      if (onViolation === 'report') {
        this.tell('error', 'contract incoming');
        return;
      }
      this.#settleOutage();
      const close = this.#localClose(4003, 'message breaks the contract');
      this.#stopEffects();
      this.#end('failed', close, { kind: 'contract', code: 4003 });
    } else if (what !== 'pong' || !heartbeat) this.tell('message', id);
  }

  /** The socket has ended; without a code it is a 1006. */
  onClosed(code: number | undefined, reason = '', wasClean = false): void {
    if (!this.socket) return;
    const { hasOpened: opened } = this.socket;
    this.#decide({ code: code ?? 1006, reason, wasClean, opened, local: false, at: this.now });
  }

  /** The socket has fired `error`: the connection looks in the next task whether it is CLOSED. */
  onSocketError(): void {
    if (this.socket) this.startTimer('closed check', 0);
  }

  onOffline(): void {
    if (!this.getOptions().pageAware || this.waitingFor !== 'delay') return;
    this.timers.delete('delay');
    this.#become('reconnecting', 'network');
    this.#announce({});
  }

  /** The network or the page is back. */
  onWake(): void {
    const { pageAware } = this.getOptions();
    if (this.environment.isOffline || !this.isAlive || (!pageAware && this.waitingFor !== 'network')) return;
    this.#resumedAt = this.monotonic;
    this.#probeAfterWake();
    this.#advanceRetry();
  }

  /** The page did not run for long: an open socket cannot be trusted. */
  onSlept(): void {
    const { pageAware, heartbeat } = this.getOptions();
    if (!this.isAlive || (!pageAware && this.waitingFor !== 'network')) return;
    this.#resumedAt = this.monotonic;
    if (this.status !== 'open') return;
    if (heartbeat) this.#probeAfterWake();
    else {
      const close = { code: 1006, reason: '', wasClean: false, opened: true, local: false, at: this.now };
      this.#decide(close, true);
    }
  }

  #probeAfterWake(): void {
    const { heartbeat } = this.getOptions();
    if (this.status === 'open' && heartbeat && !this.#isProbing)
      this.#probe(Math.min(heartbeat.timeout, 5_000));
  }

  /** A wake-up: a delay that is over dials at once, and a long one is shortened to the jitter of a wake-up. */
  #advanceRetry(): void {
    if (this.waitingFor !== 'delay' && this.waitingFor !== 'network') return;
    const { isTicking } = this.environment;
    const { draw } = this.getOptions();
    const retryAt = this.retryAt ?? this.#knownRetryAt();
    if (retryAt !== null && retryAt <= this.now) {
      this.timers.delete('delay');
      this.#become('reconnecting', 'handshake');
      this.#announce({ dials: true });
      return;
    }
    const low = Math.max(this.now, this.outage.notBefore);
    const jitter: [number, number] = [low, low + 1_000];
    if (retryAt === null && this.expected) {
      // Neither draw is known.
      this.expected = { ...this.expected, windows: [...this.expected.windows, jitter] };
      return;
    }
    if (retryAt !== null && typeof draw === 'number' && retryAt <= low + draw * 1_000) {
      if (this.retryAt !== null) this.startTimer('delay', retryAt - this.now);
      return;
    }
    this.#become('reconnecting', 'delay');
    const orStay = retryAt !== null && typeof draw !== 'number' ? { orStay: retryAt } : {};
    this.expected = { windows: [jitter], isTicking, ...orStay };
    this.#announce({});
  }

  /** When the next dial is due, where the draw is known or does not matter. */
  #knownRetryAt(): number | null {
    const { draw } = this.getOptions();
    const [window, ...others] = this.expected?.windows ?? [];
    if (!window || others.length > 0 || this.expected?.orStay !== undefined) return null;
    const [low, high] = window;
    if (low === high) return low;
    return typeof draw === 'number' ? low + draw * (high - low) : null;
  }

  /** The timer of this kind is due. */
  fire(kind: TimerKind): void {
    this.timers.delete(kind);
    switch (kind) {
      case 'linger':
        this.#onReleased();
        break;
      case 'brake':
        this.#reconnectNow();
        break;
      case 'delay':
        this.#become('reconnecting', 'handshake');
        this.#announce({ dials: true });
        break;
      case 'dial':
        this.onClosed(undefined);
        break;
      case 'closed check':
        if (this.socket?.isClosed) this.onClosed(undefined);
        break;
      case 'heartbeat':
        if (this.#isProbing) {
          this.#isUnproven = !this.#hasReceived;
          this.onClosed(undefined);
        } else this.#probe(this.getOptions().heartbeat?.timeout ?? 0);
    }
  }

  /** Takes over the true time of the next dial, which has been found right. */
  adoptRetryAt(retryAt: number | null): void {
    const { expected } = this;
    if (!expected || retryAt === null) return;
    this.expected = null;
    this.retryAt = retryAt;
    this.startTimer('delay', retryAt - this.now, expected.isTicking);
  }

  protected override perform(does: Exclude<Reaction['does'], 'throw'>): void {
    if (does === 'reconnect') this.reconnect();
    else this.close();
  }

  /** Notifications run in the order of the transitions, also of those that callbacks cause. */
  #announce({
    isShown = true,
    close = null,
    error = null,
    dials = false,
  }: Partial<Omit<Notification, 'transition' | 'status'>>): void {
    this.#transitions += 1;
    const { status } = this;
    this.#notifications.push({ transition: this.#transitions, status, isShown, close, error, dials });
    if (this.#isNotifying) return;
    this.#isNotifying = true;
    for (const notification of this.#notifications) this.#notify(notification);
    this.#notifications = [];
    this.#isNotifying = false;
  }

  #notify({ transition, status, isShown, close, error, dials }: Notification): void {
    // A callback may have moved the connection on; the rest does not apply then.
    const isLatest = (): boolean => transition === this.#transitions;
    if (isShown && this.isOfApplication) this.react('state');
    if (close) this.tell('close', close);
    if (isLatest() && error) this.tell('error', error.kind + (error.code === 4003 ? ' incoming' : ''));
    if (!isLatest()) return;
    if (status === 'failed' || status === 'closed') this.dropAll(status);
    if (status === 'failed' && this.observers.size === 0) this.hasFailedUnused = true;
    if (dials) this.#dial();
  }

  #dial(): void {
    const { outcome } = this.environment;
    this.timers.delete('brake');
    this.startTimer('dial', this.getOptions().connectTimeout);
    const transition = this.#transitions;
    if (outcome === 'bad url') {
      this.tell('error', 'Error');
      // onError may have called close() or reconnect().
      if (transition !== this.#transitions) return;
      const close = { code: 1006, reason: '', wasClean: false, opened: false, local: false, at: this.now };
      this.#decide(close);
      return;
    }
    if (outcome === 'throws') {
      // A `reconnect()` in this tick has to wait for a later task.
      this.#lastCall.tick = this.environment.tick;
      this.#stopEffects();
      this.#end('failed', null, { kind: 'setup', code: null });
      return;
    }
    const isClosed = outcome === 'blocked';
    this.socket = {
      owner: this,
      url: this.url,
      state: isClosed ? 'closing' : 'connecting',
      hasOpened: false,
      isClosed,
      isLive: !isClosed,
      wire: [],
    };
    this.environment.sockets.push(this.socket);
    if (isClosed) this.startTimer('closed check', 0);
  }

  #decide(close: ModelClose, hasSlept = false): void {
    const { reconnect, pageAware } = this.getOptions();
    if (close.opened) this.#settleOutage();
    this.#stopEffects();
    if (isBadDecision(this.outage, reconnect)) this.environment.reports += 1;
    const ruling = ruleOn(close, this.outage, reconnect, this.#canRefresh);
    if (ruling.type === 'stop') {
      this.#end('closed', close, null);
      return;
    }
    if (ruling.type === 'fail') {
      this.#end('failed', close, { kind: ruling.kind, code: ruling.code });
      return;
    }
    // A socket that was lost while the page slept was lost some time ago, so `minDelay` has passed.
    this.outage = hasSlept ? { ...ruling.outage, notBefore: 0 } : ruling.outage;
    this.lastClose = close;
    const { isTicking } = this.environment;
    const { low, high } = ruling;
    const mustWaitForNetwork = pageAware && this.environment.isOffline;
    if (mustWaitForNetwork) this.#become('reconnecting', 'network');
    else {
      this.#become('reconnecting', 'delay');
      this.expected = { windows: [[this.now + low, this.now + high]], isTicking };
    }
    const isAfterResume = close.opened && this.monotonic - this.#resumedAt < RESUME_GRACE;
    this.#announce({ close });
    // A close that belongs to a wake-up is treated as one.
    if (isAfterResume && pageAware && !mustWaitForNetwork) this.#advanceRetry();
  }

  /** A socket that was open for long enough ends the outage before it, unless its heartbeat never heard anything. */
  #settleOutage(): void {
    const { stableAfter = 5_000 } = this.getOptions().reconnect || {};
    const isStable = !this.#isUnproven && this.monotonic - this.#openedAt >= stableAfter;
    if (this.status === 'open' && isStable) this.outage = NO_OUTAGE;
  }

  #end(status: 'closed' | 'failed', close: ModelClose | null, error: ModelError | null): void {
    this.lastClose = close ?? this.lastClose;
    this.error = error;
    if (status === 'closed') this.outage = NO_OUTAGE;
    this.#become(status, null);
    this.#announce({ close, error });
  }

  #become(status: ConnectionStatus, waitingFor: ReferenceModel['waitingFor']): void {
    Object.assign(this, { status, waitingFor, retryAt: null, expected: null });
  }

  /** Abandons the socket and every wait. */
  #stopEffects(): void {
    if (this.socket) Object.assign(this.socket, { state: 'over', isLive: false });
    this.socket = null;
    this.#isProbing = false;
    for (const kind of ['delay', 'dial', 'closed check', 'heartbeat'] as const) this.timers.delete(kind);
  }

  /** A silence is counted from now on. */
  #listen(): void {
    const { heartbeat } = this.getOptions();
    this.#isProbing = false;
    if (heartbeat) this.startTimer('heartbeat', heartbeat.interval);
  }

  #probe(timeout: number): void {
    this.#isProbing = true;
    this.startTimer('heartbeat', timeout);
    if (this.socket?.state !== 'open' || this.transmit('ping')) return;
    // A probe that could not be sent is never answered.
    this.tell('error', 'Error');
    if (this.#countsSilence()) this.#listen();
  }

  #countsSilence(): boolean {
    return this.#isProbing;
  }

  #localClose(code = 1000, reason = ''): ModelClose {
    return { code, reason, wasClean: false, opened: this.status === 'open', local: true, at: this.now };
  }

  #localCloseIfOpen(): ModelClose | null {
    return this.status === 'open' ? this.#localClose() : null;
  }
}
